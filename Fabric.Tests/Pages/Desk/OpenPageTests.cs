using System.Text.Json.Nodes;
using Bunit;
using Fabric.Tests.PublicApi;
using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Web.Runtime.Desk;
using Fabric.Workflows.Environments;
using Microsoft.Extensions.DependencyInjection;
using TestContext = Xunit.TestContext;

namespace Fabric.Tests.Pages.Desk;

/// <summary>The page on the desk of a running server: what somebody else commits stands on it within a second of the page's clock.</summary>
[Collection("api")]
public sealed class OpenPageTests(ApiHost host) : PageBed
{
    /// <summary>How long a busy machine may take to carry a commit out and to draw; no part of the second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_change_reaches_an_open_page_within_a_second_of_its_commit()
    {
        Services.AddSingleton<IDesk>(host.Services.GetRequiredService<FabricDesk>());
        var (id, _) = await host.EnvironmentAsync();
        var page = Open<EnvironmentPage>(Samples.Owner, $"portal/environments/{id}", (nameof(EnvironmentPage.Id), id));
        await page.WaitForAssertionAsync(() => Assert.Equal("1", Revision(page)), Patience);
        // The page's own watch was there first, so it has been told by the time this one is.
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var commits = host.Storage.Cells.Get("local").Journal.Subscribe(rows =>
        {
            if (rows.OfType<FabricEnvironment>().Any(row => row.Id == id && row.Revision == 2))
                told.TrySetResult();
        });

        var reply = await host.Owner.CallAsync(HttpMethod.Patch, $"/api/v1/environments/{id}/parameters", new JsonObject { ["servers"] = 5 });
        Assert.True(reply.Status == 202, reply.ToString());
        await told.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Time.Advance(TimeSpan.FromSeconds(1));

        await page.WaitForAssertionAsync(() => Assert.Equal("2", Revision(page)), Patience);
    }

    private static string? Revision(IRenderedComponent<EnvironmentPage> page) =>
        page.FindAll("dt").FirstOrDefault(term => term.TextContent == "Revision")?.NextElementSibling?.TextContent.Trim();
}
