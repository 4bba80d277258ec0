namespace Fabric.Web.PublicApi;

/// <summary>A body that works for each write that takes one, by the name of its operation.</summary>
internal static class ApiExamples
{
    private const string Word = """{ "message": "Looked at it with Kim." }""";

    public static IReadOnlyDictionary<string, string> ByOperation { get; } = new Dictionary<string, string>
    {
        ["CreateEnvironment"] = """{ "tenant": "sample", "name": "analytics", "blueprint": "pinot-byoc", "cloud": "sandbox", "region": "local", "parameters": { "servers": 3 } }""",
        ["ChangeParameters"] = """{ "servers": 5 }""",
        ["ChangeEnvironment"] = """{ "version": 1 }""",
        ["RunOperation"] = """{ "node": "pinot" }""",
        ["StartRun"] = """{ "kind": "check" }""",
        ["ApproveRun"] = """{ "planHash": "3f0c", "message": "Looked at it with Kim." }""",
        ["RejectRun"] = Word,
        ["CancelRun"] = Word,
        ["PauseRun"] = Word,
        ["ResumeRun"] = Word,
        ["ApproveStep"] = Word,
        ["RejectStep"] = Word,
        ["RetryStep"] = Word,
        ["SkipStep"] = Word,
        ["RemoveLeftovers"] = """{ "resources": ["subnet-0a1b2c3d"], "message": "Made by hand for a test." }""",
        ["RestoreState"] = """{ "reason": "Version 12 was written by a run that went wrong." }""",
        ["IgnoreDrift"] = """{ "until": "2027-01-31T00:00:00Z", "reason": "Kim tries a larger disk." }""",
        ["MuteDrift"] = """{ "path": "tags", "reason": "Cost tags are set by the account's owner." }""",
        ["PublishBlueprint"] = """{ "message": "Larger servers." }""",
        ["ImportBlueprint"] = """{ "name": "Restart", "root": { "type": "Elsa.Flowchart", "activities": [{ "id": "network", "type": "Fabric.Network" }], "connections": [] } }""",
        ["DeriveBlueprint"] = """{ "name": "pinot-adopted", "title": "Pinot on your network", "noop": ["network"] }""",
        ["DeprecateVersion"] = """{ "reason": "Version 4 is safer." }""",
        ["RetireVersion"] = """{ "reason": "Its images are gone." }""",
        ["CreateToken"] = """{ "name": "nightly pipeline", "role": "viewer", "expiresAt": "2027-01-31T00:00:00Z", "scopes": ["environments:read"] }""",
        ["ConnectAccount"] = """{ "tenant": "sample", "name": "prod", "cloud": "aws", "account": "123456789012", "regions": ["eu-central-1"] }""",
        ["ChangeAccount"] = """{ "signIn": { "kind": "role", "roleArn": "arn:aws:iam::123456789012:role/fabric" } }""",
        ["InjectFault"] = """{ "node": "pinot", "kind": "Transient", "times": 1 }""",
        ["Tamper"] = """{ "node": "pinot", "patch": { "servers": 1 } }""",
    };
}
