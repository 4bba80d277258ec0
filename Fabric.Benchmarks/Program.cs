using Fabric.Benchmarks;

if (BenchmarkOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

IFigure[] figures = [new DurableGraph(options), new ManyEnvironments(), new SideBySide(), new ResumedRuns(), new LoadedBlueprints(), new ServerStart(), new TerraformOverhead(options)];
Console.WriteLine($"{Environment.ProcessorCount} cores, {options.Runs} run(s) each, data in {options.Folder}\n");
foreach (var figure in figures.Where(figure => options.Wants(figure.Name)))
    Report.Write(figure, await Report.RepeatAsync(figure, options));
return 0;
