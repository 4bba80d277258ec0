namespace Fabric.Workflows.Executors;

/// <summary>The names steps and entities carry.</summary>
public static class ExecutorNames
{
    /// <summary>The simulated cloud.</summary>
    public const string Sandbox = "sandbox";

    /// <summary>Intents for an agent.</summary>
    public const string Cluster = "cluster";

    /// <summary>Waits for an agent's first sync.</summary>
    public const string Enrolment = "enrolment";

    /// <summary>Waits and windows.</summary>
    public const string Gate = "gate";

    /// <summary>An operation of an entity, as a step of its own.</summary>
    public const string Action = "action";

    /// <summary>Terraform modules.</summary>
    public const string Terraform = "terraform";
}
