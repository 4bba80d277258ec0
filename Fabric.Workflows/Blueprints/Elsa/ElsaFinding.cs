namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Something about a workflow definition that a person should know before or instead of importing it.</summary>
/// <param name="Code">A constant of <see cref="ElsaFindingCodes"/>; programs branch on this, never on the message.</param>
/// <param name="Fatal">Nothing is imported. Otherwise the import goes on as the message says.</param>
/// <param name="Path">Where in the JSON: <c>$.root.activities[2].text</c>.</param>
/// <param name="Message">What is wrong and what to do, or what becomes of it.</param>
/// <param name="Activity">Id of the activity concerned, when there is one.</param>
public sealed record ElsaFinding(string Code, bool Fatal, string Path, string Message, string? Activity = null);

/// <summary>The kinds of finding in a workflow definition.</summary>
public static class ElsaFindingCodes
{
    /// <summary>More bytes, levels, activities or connections than are read.</summary>
    public const string TooLarge = nameof(TooLarge);
    /// <summary>The file is not JSON, or gives a property twice.</summary>
    public const string NotJson = nameof(NotJson);
    /// <summary>A part is not what the format has there.</summary>
    public const string WrongShape = nameof(WrongShape);
    public const string MissingRoot = nameof(MissingRoot);
    public const string WrongRoot = nameof(WrongRoot);
    public const string NoActivities = nameof(NoActivities);
    public const string MissingId = nameof(MissingId);
    public const string DuplicateId = nameof(DuplicateId);
    public const string MissingType = nameof(MissingType);
    /// <summary>An activity that Fabric has no node for.</summary>
    public const string UnknownType = nameof(UnknownType);
    /// <summary>An activity that is another kind of node than when it was exported.</summary>
    public const string TypeChanged = nameof(TypeChanged);
    /// <summary>A connection to an activity that is not there.</summary>
    public const string MissingActivity = nameof(MissingActivity);
    public const string UnknownPort = nameof(UnknownPort);
    public const string SelfLoop = nameof(SelfLoop);
    public const string DuplicateConnection = nameof(DuplicateConnection);
    public const string Cycle = nameof(Cycle);
    /// <summary>Elsa would start one of several roots.</summary>
    public const string SeveralRoots = nameof(SeveralRoots);
    /// <summary>Elsa would never get to an activity.</summary>
    public const string NotReached = nameof(NotReached);
    /// <summary>An expression in a language that blueprints do not have.</summary>
    public const string ExpressionNotKept = nameof(ExpressionNotKept);
    /// <summary>Something that blueprints have no place for.</summary>
    public const string NotKept = nameof(NotKept);
    /// <summary>An activity's id is no name for a node.</summary>
    public const string Renamed = nameof(Renamed);
    /// <summary>A connection is gone and a value still flows along it.</summary>
    public const string StillBound = nameof(StillBound);
    /// <summary>The blueprint text in the file is not the one its activities were made from.</summary>
    public const string EmbeddedText = nameof(EmbeddedText);
    /// <summary>What the blueprint extends is not what it was when the file was written.</summary>
    public const string BaseChanged = nameof(BaseChanged);
    /// <summary>A change that cannot be made to the text.</summary>
    public const string EditRefused = nameof(EditRefused);
    /// <summary>There are more findings than are listed.</summary>
    public const string MoreFindings = nameof(MoreFindings);
}
