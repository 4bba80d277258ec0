using Fabric.Web.Live;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Accounts;

namespace Fabric.Web.Portal.Clouds;

/// <summary>Words about accounts.</summary>
internal static class AccountText
{
    /// <summary>The cloud's name for people.</summary>
    public static string Title(IReadOnlyList<CloudOffer> clouds, string cloud) => clouds.FirstOrDefault(offer => offer.Name == cloud)?.Words.Title ?? cloud;

    /// <summary>How many environments are made in it.</summary>
    public static string UsedBy(AccountLine line) => line.UsedBy.Count switch
    {
        0 => "No environment uses it",
        1 => "1 environment uses it",
        var count => $"{count} environments use it",
    };

    /// <summary>The kind of sign-in of an account; the cloud's first where it has none that is known.</summary>
    public static SignInKind KindOf(CloudOffer offer, CloudAccount row) => offer.SignIns.FirstOrDefault(kind => kind.Name == row.SignInField(SignInKind.Field)) ?? offer.SignIns[0];

    /// <summary>Regions as they are typed: commas or spaces between them.</summary>
    public static IReadOnlyList<string> Regions(string typed) => typed.Split([',', ' ', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
