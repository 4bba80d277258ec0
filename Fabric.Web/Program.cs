using Fabric.Web.Hosting;
using Fabric.Web.Runtime;

var builder = WebApplication.CreateBuilder(args);
builder.UseRootSettings(args);
await builder.AddStorageAsync();
builder.AddRuntime();

var app = builder.Build();
await app.RunAsync();
