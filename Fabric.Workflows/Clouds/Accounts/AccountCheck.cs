using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Clouds.Accounts;

/// <summary>What was entered, checked against what the cloud takes. Pure; every fault at once, each naming its field.</summary>
internal static class AccountCheck
{
    private const string SignIn = "signIn";
    private const int MostRegions = 50;

    /// <summary>Faults of what names an account.</summary>
    public static IEnumerable<OperationFault> Name(NewAccount wish, CloudCatalog clouds)
    {
        if (!Slug.IsValid(wish.Name))
            yield return CloudFaults.Wrong("name", $"'{wish.Name}' is no name of a cloud account: {Slug.Rule}.");
        if (clouds.Find(wish.Cloud) is null)
            yield return CloudFaults.Wrong("cloud", $"'{wish.Cloud}' is no cloud that accounts can be connected of: choose one of {string.Join(", ", clouds.All.Select(cloud => cloud.Name))}.");
    }

    /// <summary>Faults of the regions.</summary>
    public static IEnumerable<OperationFault> Regions(ICloud cloud, IReadOnlyList<string> regions) => regions.Count > MostRegions
        ? [CloudFaults.Wrong("regions", $"{regions.Count} regions are too many: name at most {MostRegions}, or none for any.")]
        : regions.Select(cloud.RegionFault).OfType<OperationFault>().Select(fault => fault with { Field = "regions" });

    /// <summary>A row with another sign-in: its own fields as entered, those that Fabric gives as they stand.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="row">The row as it stands.</param>
    /// <param name="wish">What was entered.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static CloudAccount With(ICloud cloud, CloudAccount row, SignInWish wish, List<OperationFault> faults)
    {
        if (cloud.SignIns.FirstOrDefault(kind => kind.Name == wish.Kind) is not { } kind)
        {
            faults.Add(CloudFaults.Wrong($"{SignIn}.{SignInKind.Field}", $"'{wish.Kind}' is no way to sign in to {cloud.Words.Title}: choose one of {string.Join(", ", cloud.SignIns.Select(k => k.Name))}."));
            return row;
        }

        var entered = kind.Fields.Where(field => !field.Given).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(wish.Fields.Keys.Where(name => !entered.Contains(name)).Select(name => CloudFaults.Wrong(
            $"{SignIn}.{name}", $"'{name}' is not entered for the sign-in {kind.Name}; it takes {string.Join(", ", entered)}.")));
        if (kind.Secret is null && wish.Secret is not null)
            faults.Add(CloudFaults.Wrong("secret", $"The sign-in {kind.Name} needs no secret: leave it out."));
        var signIn = (JsonObject)row.SignIn.DeepClone();
        signIn[SignInKind.Field] = kind.Name;
        foreach (var name in entered.Where(wish.Fields.ContainsKey))
            signIn[name] = wish.Fields[name].Trim();
        // What another kind was entered for says nothing any more; what Fabric gave stays, whatever the kind.
        var keep = cloud.SignIns.SelectMany(k => k.Fields).Where(field => field.Given).Select(field => field.Name).Concat(entered).Append(SignInKind.Field).ToHashSet(StringComparer.Ordinal);
        foreach (var name in signIn.Select(field => field.Key).Where(name => !keep.Contains(name)).ToList())
            signIn.Remove(name);
        return row with { SignIn = signIn };
    }
}
