using System.Security.Claims;
using System.Text.Json.Nodes;
using Fabric.Tests.Storage;
using Fabric.Tests.Support;
using Fabric.Web.Access;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Web.Runtime.Desk;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Fabric.Tests.PublicApi;

/// <summary>A write is repeated while the cell that kept its answer does not say so.</summary>
public sealed class RepeatsInDoubtTests : IAsyncLifetime
{
    private const string Key = "create-1";
    private static readonly Actor Olivia = new("p1", "Olivia", ActorKind.Person, "sample", Role.Owner);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-doubt-");
    private readonly MasterKeys keys = new(new MasterKey(new byte[32]));
    private FabricStorage storage = null!;
    private byte[] whole = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Far => Path.Combine(folder.FullName, "cell-far.db");

    /// <summary>The far cell keeps the answer of a first call, and cannot be read when the server starts again.</summary>
    public async ValueTask InitializeAsync()
    {
        await OpenAsync();
        var first = Context();
        await Repeated(async context =>
        {
            var answer = new Answer(StatusCodes.Status201Created, new JsonObject { ["id"] = "e1" }, "/api/v1/environments/e1");
            await storage.Cells.Get("far").Journal.CommitAsync(new JournalBatch().Add(Kept().Rows(Olivia with { Once = context.Features.Get<Once>() }, answer)[0]), Stop);
            await answer.ExecuteAsync(context);
        }).InvokeAsync(first);
        Assert.Equal(201, first.Response.StatusCode);
        await storage.DisposeAsync();
        SqlitePools.Close(Far);
        whole = await File.ReadAllBytesAsync(Far, Stop);
        await File.WriteAllTextAsync(Far, new string('x', 9_000), Stop);
        await OpenAsync();
        Assert.Null(storage.Cells.Find("far"));
    }

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        await Folders.DeleteAsync(folder);
    }

    [Fact]
    public async Task A_refusal_gives_way_to_the_answer_that_was_kept_once_the_cell_says_so()
    {
        var again = Context();
        await Repeated(async context =>
        {
            await MendAsync();
            await Results.Conflict(new JsonObject { ["code"] = "NameTaken" }).ExecuteAsync(context);
        }).InvokeAsync(again);

        Assert.Equal((201, "true", "/api/v1/environments/e1"), (again.Response.StatusCode, again.Response.Headers[RepeatedWrites.Replayed].ToString(), again.Response.Headers.Location.ToString()));
        Assert.Equal("""{"id":"e1"}""", Body(again));
    }

    [Fact]
    public async Task So_does_a_fault()
    {
        var again = Context();
        await Repeated(async _ =>
        {
            await MendAsync();
            throw new InvalidOperationException("The key is taken.");
        }).InvokeAsync(again);
        Assert.Equal((201, """{"id":"e1"}"""), (again.Response.StatusCode, Body(again)));
    }

    [Fact]
    public async Task A_refusal_that_may_be_the_first_calls_own_work_is_not_told_while_the_cell_stays_silent_and_all_else_is()
    {
        var (refused, wrong, done) = (Context(), Context(), Context());
        await Repeated(context => Results.Conflict(new JsonObject { ["code"] = "NameTaken" }).ExecuteAsync(context)).InvokeAsync(refused);
        Assert.Equal((503, "OutcomeUnknown"), (refused.Response.StatusCode, (string?)JsonNode.Parse(Body(refused))!["code"]));
        await Repeated(context => Results.BadRequest(new JsonObject { ["code"] = "Invalid" }).ExecuteAsync(context)).InvokeAsync(wrong);
        Assert.Equal((400, """{"code":"Invalid"}"""), (wrong.Response.StatusCode, Body(wrong)));
        await Repeated(context => new Answer(StatusCodes.Status202Accepted, new JsonObject { ["run"] = "r2" }).ExecuteAsync(context)).InvokeAsync(done);
        Assert.Equal((202, """{"run":"r2"}"""), (done.Response.StatusCode, Body(done)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Repeated(_ => throw new InvalidOperationException("A fault of its own.")).InvokeAsync(Context()));
    }

    private async Task OpenAsync()
    {
        var options = new StorageOptions { Data = folder.FullName, Cells = ["local", "far"], AnswerSeconds = 60 };
        storage = await FabricStorage.OpenAsync(options, keys, TimeProvider.System, NullLoggerFactory.Instance, Stop);
    }

    private async Task MendAsync()
    {
        await File.WriteAllBytesAsync(Far, whole, Stop);
        await storage.Cells.OpenAsync(Stop);
        Assert.NotNull(storage.Cells.Find("far"));
    }

    private KeptAnswers Kept() => new(storage, new EnvironmentFinder(storage, TimeProvider.System), keys, Microsoft.Extensions.Options.Options.Create(new JsonOptions()), TimeProvider.System);

    private RepeatedWrites Repeated(RequestDelegate next) => new(next, Kept(), new RunningCalls(), NullLogger<RepeatedWrites>.Instance);

    private static DefaultHttpContext Context()
    {
        var context = new DefaultHttpContext
        {
            User = new ClaimsPrincipal(new ClaimsIdentity(ActorClaims.ToClaims(Olivia), "test")),
            RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
        };
        context.SetEndpoint(new Endpoint(null, null, "create"));
        (context.Request.Method, context.Request.Path, context.Request.Body) = ("POST", "/api/v1/environments", new MemoryStream("{}"u8.ToArray()));
        context.Request.Headers[RepeatedWrites.Header] = Key;
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static string Body(HttpContext context) => System.Text.Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
}
