using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Fabric.Workflows.Catalog;

/// <summary>Something a person can have done to an entity, step by step.</summary>
/// <param name="Name">The slug in the API.</param>
/// <param name="Title">The words on the button.</param>
/// <param name="Steps">In order; a step starts when the one before has ended well.</param>
/// <param name="Description">The sentence beside it.</param>
public sealed record Operation(string Name, string Title, IReadOnlyList<OperationStep> Steps, string? Description = null);

/// <param name="Timeout">After which the step has failed; null leaves it to the engine.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PatchStep), "patch")]
[JsonDerivedType(typeof(JobStep), "job")]
[JsonDerivedType(typeof(WaitStep), "wait")]
public abstract record OperationStep(TimeSpan? Timeout);

/// <param name="Target">kind and name of one of the entity's own objects; both it and the patch may hold templates (<c>now</c> beside config, env and entity).</param>
/// <param name="Patch">A JSON merge patch.</param>
public sealed record PatchStep(JsonObject Target, JsonObject Patch, TimeSpan? Timeout) : OperationStep(Timeout);

/// <param name="Job">A Kubernetes Job template.</param>
public sealed record JobStep(JsonObject Job, TimeSpan? Timeout) : OperationStep(Timeout);

/// <param name="Healthy">Until the entity is healthy; otherwise for <paramref name="Duration"/>.</param>
public sealed record WaitStep(bool Healthy, TimeSpan? Duration, TimeSpan? Timeout) : OperationStep(Timeout);
