using Fabric.Web.Access;
using Fabric.Web.Hosting;
using Fabric.Web.PublicApi;
using Fabric.Web.Runtime;

var builder = WebApplication.CreateBuilder(args);
builder.UseRootSettings(args);
await builder.AddStorageAsync();
builder.AddAccess();
builder.AddRuntime();
builder.AddTelemetry();
builder.Services.AddPublicApi();

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();
app.MapHealth();
app.MapTelemetry();
app.MapAccess();
app.MapPublicApi();
await app.RunAsync();
