using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Web.Portal.Create;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.JSInterop;

namespace Fabric.Tests.Pages.Portal;

public sealed class WizardDraftTests
{
    private static readonly JsonObject Schema = JsonNode.Parse("""
        { "properties": { "host": { "type": "string" }, "token": { "type": "string", "format": "password" }, "db": { "type": "object", "properties": { "size": { "type": "integer" }, "key": { "type": "string", "x-secret": true } } } } }
        """)!.AsObject();

    private readonly Tab tab = new();
    private readonly WizardDraft draft;

    public WizardDraftTests() => draft = new WizardDraft(new ProtectedSessionStorage(tab, new EphemeralDataProtectionProvider()));

    private static WizardModel Model(string? values = null)
    {
        var model = new WizardModel { Blueprint = "pinot" };
        if (values is not null)
            model.Parameters = JsonNode.Parse(values)!.AsObject();
        return model;
    }

    private async Task KeepAsync(string values)
    {
        var model = Model(values);
        model.Take(new BlueprintForm("pinot", 1, "Pinot", Schema, Samples.Nodes, []));
        await draft.KeepAsync(Samples.Owner, "sample", model);
    }

    [Fact]
    public async Task Values_come_back_after_a_reload_and_secrets_do_not()
    {
        await KeepAsync("""{"host":"a.example","token":"t0p","db":{"size":3,"key":"s3cret"}}""");
        var model = Model();

        Assert.True(await draft.RestoreAsync(Samples.Owner, "sample", model));

        Assert.Equal("""{"host":"a.example","db":{"size":3}}""", model.Parameters.ToJsonString());
        Assert.DoesNotContain(tab.Items.Values, stored => stored.Contains("a.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_person_and_another_tenant_get_nothing()
    {
        await KeepAsync("""{"host":"a.example"}""");

        Assert.False(await draft.RestoreAsync(Samples.Owner with { Id = "other" }, "sample", Model()));
        Assert.False(await draft.RestoreAsync(Samples.Owner, "globex", Model()));
    }

    [Fact]
    public async Task What_another_server_key_sealed_is_as_good_as_nothing()
    {
        await KeepAsync("""{"host":"a.example"}""");
        var elsewhere = new WizardDraft(new ProtectedSessionStorage(tab, new EphemeralDataProtectionProvider()));

        Assert.False(await elsewhere.RestoreAsync(Samples.Owner, "sample", Model()));
    }

    [Fact]
    public async Task A_made_environment_is_forgotten()
    {
        await KeepAsync("""{"host":"a.example"}""");
        await draft.ForgetAsync(Samples.Owner, "sample", "pinot");

        Assert.Empty(tab.Items);
    }

    /// <summary>The storage of a browser tab.</summary>
    private sealed class Tab : IJSRuntime
    {
        public Dictionary<string, string> Items { get; } = [];

        public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => InvokeAsync<T>(identifier, CancellationToken.None, args);

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            var key = (string)args![0]!;
            switch (identifier)
            {
                case "sessionStorage.setItem":
                    Items[key] = (string)args[1]!;
                    break;
                case "sessionStorage.removeItem":
                    Items.Remove(key);
                    break;
                case "sessionStorage.getItem":
                    return ValueTask.FromResult((T)(object)Items.GetValueOrDefault(key)!);
                default:
                    throw new InvalidOperationException($"A tab knows no {identifier}.");
            }

            return default;
        }
    }
}
