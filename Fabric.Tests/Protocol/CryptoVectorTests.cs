using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Protocol.Crypto;

namespace Fabric.Tests.Protocol;

/// <summary>Vectors of the RFCs, so that both our sides agree with the rest of the world and not only with each other.</summary>
public sealed class CryptoVectorTests
{
    [Fact]
    public void The_ES256_example_of_RFC_7515_A3_verifies_and_a_changed_one_does_not()
    {
        const string Compact = "eyJhbGciOiJFUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        var key = Key("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0", "sig");
        Assert.Equal(JwsFault.None, Jws.Verify(Compact, null, _ => key).Fault);
        Assert.Equal(JwsFault.BadSignature, Jws.Verify(Compact[..^4] + "AAAA", null, _ => key).Fault);
        Assert.Equal(JwsFault.WrongType, Jws.Verify(Compact, "fabric-intent+jws", _ => key).Fault);
    }

    [Fact]
    public void The_key_agreement_example_of_RFC_7518_C_derives_the_same_key_from_both_sides()
    {
        using var alice = Private("gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0", "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps", "0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo");
        using var bob = Private("weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ", "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck", "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw");
        foreach (var (mine, theirs) in new[] { (alice, bob), (bob, alice) })
        {
            var agreed = mine.DeriveRawSecretAgreement(theirs.PublicKey);
            var derived = Sealing.DeriveKey(agreed, "A128GCM", Encoding.ASCII.GetBytes("Alice"), Encoding.ASCII.GetBytes("Bob"), 128);
            Assert.Equal("VqqN6vgjbSBcIijNcacQGg", Base64Url.EncodeToString(derived));
        }
    }

    [Fact]
    public void What_is_sealed_opens_for_its_recipient_only_and_only_unchanged()
    {
        using var recipient = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var jwe = Sealing.Seal("päss"u8, Jwk.OfSealing(recipient));
        Assert.Equal("päss", Encoding.UTF8.GetString(Sealing.Unseal(jwe, recipient)!));
        Assert.Null(Sealing.Unseal(jwe, other));
        var tag = jwe.LastIndexOf('.') + 1;
        Assert.Null(Sealing.Unseal($"{jwe[..tag]}{(jwe[tag] == 'A' ? 'B' : 'A')}{jwe[(tag + 1)..]}", recipient));
        Assert.Null(Sealing.Unseal("not.a.jwe", recipient));
        Assert.Throws<CryptographicException>(() => Sealing.Seal("x"u8, Jwk.OfSealing(recipient) with { Use = "sig" }));
    }

    [Fact]
    public void Canonical_JSON_sorts_keys_ordinally_keeps_numbers_as_written_and_drops_white_space()
    {
        var node = JsonNode.Parse("""{ "b": [1.50, true, null], "a": { "z": "é<", "A": 1e3 } }""");
        Assert.Equal("""{"a":{"A":1e3,"z":"\u00E9\u003C"},"b":[1.50,true,null]}""", CanonicalJson.Write(node));
    }

    private static Jwk Key(string x, string y, string use)
    {
        var key = new Jwk { Kty = "EC", Crv = "P-256", X = x, Y = y, Kid = "", Use = use };
        return key with { Kid = key.Thumbprint() };
    }

    private static ECDiffieHellman Private(string x, string y, string d) => ECDiffieHellman.Create(
        Key(x, y, "enc").ToParameters() with { D = Base64Url.DecodeFromChars(d) });
}
