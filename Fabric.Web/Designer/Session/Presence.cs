using System.Collections.Concurrent;

namespace Fabric.Web.Designer.Session;

/// <summary>Who has which draft open on this server.</summary>
public sealed class Presence
{
    private readonly ConcurrentDictionary<Seat, byte> seats = new();

    /// <summary>Somebody came or went; from any thread.</summary>
    public event Action<string>? Changed;

    /// <summary>Takes a seat at a draft until disposed.</summary>
    /// <param name="blueprint">Slug of the blueprint.</param>
    /// <param name="person">Name for people.</param>
    public Seat Join(string blueprint, string person)
    {
        var seat = new Seat(this, blueprint, person);
        seats[seat] = 0;
        Changed?.Invoke(blueprint);
        return seat;
    }

    /// <summary>Names of the others at the draft, each once per page they have open.</summary>
    public IReadOnlyList<string> Others(Seat own) =>
        [.. seats.Keys.Where(seat => seat.Blueprint == own.Blueprint && seat != own).Select(seat => seat.Person).Order(StringComparer.Ordinal)];

    private void Leave(Seat seat)
    {
        if (seats.TryRemove(seat, out _))
            Changed?.Invoke(seat.Blueprint);
    }

    /// <summary>One page with the draft open.</summary>
    public sealed class Seat(Presence presence, string blueprint, string person) : IDisposable
    {
        /// <summary>Slug of the blueprint.</summary>
        public string Blueprint => blueprint;

        /// <summary>Name for people.</summary>
        public string Person => person;

        /// <inheritdoc/>
        public void Dispose() => presence.Leave(this);
    }
}
