using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Fabric.Tests.Journeys;
using Fabric.Tests.PublicApi;
using Fabric.Tests.Support;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Process;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Terraform;

/// <summary>The value of a sensitive variable and output, looked for in all that the server says: its API, its pages, its log.</summary>
[Collection(JourneyCollection.Name)]
public sealed class SecretsShownNowhere(JourneyBed bed, NoteHost host) : IClassFixture<NoteHost>
{
    private const string Password = "correct-horse-battery-staple-77";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_in_no_answer_no_page_and_no_line_of_the_log()
    {
        Assert.SkipUnless((await TerraformProgram.FindAsync(new TerraformOptions(), Stop)).Succeeded, "Terraform is not here.");
        using var lines = new Lines();
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        // The first run finds no secret yet.
        var (id, first) = await host.NoteAsync("hello", NoteHost.Locked);
        Assert.Contains("There is no secret pw", (await EndedAsync(first, "Failed")).Text, StringComparison.Ordinal);
        var secrets = new SecretStore(host.Cell(), TimeProvider.System);
        await secrets.PutAsync(EngineBed.Person, "sample", id, "pw", Password, Stop);
        var run = (await host.Owner.CallAsync(HttpMethod.Post, $"/api/v1/environments/{id}/runs", new JsonObject { ["kind"] = "apply" })).Json["run"]!.GetValue<Guid>();
        await EndedAsync(run, "Succeeded");
        Assert.Equal(Password, await secrets.GetAsync(EngineBed.Person, "sample", id, "output-note-said", "a test", Stop));

        foreach (var path in new[] { $"environments/{id}", $"environments/{id}/events", $"environments/{id}/drift", $"runs/{run}", $"runs/{run}/plan", $"runs/{run}/events", $"runs/{run}/steps/note/log" })
        {
            var answer = await host.Owner.GetReplyAsync($"/api/v1/{path}");
            Assert.True(answer.Status == 200 && answer.Text.Length > 0, $"{path}: {answer}");
            Assert.DoesNotContain(Password, answer.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Password, (await host.As(Role.Sre, Actor.VendorTenant).GetReplyAsync($"/api/v1/environments/{id}/entities/note/state")).Text, StringComparison.Ordinal);
        await using var riley = await bed.VisitAsync(Screen.Desk, host.Anonymous.BaseAddress!.ToString());
        await riley.SignInAsync("Riley");
        foreach (var (page, shown) in new[] { ($"/console/runs/{run}?tab=log&node=note", "Creation complete"), ($"/console/environments/{id}?node=note", "Creation complete"), ($"/console/environments/{id}?tab=state", "State of note") })
        {
            await riley.Page.GotoAsync(page);
            await Expect(riley.Page.GetByText(shown, new() { Exact = false }).First).ToBeVisibleAsync();
            Assert.DoesNotContain(Password, await riley.Page.ContentAsync(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(lines.Said, line => line.Contains(Password, StringComparison.Ordinal));
    }

    private async Task<Reply> EndedAsync(Guid run, string state)
    {
        var over = await host.Owner.UntilAsync($"/api/v1/runs/{run}", one => (string?)one["state"] is "Succeeded" or "Failed", "a run that has ended");
        Assert.True((string?)over.Json["state"] == state, over.Text);
        return over;
    }

    /// <summary>Every line that the server logs.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Said { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Said.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
