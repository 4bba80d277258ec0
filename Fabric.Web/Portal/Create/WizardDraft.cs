using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Web.Controls.Forms;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.JSInterop;

namespace Fabric.Web.Portal.Create;

/// <summary>
/// Values typed into the wizard, kept in the browser tab so that a reload or a lost connection costs nothing. They are encrypted by
/// the server, belong to one person and tenant, and never hold a secret.
/// </summary>
public sealed class WizardDraft(ProtectedSessionStorage storage)
{
    /// <summary>Keeps what the form holds.</summary>
    public async Task KeepAsync(Actor actor, string tenant, WizardModel model)
    {
        if (model.Form is null)
            return;
        var adopted = new JsonObject();
        foreach (var (node, _, schema) in model.ToAdopt)
            adopted[node] = WithoutSecrets(model.Adopted[node] as JsonObject ?? [], schema);
        var kept = new JsonObject { ["parameters"] = WithoutSecrets(model.Parameters, model.Form.ParameterSchema), ["adopted"] = adopted };
        await TryAsync(async () => await storage.SetAsync(Key(actor, tenant, model.Blueprint), kept.ToJsonString()));
    }

    /// <summary>Gives a form back what was kept of it; false when nothing was.</summary>
    public async Task<bool> RestoreAsync(Actor actor, string tenant, WizardModel model)
    {
        string? text = null;
        await TryAsync(async () => text = (await storage.GetAsync<string>(Key(actor, tenant, model.Blueprint))).Value);
        if (text is null || Parse(text) is not { } kept)
            return false;
        model.Restore(kept["parameters"] as JsonObject ?? [], kept["adopted"] as JsonObject ?? []);
        return true;
    }

    /// <summary>Forgets it: the environment is made.</summary>
    public Task ForgetAsync(Actor actor, string tenant, string blueprint) =>
        TryAsync(async () => await storage.DeleteAsync(Key(actor, tenant, blueprint)));

    /// <summary>A copy without the values of secret fields.</summary>
    public static JsonObject WithoutSecrets(JsonObject values, JsonObject schema)
    {
        var copy = (JsonObject)values.DeepClone();
        foreach (var field in SchemaField.Of(schema))
        {
            if (field.IsSecret)
                copy.Remove(field.Name);
            else if (field.Kind is FieldKind.Group && copy[field.Name] is JsonObject inner)
                copy[field.Name] = WithoutSecrets(inner, field.Schema);
        }

        return copy;
    }

    private static string Key(Actor actor, string tenant, string blueprint) => $"fabric-new/{actor.Id}/{tenant}/{blueprint}";

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A draft is a comfort: a browser that keeps nothing, a key that changed or a connection that is gone cost the draft alone.</summary>
    private static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception lost) when (lost is CryptographicException or JSException or JSDisconnectedException or TaskCanceledException or JsonException)
        {
        }
    }
}
