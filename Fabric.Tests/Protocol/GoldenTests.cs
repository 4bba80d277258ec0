using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Fabric.Protocol;

namespace Fabric.Tests.Protocol;

/// <summary>The wire, frozen: a difference here breaks agents that are out there. A deliberate one needs a new protocol version.</summary>
public sealed class GoldenTests
{
    private static readonly Dictionary<string, JsonTypeInfo> Types = new()
    {
        ["enrol-request"] = ProtocolJson.Default.EnrolRequest,
        ["enrol-reply"] = ProtocolJson.Default.EnrolReply,
        ["sync-request"] = ProtocolJson.Default.SyncRequest,
        ["sync-reply"] = ProtocolJson.Default.SyncReply,
        ["intent-payload"] = ProtocolJson.Default.IntentPayload,
        ["cancel-payload"] = ProtocolJson.Default.CancelPayload,
        ["cell-key-payload"] = ProtocolJson.Default.CellKeyPayload,
        ["incarnation-payload"] = ProtocolJson.Default.IncarnationPayload,
        ["report-request"] = ProtocolJson.Default.ReportRequest,
        ["report-reply"] = ProtocolJson.Default.ReportReply,
        ["problem"] = ProtocolJson.Default.AgentProblem,
    };

    public static TheoryData<string> Names => [.. Types.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_message_is_written_as_the_golden_file_says(string name)
    {
        var actual = JsonNode.Parse(Samples.All[name].GetRawText())!.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("FABRIC_WRITE_GOLDEN") == "1") File.WriteAllText(PathOf(name), actual);
        Assert.Equal(File.ReadAllText(PathOf(name)), actual);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_golden_file_is_read_without_loss_and_unknown_fields_are_ignored(string name)
    {
        var golden = JsonNode.Parse(File.ReadAllText(PathOf(name)))!;
        var newer = golden.DeepClone().AsObject();
        newer["aFieldOfTheNextVersion"] = new JsonObject { ["x"] = 1 };
        foreach (var node in new[] { golden, newer })
        {
            var read = JsonSerializer.Deserialize(node.ToJsonString(), Types[name]);
            Assert.True(JsonNode.DeepEquals(golden, JsonSerializer.SerializeToNode(read, Types[name])), $"{name} lost something on the way.");
        }
    }

    [Fact]
    public void A_payload_without_the_optional_fields_is_read()
    {
        const string Minimal = """
            {"agentId":"01900000-0000-7000-8000-000000000001","cell":"a","incarnation":1,"tenant":"t","environmentId":"01900000-0000-7000-8000-000000000001",
             "environmentName":"e","entityId":"01900000-0000-7000-8000-000000000001","node":"n","namespace":"ns","generation":1,"kind":"apply",
             "issuedAt":"2030-01-01T00:00:00+00:00","contentHash":"x"}
            """;
        var payload = JsonSerializer.Deserialize(Minimal, ProtocolJson.Default.IntentPayload)!;
        Assert.True(payload.Prune);
        Assert.Empty(payload.Objects);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"cell":"a"}""", ProtocolJson.Default.IntentPayload));
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string PathOf(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Golden", name + ".json");
}
