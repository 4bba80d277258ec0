using Fabric.Web.Hosting;
using Fabric.Web.Runtime;

var builder = WebApplication.CreateBuilder(args);
builder.UseRootSettings(args);
await builder.AddStorageAsync();
builder.AddRuntime();
builder.AddTelemetry();

var app = builder.Build();
app.MapHealth();
app.MapTelemetry();
await app.RunAsync();
