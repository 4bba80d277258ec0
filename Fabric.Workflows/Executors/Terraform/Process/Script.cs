namespace Fabric.Workflows.Executors.Terraform.Process;

/// <summary>
/// What one lease does, as a script of the system's shell. The whole of it runs without the server: it holds a file lock that every
/// process below it inherits, writes what is printed to a file, and leaves its exit code behind, so a server that comes back can tell how
/// far it is, and that it has ended.
/// </summary>
internal static class Script
{
    /// <summary>Exit code of <c>init</c> failing; Terraform itself ends with 0, 1 or 2.</summary>
    public const int InitFailed = 101;

    public const string FileName = "run.sh";

    private const string Head = """
        exec 9>lease.lock </dev/null >>out.log 2>&1
        flock -n 9 || exit 75
        trap : INT TERM
        echo $$ >pid.new && mv pid.new pid
        ended() { echo "$1" >exit.new && mv exit.new exit; exit; }
        unless_cancelled() { [ ! -e cancelled ] || ended 1; }
        unless_cancelled
        [ -d .terraform ] || flock -n "$TF_PLUGIN_CACHE_DIR/fabric.lock" true || echo "Waits until another init has filled the shared folder of providers."
        [ -d .terraform ] || flock -w 900 "$TF_PLUGIN_CACHE_DIR/fabric.lock" "$FABRIC_TERRAFORM" init -input=false -no-color || ended 101
        unless_cancelled

        """;

    /// <summary>Makes a plan and writes it for reading.</summary>
    public static string Plan(string flag) => Head + $"""
        "$FABRIC_TERRAFORM" plan -input=false -no-color -json -lock-timeout=60s -out=plan.bin {flag}
        code=$?
        [ $code -eq 0 ] || ended $code
        "$FABRIC_TERRAFORM" show -json plan.bin >plan.new && mv plan.new plan.json
        ended $?

        """;

    /// <summary>Applies the plan that is there, and no other.</summary>
    public const string Apply = Head + """
        "$FABRIC_TERRAFORM" apply -input=false -no-color -json -lock-timeout=60s plan.bin
        ended $?

        """;

    /// <summary>Takes resources into the state, one after the other.</summary>
    public static string Import(IEnumerable<(string Address, string Id)> resources) => Head + string.Concat(resources.Select(resource => $"""
        unless_cancelled
        "$FABRIC_TERRAFORM" import -input=false -no-color -lock-timeout=60s {Quote(resource.Address)} {Quote(resource.Id)} || ended $?

        """)) + "ended 0\n";

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
