using System.Runtime.InteropServices;
using Fabric.Agent;

var (config, faults) = AgentConfigReader.Read(Environment.GetEnvironmentVariable);
foreach (var fault in faults) Console.Error.WriteLine(fault);
if (config is null) return 2;

using var logs = new ConsoleLogs(TimeProvider.System);
using var stop = new CancellationTokenSource();
void OnSignal(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
try
{
    await new AgentHost(config, logs, TimeProvider.System).RunAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (InvalidOperationException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
