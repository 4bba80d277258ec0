using System.Globalization;

namespace Fabric.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = """
        dotnet run -c Release --project Fabric.Benchmarks -- [figure …] [--runs N] [--folder PATH] [--no-terraform] [--aws URL]
          figures: graph (1,000 durable steps, beside terraform), fleet (1,000 environments), parallel (four slow steps), resume (1,000 runs in flight),
                   load (500 blueprints), server (start and memory of the server), overhead (a module applied by Terraform alone and by Fabric)
          --runs N        measure N times, print the median (3)
          --folder PATH   where the databases stand; measure on the disk you mean (beside the program)
          --aws URL       an emulator of AWS, such as moto: 'overhead' then measures the built-in network on it too
          --no-terraform  leave Terraform out although it is on the PATH
        """;

    /// <summary>Figures to measure; all when empty.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Repetitions.</summary>
    public int Runs { get; init; } = 3;

    /// <summary>Where the databases stand.</summary>
    public string Folder { get; init; } = Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>Whether Terraform is run beside.</summary>
    public bool Terraform { get; init; } = true;

    /// <summary>An emulator of AWS; null for none.</summary>
    public Uri? Aws { get; init; }

    /// <summary>Whether a figure is to be measured.</summary>
    public bool Wants(string name) => Names.Count == 0 || Names.Contains(name);

    /// <summary>Reads the command line; null when it makes no sense.</summary>
    public static BenchmarkOptions? Parse(string[] args)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--no-terraform":
                    options = options with { Terraform = false };
                    break;
                case "--runs" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var runs) && runs > 0:
                    options = options with { Runs = runs };
                    i++;
                    break;
                case "--folder" when i + 1 < args.Length:
                    options = options with { Folder = Path.GetFullPath(args[++i]) };
                    break;
                case "--aws" when i + 1 < args.Length && Uri.TryCreate(args[i + 1], UriKind.Absolute, out var emulator):
                    options = options with { Aws = emulator };
                    i++;
                    break;
                case "graph" or "fleet" or "parallel" or "resume" or "load" or "server" or "overhead":
                    options = options with { Names = [.. options.Names, args[i]] };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
