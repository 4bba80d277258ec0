using System.Text.Json;
using System.Text.Json.Serialization;
using Fabric.Protocol.Crypto;

namespace Fabric.Web.AgentApi;

/// <summary>Keys as they are stored.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Jwk))]
internal sealed partial class JwkJson : JsonSerializerContext;
