using Fabric.Tests.Blueprints;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;

namespace Fabric.Tests.Catalog;

/// <summary>An outsider's folder with a module that does not fit its type: what does not match is said, and where.</summary>
public sealed class FaultsInModules : IDisposable
{
    private const string Implementation = "  implementations: [{ on: aws, terraform: aws }]\n";
    private const string Size = "  config: { properties: { size: { type: integer } } }\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-catalog");

    [Fact]
    public void One_that_fits_is_a_type()
    {
        const string Spec = "  config: { properties: { nodeSize: { type: integer }, key: { type: string, x-secret: true }, tags: { type: [object, \"null\"] } } }\n  outputs: { required: [networkId], properties: { networkId: { type: string } } }\n";
        var load = Load(Spec, ("aws/variables.tf", """
            variable "node_size" { type = number } # how many
            variable "key" {
              type      = string # a secret
              sensitive = true   // shown nowhere
            }
            variable "tags" { type = map(string) }
            variable "fabric_name" { type = string }
            variable "extra" {
              default = {
                note = "a } in ${"quotes"}" /* and } in a comment */
              }
            }
            """), ("aws/outputs.tf", "output \"network_id\" { value = <<-EOT\n  } # no comment\n  EOT\n}\n"));
        Assert.Empty(load.Faults);
        Assert.NotNull(load.Catalog.Find("one"));
    }

    [Theory]
    [InlineData(Size, "variable \"sice\" { default = 1 }", "it declares no variable \"size\", and the type's config has 'size'. Did you mean 'sice'?")]
    [InlineData(Size, "locals {}", "it declares no variable \"size\", and the type's config has 'size'. There are none to choose from.")]
    [InlineData("", "variable \"size\" { type = number }", "variable \"size\" has no default, and the type's config has no property for it.")]
    [InlineData("", "variable \"fabric_regoin\" {}", "Fabric fills in no variable \"fabric_regoin\". Did you mean 'fabric_region'?")]
    [InlineData(Size, "variable \"size\" { type = list(string) }", "variable \"size\" is list(string); config 'size' is a whole number.")]
    [InlineData(Size, "variable \"size\" { type = bool }", "variable \"size\" is bool; config 'size' is a whole number.")]
    [InlineData("  config: { properties: { size: { type: [array, \"null\"] } } }\n", "variable \"size\" { type = string }", "variable \"size\" is string; config 'size' is a list or nothing.")]
    [InlineData("  config: { properties: { key: { type: string, x-secret: true } } }\n", "variable \"key\" { type = string }", "config 'key' is secret; mark variable \"key\" as sensitive, or its value shows in plans.")]
    [InlineData("  config: { properties: { dependsOn: { type: string } } }\n", "variable \"depends_on\" {}", "config 'dependsOn' would be the variable \"depends_on\", and Terraform keeps that name for itself; call the property otherwise.")]
    [InlineData("  config: { properties: { fabricName: { type: string } } }\n", "variable \"fabric_name\" {}", "config 'fabricName' would be the variable \"fabric_name\", and Fabric keeps names with fabric_ for its own; call the property otherwise.")]
    [InlineData("  config: { properties: { aB: { type: string }, a_b: { type: string } } }\n", "variable \"a_b\" {}", "config 'aB' and 'a_b' would both be the variable \"a_b\"; call one of them otherwise.")]
    [InlineData("  outputs: { required: [networkId], properties: { networkId: { type: string } } }\n", "output \"netwerk_id\" { value = 1 }", "it has no output \"network_id\", and the type promises 'networkId'. Did you mean 'netwerk_id'?")]
    [InlineData("  outputs: { required: [id], properties: { id: { type: string } } }\n", "locals {}", "it has no output \"id\", and the type promises 'id'. There are none to choose from.")]
    public void What_does_not_match_the_type_is_said_in_one_sentence(string spec, string file, string sentence) => Fault(spec, $"Module 'aws': {sentence}", ("aws/main.tf", file));

    [Theory]
    [InlineData("main.tf", "variable \"a\" {\n  default = 1\n", "a { in line 3 or before it has no end")]
    [InlineData("main.tf", "variable \"a\" {}\n}\nvariable \"b\" {}\n", "a } in line 2 closes nothing")]
    [InlineData("main.tf", "variable \"a\" {\n  default = \"x\n}\n", "a string in line 4 or before it has no end")]
    [InlineData("main.tf", "locals {\n  a = [1,\n", "a bracket in line 3 or before it has no end")]
    [InlineData("main.tf", "/* for ever\n", "a comment in line 1 or before it has no end")]
    [InlineData("main.tf", "locals {\n  a = <<EOT\n  text\n", "a heredoc in line 2 or before it has no end")]
    [InlineData("main.tf.json", "[]", "it is no JSON object")]
    public void What_cannot_be_read_is_named_with_file_and_line(string file, string text, string why) => Fault("", $"aws/{file} cannot be read: {why}.", ($"aws/{file}", text));

    [Theory]
    [InlineData("{")]
    [InlineData("""{ "variable": { "a": {}, "a": {} } }""")]
    public void JSON_that_is_none_is_named_with_its_file(string text) =>
        Assert.StartsWith("aws/main.tf.json cannot be read: ", Only(Load("", ("aws/main.tf.json", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder_without_a_file_of_Terraforms_is_no_module() => Fault(Size, "The folder 'aws' has no *.tf file with a block in it.", ("aws/README.md", "Nothing."));

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        var fault = Only(Load(""));
        Assert.Equal((FaultCodes.MissingFile, "There is no module folder 'aws' in the folder of this type."), (fault.Code, fault.Message));
    }

    [Theory]
    [InlineData("main.tf", "terraform {\n  backend \"s3\" {}\n}\n")]
    [InlineData("main.tf", "terraform {\n  cloud {}\n}\n")]
    [InlineData("main.tf.json", """{ "terraform": { "backend": { "s3": {} } } }""")]
    [InlineData("main.tf.json", """{ "terraform": [{ "backend": { "s3": {} } }] }""")]
    public void A_module_does_not_choose_where_its_state_is(string file, string text) =>
        Fault("", "The module 'aws' chooses a backend; take it out: Fabric keeps the state.", ($"aws/{file}", text));

    [Theory]
    [InlineData("""{ "variable": { "size": { "type": "number", "sensitive": true } } }""")]
    [InlineData("""{ "variable": [{ "size": { "type": "number", "sensitive": true } }] }""")]
    public void A_module_may_be_written_in_JSON(string text) => Assert.Empty(Load("  config: { properties: { size: { type: integer, x-secret: true } } }\n", ("aws/main.tf.json", text)).Faults);

    public void Dispose() => folder.Delete(recursive: true);

    private void Fault(string spec, string message, params (string Path, string Text)[] files)
    {
        var load = Load(spec, files);
        var fault = Only(load);
        var line = 5 + spec.Count(c => c == '\n');
        Assert.Equal((FaultCodes.BadModule, "one/entity.yaml", line, 43, message), (fault.Code, fault.File, fault.Line, fault.Column, fault.Message));
        Assert.Null(load.Catalog.Find("one"));
    }

    private static Fault Only(CatalogLoad load) => Assert.Single(load.Faults);

    private CatalogLoad Load(string spec, params (string Path, string Text)[] files)
    {
        Sample.Write(folder.FullName, "one", Sample.Named("one", "1.0.0") + spec + Implementation);
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(folder.FullName, "one", path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        return EntityCatalog.Load(folder.FullName);
    }
}
