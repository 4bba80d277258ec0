namespace Fabric.Workflows.Clouds;

/// <summary>A way of signing in to a cloud.</summary>
/// <param name="Name">Slug.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">When to choose it.</param>
/// <param name="Fields">What is entered beside the credential, none of it secret.</param>
/// <param name="Secret">The long-lived credential, which is kept sealed; null where none is needed.</param>
public sealed record SignInKind(string Name, string Title, string Description, IReadOnlyList<SignInField> Fields, SignInField? Secret = null)
{
    /// <summary>Where the kind stands in a sign-in.</summary>
    public const string Field = "kind";
}

/// <summary>Something that is entered to sign in.</summary>
/// <param name="Name">Name in a sign-in.</param>
/// <param name="Title">For people.</param>
/// <param name="Help">What it is and where to find it.</param>
/// <param name="Given">Fabric gives it; what is entered for it is not taken.</param>
/// <param name="Long">It has several lines.</param>
public sealed record SignInField(string Name, string Title, string Help, bool Given = false, bool Long = false);
