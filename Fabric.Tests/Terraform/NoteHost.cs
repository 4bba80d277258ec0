using System.Text.Json.Nodes;
using Fabric.Tests.PublicApi;

namespace Fabric.Tests.Terraform;

/// <summary>The server with an entity type whose module is Terraform's own <c>terraform_data</c>: the real program, and no cloud.</summary>
public sealed class NoteHost : ApiHost
{
    /// <summary>The same with words that are a secret.</summary>
    public const string Locked = "locked";

    private readonly string folder;

    public NoteHost()
        : this(Folder())
    {
    }

    private NoteHost(string folder)
        : base(("Fabric:Catalog:0", folder)) => this.folder = folder;

    /// <summary>Publishes the blueprint of one note, and makes an environment of it.</summary>
    public async Task<(Guid Id, Guid Run)> NoteAsync(string words, string entity = "note")
    {
        var blueprint = Name("noted");
        var text = $"apiVersion: fabric/v1\nkind: Blueprint\nmetadata: {{ name: {blueprint}, title: Noted }}\nspec:\n  parameters:\n    type: object\n    properties:\n      words: {{ type: string, title: Words }}\n  nodes:\n    note: {{ entity: {entity}@1, config: {{ words: \"{(entity == Locked ? "${secret.pw}" : "${param.words}")}\" }} }}\n";
        var draft = await Admin.CallAsync(HttpMethod.Put, $"/api/v1/blueprints/{blueprint}/draft", Calls.Yaml(text));
        Assert.True(draft.Status == 200, draft.ToString());
        var published = await Admin.CallAsync(HttpMethod.Post, $"/api/v1/blueprints/{blueprint}/publish", new JsonObject());
        Assert.True(published.Status == 200, published.ToString());
        var wish = new JsonObject
        {
            ["tenant"] = "sample", ["name"] = Name("note"), ["blueprint"] = blueprint, ["cloud"] = "kubernetes", ["region"] = "local", ["parameters"] = new JsonObject { ["words"] = words },
        };
        var made = await Owner.CallAsync(HttpMethod.Post, "/api/v1/environments", wish);
        Assert.True(made.Status == 201, made.ToString());
        return (made.Json["id"]!.GetValue<Guid>(), made.Json["run"]!.GetValue<Guid>());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string Folder()
    {
        var folder = Directory.CreateTempSubdirectory("fabric-note-catalog").FullName;
        Write(folder, "note", "title: Words", "");
        Write(folder, Locked, "x-secret: true, title: Words", "sensitive = true");
        return folder;
    }

    private static void Write(string folder, string name, string words, string sensitive)
    {
        var module = Directory.CreateDirectory(Path.Combine(folder, name, "module")).FullName;
        File.WriteAllText(Path.Combine(folder, name, "entity.yaml"), $$"""
            apiVersion: fabric/v1
            kind: EntityType
            metadata: { name: {{name}}, version: 1.0.0, title: Note, description: Words that are kept., category: Cloud, icon: network }
            spec:
              config:
                type: object
                additionalProperties: false
                properties:
                  words: { type: string, {{words}}, description: What is kept., default: nothing }
              outputs:
                type: object
                required: [said]
                properties:
                  said: { type: string, description: What was kept. }
              implementations:
                - on: kubernetes
                  terraform: module
                - on: sandbox
                  simulated: { outputs: { said: nothing } }
            """);
        File.WriteAllText(Path.Combine(module, "main.tf"), $$"""
            variable "words" {
              type = string
              {{sensitive}}
            }
            resource "terraform_data" "note" {
              input = var.words
            }
            output "said" {
              value = terraform_data.note.output
              {{sensitive}}
            }
            """);
    }
}
