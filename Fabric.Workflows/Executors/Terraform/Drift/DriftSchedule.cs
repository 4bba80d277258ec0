namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>An environment of a real cloud in which something stands, as the schedule sees it.</summary>
/// <param name="Id">The environment.</param>
/// <param name="AccountId">The account it stands in; null for none.</param>
/// <param name="Since">When it was looked at last, or made, UTC.</param>
/// <param name="Idle">No change of it is under way or waits.</param>
/// <param name="Checking">It is looked at now.</param>
public sealed record DriftCandidate(Guid Id, Guid? AccountId, DateTimeOffset Since, bool Idle, bool Checking);

/// <summary>Which environments are to be looked at for drift now. Pure: the last look in the journal of runs is all that it remembers.</summary>
public static class DriftSchedule
{
    /// <summary>When an environment is due, UTC. The part that is added is its own, so a fleet made in one hour is spread over many.</summary>
    public static DateTimeOffset NextOf(Guid environmentId, DateTimeOffset since, TimeSpan every) => since + every + (every / 4 * Share(environmentId));

    /// <summary>Those that are due, the longest waiting first, as far as their accounts have room.</summary>
    public static IReadOnlyList<Guid> Due(IReadOnlyList<DriftCandidate> candidates, DriftOptions options, DateTimeOffset now)
    {
        if (options.Every <= TimeSpan.Zero)
            return [];
        var going = candidates.Where(one => one.Checking).GroupBy(AccountOf).ToDictionary(group => group.Key, group => group.Count());
        var due = new List<Guid>();
        foreach (var one in candidates.Where(one => one is { Idle: true, Checking: false } && NextOf(one.Id, one.Since, options.Every) <= now).OrderBy(one => one.Since).ThenBy(one => one.Id))
        {
            if (going.GetValueOrDefault(AccountOf(one)) >= options.PerAccount)
                continue;
            going[AccountOf(one)] = going.GetValueOrDefault(AccountOf(one)) + 1;
            due.Add(one.Id);
        }

        return due;
    }

    /// <summary>Environments without an account share one budget.</summary>
    private static Guid AccountOf(DriftCandidate candidate) => candidate.AccountId ?? Guid.Empty;

    private static double Share(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BitConverter.ToUInt32(bytes[12..]) / (double)uint.MaxValue;
    }
}
