using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Support;
using Fabric.Tests.Terraform;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>An owner connects an account of the emulated AWS, and makes an environment in it.</summary>
[Collection(JourneyCollection.Name)]
public sealed class CloudAccountStoryTests(JourneyBed bed, Moto moto) : IClassFixture<Moto>
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYTYPEDINTOAPAGE";
    private const string Vault = "apiVersion: fabric/v1\nkind: Blueprint\nmetadata: { name: vault-byoc, title: Vault in your cloud }\nspec:\n  nodes:\n    vault: { entity: vault@1 }\n";

    [Fact]
    public async Task Olivia_connects_an_account_and_chooses_it()
    {
        await moto.NeedAsync(TestContext.Current.CancellationToken);
        await using var server = await ServerProcess.StartAsync(
            null,
            ("Fabric:Catalog:0", Path.Combine(AppContext.BaseDirectory, "Clouds", "catalog")),
            ("Fabric:Clouds:Aws:Principal", moto.Options.Principal!),
            ("Fabric:Clouds:Aws:Endpoint", moto.Options.Endpoint!),
            ("Fabric:Clouds:Aws:AccessKeyId", moto.Options.AccessKeyId!),
            ("Fabric:Clouds:Aws:SecretAccessKey", moto.Options.SecretAccessKey!));
        await PublishAsync(server);
        await using var olivia = await bed.VisitAsync(Screen.Desk, server);
        await olivia.SignInAsync("Olivia");
        await olivia.Link("Clouds").ClickAsync();
        await Expect(olivia.Heading("No cloud accounts yet")).ToBeVisibleAsync();
        await ConnectAsync(olivia, Moto.NewAccount());
        await ChooseAsync(olivia, server);
        await TypeKeyAsync(olivia);
        olivia.AssertNothingBroke();
    }

    private static async Task ConnectAsync(Visitor olivia, string account)
    {
        await olivia.Link("Connect an account").ClickAsync();
        await olivia.Page.GetByLabel("Name").FillAsync("prod");
        await olivia.Page.GetByLabel("AWS account").FillAsync(account);
        await olivia.Page.GetByLabel("Regions").FillAsync("eu-north-1, eu-west-1");
        await olivia.Button("Continue").ClickAsync();
        await Expect(olivia.Page.GetByText("AWS::IAM::Role")).ToBeVisibleAsync();
        await Expect(olivia.Button("Copy fabric-role.json")).ToBeVisibleAsync();
        await olivia.Button("It is made").ClickAsync();
        await Expect(olivia.Page.GetByLabel("ARN of the role")).ToHaveValueAsync($"arn:aws:iam::{account}:role/fabric");
        await olivia.Button("Save and check").ClickAsync();
        await Expect(olivia.Page.GetByText($"It is AWS account {account}, as entered.")).ToBeVisibleAsync();
        await Expect(olivia.Page.GetByText("IAM's simulator could not be asked", new() { Exact = false })).ToBeVisibleAsync();
        await Pictures.TakeAsync(olivia, "account-checks");
        await olivia.Link("Open prod").ClickAsync();
        await Expect(olivia.Page.Locator("main header .chip").First).ToHaveTextAsync("Connected");
    }

    private static async Task ChooseAsync(Visitor olivia, ServerProcess server)
    {
        await olivia.Page.GotoAsync("/portal/new");
        await olivia.Page.GetByRole(AriaRole.Button, new() { Name = "Vault in your cloud" }).ClickAsync();
        await olivia.Page.GetByLabel("Name").FillAsync("safe");
        await olivia.Page.GetByRole(AriaRole.Radio, new() { Name = "AWS" }).CheckAsync();
        await Expect(olivia.Page.GetByLabel("Cloud account")).ToContainTextAsync("prod");
        await Expect(olivia.Page.GetByLabel("Region")).ToHaveValueAsync("eu-north-1");
        await olivia.Button("Continue").ClickAsync();
        await Expect(olivia.Button("Show the plan")).ToBeVisibleAsync();
        var made = await server.SendAsync(HttpMethod.Post, "/api/v1/environments", new JsonObject
        {
            ["tenant"] = "sample", ["name"] = "safe", ["blueprint"] = "vault-byoc", ["cloud"] = "aws", ["region"] = "eu-north-1", ["account"] = "prod",
        });
        await olivia.Page.GotoAsync($"/portal/environments/{made["id"]}");
        await olivia.Link("prod").ClickAsync();
        await Expect(olivia.Link("safe")).ToBeVisibleAsync();
        await olivia.Button("Delete").ClickAsync();
        await olivia.Page.GetByLabel("Type prod to go on").FillAsync("prod");
        await olivia.Button("Delete account").ClickAsync();
        await Expect(olivia.Page.GetByText("Cloud account prod is used by safe", new() { Exact = false })).ToBeVisibleAsync();
    }

    /// <summary>What is typed is in no page afterwards.</summary>
    private static async Task TypeKeyAsync(Visitor olivia)
    {
        await olivia.Page.GetByText("Change the sign-in").ClickAsync();
        await olivia.Page.GetByRole(AriaRole.Radio, new() { Name = "Access key" }).CheckAsync();
        await olivia.Page.GetByLabel("Access key id").FillAsync("AKIAIOSFODNN7EXAMPLE");
        await olivia.Page.GetByLabel("Secret access key").FillAsync(Secret);
        await olivia.Button("Save and check").ClickAsync();
        await Expect(olivia.Page.GetByText("Enter the sign-in of that account", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(olivia.Page.Locator("main header .chip").First).ToHaveTextAsync("Failed");
        Assert.Equal("", await olivia.Page.GetByLabel("Secret access key").InputValueAsync());
        Assert.DoesNotContain(Secret, await olivia.Page.ContentAsync(), StringComparison.Ordinal);
        await olivia.Page.ReloadAsync();
        await Expect(olivia.Page.GetByText("with a credential that is kept sealed", new() { Exact = false })).ToBeVisibleAsync();
        Assert.DoesNotContain(Secret, await olivia.Page.ContentAsync(), StringComparison.Ordinal);
    }

    private static async Task PublishAsync(ServerProcess server)
    {
        using var put = await server.Http.PutAsync("/api/v1/blueprints/vault-byoc/draft", new StringContent(Vault, Encoding.UTF8, "application/yaml"), TestContext.Current.CancellationToken);
        put.EnsureSuccessStatusCode();
        await server.SendAsync(HttpMethod.Post, "/api/v1/blueprints/vault-byoc/publish", new JsonObject());
    }
}
