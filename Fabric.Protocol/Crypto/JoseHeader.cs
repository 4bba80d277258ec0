namespace Fabric.Protocol.Crypto;

/// <summary>Protected header of a JWS (RFC 7515) or JWE (RFC 7516).</summary>
public sealed record JoseHeader
{
    public required string Alg { get; init; }
    public string? Enc { get; init; }
    public string? Kid { get; init; }
    public string? Typ { get; init; }

    /// <summary>Extensions a reader must know; we know none, so their presence is a fault.</summary>
    public IReadOnlyList<string>? Crit { get; init; }

    /// <summary>Ephemeral public key of ECDH-ES.</summary>
    public EphemeralKey? Epk { get; init; }

    /// <summary>Agreement party information (base64url) of ECDH-ES.</summary>
    public string? Apu { get; init; }

    /// <inheritdoc cref="Apu"/>
    public string? Apv { get; init; }
}

/// <summary>The sender's one-time public key.</summary>
public sealed record EphemeralKey(string Kty, string Crv, string X, string Y);
