namespace Fabric.Workflows.Executors.Terraform;

/// <summary>How Terraform is run: section <c>Fabric:Terraform</c>.</summary>
public sealed class TerraformOptions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Fabric:Terraform";

    /// <summary>Name on the PATH, or path, of <c>terraform</c> or <c>tofu</c>.</summary>
    public string Program { get; set; } = "terraform";

    /// <summary>Where workspaces stand while they are worked on. Empty means the folder <c>terraform</c> below <c>Fabric:Data</c>.</summary>
    public string Directory { get; set; } = "";

    /// <summary>Address at which Terraform reaches this server's state service. Empty means the server's own first address.</summary>
    public string StateAddress { get; set; } = "";

    /// <summary>
    /// How often Terraform asks this server's state service again before it leaves a state on its disk: after 1, 2, 4, 8 and then every 15
    /// seconds. Six times outlast a restart of the server.
    /// </summary>
    public int StateRetries { get; set; } = 6;

    /// <summary>A folder of providers to install from before the public registry is asked. Empty means the server user's own <c>~/.terraform.d/plugins</c>, if there is one.</summary>
    public string Mirror { get; set; } = "";

    /// <summary>Whether providers may come from the public registry.</summary>
    public bool Registry { get; set; } = true;

    /// <summary>Processes of one cell at once.</summary>
    public int PerCell { get; set; } = 4;

    /// <summary>Looks for drift of one cell at once, beside <see cref="PerCell"/>: they take no place of a change.</summary>
    public int Looks { get; set; } = 2;

    /// <summary>Processes in one cloud account at once, those of every cell together.</summary>
    public int PerAccount { get; set; } = 4;

    /// <summary>Minutes that an apply may take to stop after its step took too long and it was asked to; then it is killed, and what it left is looked into.</summary>
    public double StopMinutes { get; set; } = 15;

    /// <summary>A user of the machine that Terraform runs as; needs a server that runs as root. Empty means the server's own user.</summary>
    public string User { get; set; } = "";

    /// <summary>A file that is laid over every module as <c>fabric_override.tf.json</c>, for emulators and private endpoints. Empty for none.</summary>
    public string Override { get; set; } = "";

    /// <summary>Resources that a change may delete or replace without the vendor's yes; a destroy has an approval of its own.</summary>
    public int MostDeletes { get; set; } = 5;

    /// <summary>What becomes of a plan that opens something to everybody: <c>Deny</c>, <c>AskVendor</c> or <c>Warn</c>.</summary>
    public Runs.PolicyEffect PublicExposure { get; set; } = Runs.PolicyEffect.Deny;

    /// <summary>Whether the clouds are emulators: modules that take <c>fabric_emulator</c> then leave out what emulators lack. Never for a real account.</summary>
    public bool Emulator { get; set; }

    /// <summary>Days for which logs of steps, ended leases, plans that nobody applied and versions of states are kept.</summary>
    public int KeepDays { get; set; } = 90;

    /// <summary>Newest versions of each state that are kept however old they are.</summary>
    public int KeepStates { get; set; } = 50;

    /// <summary>Everything that is wrong, each with its key.</summary>
    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Program))
            yield return $"{Section}:{nameof(Program)} is empty; name terraform or tofu, or leave the key out.";
        if (PerCell is < 1 or > 64)
            yield return $"{Section}:{nameof(PerCell)} is {PerCell}; it must be between 1 and 64.";
        if (Looks is < 1 or > 64)
            yield return $"{Section}:{nameof(Looks)} is {Looks}; it must be between 1 and 64.";
        if (PerAccount is < 1 or > 64)
            yield return $"{Section}:{nameof(PerAccount)} is {PerAccount}; it must be between 1 and 64.";
        if (StopMinutes is < 0 or > 1440)
            yield return $"{Section}:{nameof(StopMinutes)} is {StopMinutes}; it must be between 0 and 1440.";
        if (StateRetries is < 0 or > 100)
            yield return $"{Section}:{nameof(StateRetries)} is {StateRetries}; it must be between 0 and 100.";
        if (KeepDays < 1)
            yield return $"{Section}:{nameof(KeepDays)} is {KeepDays}; it must be 1 or more.";
        if (KeepStates < 1)
            yield return $"{Section}:{nameof(KeepStates)} is {KeepStates}; it must be 1 or more.";
        if (MostDeletes < 0)
            yield return $"{Section}:{nameof(MostDeletes)} is {MostDeletes}; it must be 0 or more.";
        if (StateAddress.Length > 0 && !(Uri.TryCreate(StateAddress, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return $"{Section}:{nameof(StateAddress)} is '{StateAddress}'; it must be an http or https address.";
        if (Mirror.Length > 0 && !System.IO.Directory.Exists(Mirror))
            yield return $"{Section}:{nameof(Mirror)} is '{Mirror}', which is no folder.";
        if (Override.Length > 0 && !File.Exists(Override))
            yield return $"{Section}:{nameof(Override)} is '{Override}', which is no file.";
    }
}
