using System.Text.Json.Nodes;
using Fabric.Workflows.Catalog.Modules;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Terraform.Drift;

/// <summary>Which differences can become configuration, and what is said of the others.</summary>
public sealed class AdoptionTests
{
    private static readonly TerraformModule Module = new()
    {
        Files = [new ModuleFile("main.tf", """
            variable "node_count" { type = number }
            resource "cloud_pool" "this" {
              count_wanted = var.node_count
              name         = "pool ${var.node_count}"
              region       = var.fabric_region
              size         = var.size
              secret       = var.secret
              plan         = var.plan
              labels       = var.labels
              scaling {
                max = var.node_count
              }
            }
            """), new ModuleFile("inner/main.tf", "resource \"cloud_pool\" \"inner\" { size = var.size }")],
        Variables = [],
        Outputs = [],
    };

    private static readonly JsonObject Config = new() { ["nodeCount"] = "${param.pool.servers}", ["size"] = "large", ["secret"] = "${param.secret}", ["region"] = "${network.region}", ["labels"] = "${param.labels}" };

    private static Adoption Of(params FieldChange[] changes) => AdoptDrift.Of(DriftDecisionTests.Finding("cloud_pool.this", changes: changes), Module, Config);

    [Fact]
    public void A_value_that_a_parameter_decides_becomes_that_parameter_and_what_the_cloud_computes_follows_by_itself()
    {
        var adoption = Of(new FieldChange("count_wanted", 3, 5), new FieldChange("status", "a", "b"));
        Assert.True(adoption.IsPossible, adoption.Refusal);
        Assert.Equal("""{"pool":{"servers":5}}""", adoption.Patch.ToJsonString());
    }

    [Fact]
    public void One_key_of_a_map_that_a_parameter_decides_becomes_that_key_of_it() =>
        Assert.Equal("""{"labels":{"owner":"lee"}}""", Of(new FieldChange("labels.owner", "kim", "lee")).Patch.ToJsonString());

    [Theory]
    [InlineData("labels.kubernetes.io/role", "put together by the module")]
    [InlineData("name", "put together by the module")]
    [InlineData("region", "filled in by Fabric")]
    [InlineData("size", "The blueprint decides 'size' itself")]
    [InlineData("plan", "leaves the setting behind plan (plan) at its default")]
    [InlineData("scaling[0].max", "put together by the module")]
    [InlineData("status", "Only what the cloud computes by itself differs")]
    [InlineData("and 12 more", "More differs than is kept")]
    public void Where_the_line_is_broken_it_is_said_where(string path, string expected) =>
        Assert.Contains(expected, Of(new FieldChange(path, "a", "b")).Refusal, StringComparison.Ordinal);

    [Fact]
    public void One_field_that_cannot_be_holds_the_others_back() =>
        Assert.Contains("put together", Of(new FieldChange("count_wanted", 3, 5), new FieldChange("name", "a", "b")).Refusal, StringComparison.Ordinal);

    [Fact]
    public void Secrets_are_not_read_and_what_was_taken_away_has_no_value()
    {
        Assert.Contains("is secret", Of(new FieldChange("secret", null, null, Sensitive: true)).Refusal, StringComparison.Ordinal);
        Assert.Contains("was taken away", Of(new FieldChange("count_wanted", 3, null)).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cloud_pool.this[0]", "one of several")]
    [InlineData("module.inner.cloud_pool.inner", "cannot trace")]
    [InlineData("cloud_pool.inner", "cannot trace")]
    public void Resources_that_no_single_setting_makes_are_not_guessed_at(string address, string expected) =>
        Assert.Contains(expected, AdoptDrift.Of(DriftDecisionTests.Finding(address, changes: new FieldChange("size", 1, 2)), Module, Config).Refusal, StringComparison.Ordinal);

    [Fact]
    public void What_is_gone_and_what_the_blueprint_has_no_more_is_not_adopted()
    {
        Assert.Contains("is gone", AdoptDrift.Of(DriftDecisionTests.Finding("cloud_pool.this", action: PlanAction.Delete), Module, Config).Refusal, StringComparison.Ordinal);
        Assert.Contains("has no db any more", AdoptDrift.Of(DriftDecisionTests.Finding("cloud_pool.this"), Module, null).Refusal, StringComparison.Ordinal);
    }
}
