namespace Fabric.Workflows.Executors.Terraform.State;

/// <summary>Whether a state may be written on what stands. Pure.</summary>
public static class StateRules
{
    /// <summary>What is to be said to a writer that holds its lease and the workspace's lock; null when it may write.</summary>
    /// <param name="stands">The version in force; null before the first.</param>
    /// <param name="wanted">What is to be written.</param>
    /// <param name="mayEmpty">Whether the approved plan leaves nothing, so that a state without resources is what was agreed.</param>
    public static StateAnswer? Refusal(StateVersion? stands, StateText wanted, bool mayEmpty)
    {
        if (stands is null)
            return null;
        if (stands.Lineage != wanted.Lineage)
            return new StateAnswer(StateVerdict.Conflict, $"The state is of lineage {wanted.Lineage}; this workspace is of lineage {stands.Lineage}. It belongs to another workspace.");
        if (wanted.Serial == stands.Serial && wanted.Hash == stands.Hash)
            return new StateAnswer(StateVerdict.Same);
        if (wanted.Serial <= stands.Serial)
            return new StateAnswer(StateVerdict.Conflict, $"The state has serial {wanted.Serial}; serial {stands.Serial} stands already. Read it again and plan anew.");
        if (wanted.Resources == 0 && stands.Resources > 0 && !mayEmpty)
            return new StateAnswer(StateVerdict.Conflict, $"The state has no resources and {stands.Resources} stand; only a plan that removes all of them may write that.");
        return null;
    }
}
