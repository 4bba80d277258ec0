using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Catalog.Modules;

namespace Fabric.Benchmarks;

/// <summary>A module that is planned and applied by hand and by Fabric.</summary>
/// <param name="Name">What it is, for the table.</param>
/// <param name="Type">The entity type around it.</param>
/// <param name="Config">Its settings.</param>
/// <param name="Override">A file laid over it; empty for none.</param>
internal sealed record MeasuredModule(string Name, EntityType Type, JsonObject Config, string Override)
{
    private const string Waiting = """
        variable "size" { type = number }
        resource "terraform_data" "one" {
          count = var.size
          input = count.index
        }
        output "count" { value = length(terraform_data.one) }
        """;

    /// <summary>Resources that wait for nothing: what is left is Terraform, and what Fabric adds.</summary>
    public static MeasuredModule Plain(int resources) => new(
        $"{resources} resources that wait for nothing",
        new EntityType
        {
            Name = "many",
            Version = "1.0.0",
            Hash = "many-1",
            Config = JsonNode.Parse("""{"type":"object","properties":{"size":{"type":"integer"}}}""")!.AsObject(),
            Outputs = JsonNode.Parse("""{"type":"object","properties":{"count":{"type":"integer"}}}""")!.AsObject(),
            Implementations = [On("aws", new TerraformModule
            {
                Files = [new ModuleFile("main.tf", Waiting)],
                Variables = [new ModuleVariable("size", "number", Required: true, Sensitive: false)],
                Outputs = [new ModuleOutput("count", Sensitive: false)],
            })],
        },
        new JsonObject { ["size"] = resources },
        "");

    /// <summary>The built-in network on an emulator of AWS, with the real provider.</summary>
    /// <param name="emulator">Where the emulator answers.</param>
    /// <param name="folder">Takes the file that points the provider there.</param>
    public static MeasuredModule Network(Uri emulator, string folder)
    {
        var type = EntityCatalog.Load(EntityCatalog.BuiltInFolder).Catalog.All.First(type => type.Name == "network");
        var file = Path.Combine(folder, "override.tf.json");
        var aws = new JsonObject { ["access_key"] = "benchmark", ["secret_key"] = "benchmark", ["skip_credentials_validation"] = true, ["skip_requesting_account_id"] = true, ["skip_metadata_api_check"] = true };
        aws["endpoints"] = new JsonArray(new JsonObject { ["ec2"] = emulator.ToString(), ["iam"] = emulator.ToString(), ["sts"] = emulator.ToString() });
        File.WriteAllText(file, new JsonObject { ["provider"] = new JsonObject { ["aws"] = aws } }.ToJsonString());
        return new MeasuredModule("the built-in network on an emulated AWS", type, new JsonObject { ["cidr"] = "10.40.0.0/16", ["zones"] = 3, ["natGateways"] = "per-zone" }, file);
    }

    /// <summary>Its files and the values of its variables, as a person would have them.</summary>
    public void Write(string folder)
    {
        var module = Type.Implementations.First(one => one.On == "aws").Module!;
        foreach (var file in module.Files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }

        var values = new JsonObject(Config.Select(pair => KeyValuePair.Create(TerraformModule.SnakeCase(pair.Key), pair.Value?.DeepClone())));
        if (module.TakesTags)
            (values[TerraformModule.NameVariable], values[TerraformModule.RegionVariable], values[TerraformModule.TagsVariable]) = ("by-hand", "eu-central-1", new JsonObject { ["fabric-environment"] = "hand", ["fabric-entity"] = "hand", ["fabric-tenant"] = "hand", ["fabric-node"] = "network" });
        File.WriteAllText(Path.Combine(folder, "terraform.tfvars.json"), values.ToJsonString());
        if (Override.Length > 0)
            File.Copy(Override, Path.Combine(folder, "fabric_override.tf.json"));
    }

    /// <summary>A blueprint of it alone.</summary>
    public CompiledBlueprint Blueprint() => new()
    {
        Name = Type.Name,
        Version = 1,
        Title = Type.Name,
        Hash = Type.Name,
        Parameters = [],
        Nodes = [new BlueprintNode { Name = Type.Name, Type = Type.Ref, Config = (JsonObject)Config.DeepClone() }],
    };

    private static Implementation On(string cloud, TerraformModule module) => new() { On = cloud, Terraform = cloud, Module = module };
}
