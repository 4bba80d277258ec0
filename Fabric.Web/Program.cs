using Fabric.Web.Access;
using Fabric.Web.AgentApi;
using Fabric.Web.Commands;
using Fabric.Web.Hosting;
using Fabric.Web.PublicApi;
using Fabric.Web.Runtime;
using Fabric.Web.Shell;
using Fabric.Web.TerraformApi;

ProcessLimits.Set();
if (args is ["sync", .. var rest])
    return await SyncCommand.RunAsync(rest, Console.Out, Console.Error);

var builder = WebApplication.CreateBuilder(args);
builder.UseRootSettings(args);
await builder.AddStorageAsync();
builder.AddAccess();
builder.AddRuntime();
builder.AddTelemetry();
builder.Services.AddPublicApi();
builder.Services.AddAgentApi();
builder.Services.AddTerraform();
builder.Services.AddShell();

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();
app.MapHealth();
app.MapTelemetry();
app.MapAccess();
app.MapPublicApi();
app.MapAgentApi();
app.MapTerraformApi();
app.MapShell();
await app.RunAsync();
return 0;
