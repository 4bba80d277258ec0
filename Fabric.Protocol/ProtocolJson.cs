using System.Text.Json;
using System.Text.Json.Serialization;
using Fabric.Protocol.Crypto;
using Fabric.Protocol.Enrolment;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;
using Fabric.Protocol.Sync;

namespace Fabric.Protocol;

/// <summary>JSON of the wire: camelCase, nulls left out, unknown fields ignored; no reflection.</summary>
/// <remarks>
/// Properties with a default are <c>set</c>, not <c>init</c>: generated readers hand every <c>init</c> property to the object initializer, so a field
/// that an older sender leaves out would become null instead of its default.
/// </remarks>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(EnrolRequest))]
[JsonSerializable(typeof(EnrolReply))]
[JsonSerializable(typeof(SyncRequest))]
[JsonSerializable(typeof(SyncReply))]
[JsonSerializable(typeof(CancelPayload))]
[JsonSerializable(typeof(CellKeyPayload))]
[JsonSerializable(typeof(IncarnationPayload))]
[JsonSerializable(typeof(IntentPayload))]
[JsonSerializable(typeof(ReportRequest))]
[JsonSerializable(typeof(ReportReply))]
[JsonSerializable(typeof(AgentProblem))]
[JsonSerializable(typeof(JoseHeader))]
[JsonSerializable(typeof(AssertionClaims))]
public sealed partial class ProtocolJson : JsonSerializerContext;
