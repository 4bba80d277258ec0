using System.Text.Json.Nodes;
using Fabric.Workflows.Executors.Terraform.Policies;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Terraform;

/// <summary>Every resource of a plan lies in a region that the account allows.</summary>
public sealed class AllowedRegionTests
{
    [Theory]
    [InlineData("aws_s3_bucket", "region", "us-east-1", "eu-central-1")]
    [InlineData("aws_subnet", "availability_zone", "us-east-1a", "eu-central-1")]
    [InlineData("aws_subnet", "availability_zone", "eu-central-12a", "eu-central-1")]
    [InlineData("azurerm_resource_group", "location", "North Europe", "westeurope")]
    [InlineData("azurerm_resource_group", "location", "eastus2", "eastus")]
    [InlineData("azurerm_resource_group", "location", "centraluseuap", "centralus")]
    [InlineData("google_compute_subnetwork", "region", "us-central1", "europe-west1")]
    [InlineData("google_compute_instance", "zone", "europe-west12-b", "europe-west1")]
    [InlineData("google_storage_bucket", "location", "EU", "europe-west1")]
    [InlineData("google_compute_subnetwork", "region", "us-east1", "us")]
    public void What_lies_elsewhere_is_denied_with_resource_and_place(string type, string attribute, string place, string allowed)
    {
        foreach (var verdict in new[] { Created(type, attribute, place, allowed), Changed(type, ["update"], attribute, place, allowed), Changed(type, ["delete", "create"], attribute, place, allowed) }.Select(Assert.Single))
        {
            Assert.Equal((PlanPolicies.AllowedRegions, PolicyEffect.Deny, $"{type}.it"), (verdict.Rule, verdict.Effect, verdict.Address));
            Assert.Equal($"{type}.it would be in {place}, by its {attribute}; its account allows {allowed}, eu-north-9.", verdict.Message);
        }
    }

    [Theory]
    [InlineData("aws_s3_bucket", "region", "eu-central-1", "eu-central-1")]
    [InlineData("aws_subnet", "availability_zone", "eu-central-1b", "eu-central-1")]
    [InlineData("aws_subnet", "availability_zone", "us-west-2-lax-1a", "us-west-2")]
    [InlineData("azurerm_resource_group", "location", "West Europe", "westeurope")]
    [InlineData("azurerm_resource_group", "location", "westeurope", "West Europe")]
    [InlineData("azurerm_private_dns_zone", "location", "global", "westeurope")]
    [InlineData("azurerm_managed_disk", "zone", "2", "westeurope")]
    [InlineData("google_compute_subnetwork", "region", "https://www.googleapis.com/compute/v1/projects/p/regions/europe-west1", "europe-west1")]
    [InlineData("google_compute_instance", "zone", "europe-west1-b", "europe-west1")]
    [InlineData("google_storage_bucket", "location", "EUROPE-WEST1", "europe-west1")]
    [InlineData("google_storage_bucket", "location", "EU", "eu")]
    [InlineData("google_kms_key_ring", "location", "global", "europe-west1")]
    [InlineData("terraform_data", "location", "the moon", "eu-central-1")]
    public void What_lies_in_one_of_them_or_nowhere_is_not(string type, string attribute, string place, string allowed) => Assert.Empty(Created(type, attribute, place, allowed));

    [Fact]
    public void What_goes_may_lie_anywhere_and_so_may_everything_in_an_account_that_names_no_region()
    {
        Assert.Empty(Check(["eu-central-1"], null, PlanText.Changed("aws_s3_bucket", ["delete"], """{ "region": "us-east-1" }""", "null")));
        Assert.Empty(Check([], null, PlanText.Created("aws_s3_bucket", """{ "region": "us-east-1" }""")));
    }

    [Fact]
    public void A_place_that_is_known_only_after_apply_is_a_warning_when_the_module_gives_it()
    {
        Assert.Empty(Check(["eu-central-1"], "{}", PlanText.Created("aws_s3_bucket", "{}", """{ "region": true }""")));
        var verdict = Assert.Single(Check(["eu-central-1"], """{ "region": { "references": ["a.b"] } }""", PlanText.Created("aws_s3_bucket", "{}", """{ "region": true }""")));
        Assert.Equal((PolicyEffect.Warn, "Nobody can tell yet whether aws_s3_bucket.it is in a region that its account allows (eu-central-1): region is known only after apply."), (verdict.Effect, verdict.Message));
    }

    [Theory]
    [InlineData("aws_vpc", "us-west-2")]
    [InlineData("aws_vpc", "us-west-2", "aws.west")]
    [InlineData("aws_vpc", "us-west-2", "module.far:aws")]
    [InlineData("aws_route53_resolver_endpoint", "us-west-2")]
    [InlineData("google_compute_address", "us-central1", "google", "region")]
    [InlineData("google_compute_address", "projects/p/regions/us-central1", "google-beta", "region")]
    [InlineData("google_compute_disk", "us-central1-a", "google", "zone")]
    [InlineData("google_container_cluster", "us-central1-a", "google", "location")]
    public void A_provider_block_elsewhere_is_denied_what_says_nothing_itself(string type, string place, string key = "aws", string attribute = "region")
    {
        var argument = attribute == "location" ? "zone" : attribute;
        foreach (var actions in new[] { new[] { "create" }, ["update"], ["delete", "create"] })
        {
            var change = PlanText.Changed(type, actions, "null", "{}", new JsonObject { [attribute] = true }.ToJsonString());
            var verdict = Assert.Single(CheckWith(Block(key, argument, Constant(place)), ["eu-central-1"], "{}", change));
            Assert.Equal((PolicyEffect.Deny, $"{type}.it would be in {place.Split('/')[^1]}, by the {argument} of provider {key}; its account allows eu-central-1."), (verdict.Effect, verdict.Message));
        }
    }

    [Theory]
    [InlineData("aws_vpc", """{ "references": ["local.far"] }""")]
    [InlineData("aws_vpc", """{ "references": ["var.key"] }""")]
    [InlineData("aws_vpc", """{ "references": ["var.fabric_region", "local.far"] }""")]
    public void One_that_the_module_puts_together_is_a_warning_without_any_value(string type, string region)
    {
        var verdict = Assert.Single(CheckWith(Block("aws", "region", region), ["eu-central-1"], "{}", PlanText.Created(type, "{}")));
        Assert.Equal((PolicyEffect.Warn, "Nobody can tell from the plan whether aws_vpc.it is in a region that its account allows (eu-central-1): the module puts the region of provider aws together."), (verdict.Effect, verdict.Message));
    }

    [Theory]
    [InlineData("aws_vpc", """{ "constant_value": "eu-central-1" }""")]
    [InlineData("aws_vpc", """{ "references": ["var.fabric_region"] }""")]
    [InlineData("aws_vpc", """{ "constant_value": "" }""")]
    [InlineData("aws_vpc", "{}")]
    [InlineData("aws_iam_role", """{ "constant_value": "us-east-1" }""")]
    [InlineData("aws_route53_zone", """{ "constant_value": "us-east-1" }""")]
    [InlineData("aws_wafv2_web_acl", """{ "constant_value": "us-east-1" }""", """{ "scope": "CLOUDFRONT" }""")]
    [InlineData("google_compute_network", """{ "constant_value": "us-central1" }""")]
    [InlineData("aws_vpc", """{ "constant_value": "us-east-1" }""", """{ "region": "eu-central-1" }""")]
    [InlineData("google_compute_address", """{ "constant_value": "us-central1" }""", """{ "region": "eu-central-1" }""")]
    public void Nothing_is_said_of_what_is_allowed_worldwide_or_says_its_place(string type, string region, string after = "{}")
    {
        var key = type.Split('_')[0];
        Assert.Empty(CheckWith(Block(key, "region", region), ["eu-central-1"], "{}", PlanText.Created(type, after)));
    }

    [Fact]
    public void A_place_of_its_own_that_is_not_known_yet_is_not_judged_by_the_block()
    {
        var verdict = Assert.Single(CheckWith(Block("aws", "region", Constant("us-west-2")), ["eu-central-1"], """{ "region": { "references": ["a.b"] } }""", PlanText.Created("aws_vpc", "{}", """{ "region": true }""")));
        Assert.Equal(PolicyEffect.Warn, verdict.Effect);
    }

    private static string Constant(string value) => new JsonObject { ["constant_value"] = value }.ToJsonString();

    /// <summary>A plan's provider block, through which every resource of it is made.</summary>
    private static JsonObject Block(string key, string argument, string expression) => new()
    {
        ["configuration"] = new JsonObject
        {
            ["provider_config"] = new JsonObject { [key] = new JsonObject { ["expressions"] = new JsonObject { [argument] = JsonNode.Parse(expression), ["secret_key"] = new JsonObject { ["constant_value"] = "hunter2" } } } },
        },
    };

    private static IReadOnlyList<PolicyVerdict> Created(string type, string attribute, string place, string allowed) =>
        Check([allowed, "eu-north-9"], null, PlanText.Created(type, new JsonObject { [attribute] = place }.ToJsonString()));

    private static IReadOnlyList<PolicyVerdict> Changed(string type, string[] actions, string attribute, string place, string allowed)
    {
        var values = new JsonObject { [attribute] = place }.ToJsonString();
        return Check([allowed, "eu-north-9"], null, PlanText.Changed(type, actions, values, values));
    }

    private static IReadOnlyList<PolicyVerdict> Check(string[] regions, string? given, params JsonObject[] changes) => CheckWith([], regions, given, changes);

    private static IReadOnlyList<PolicyVerdict> CheckWith(JsonObject more, string[] regions, string? given, params JsonObject[] changes)
    {
        var step = PlanText.Step();
        var within = step with { Environment = step.Environment with { Region = regions.FirstOrDefault() ?? "" } };
        return [.. PlanPolicies.Check(within, PlanText.ReadWith(more, given, changes).Planned, new PolicyBounds(9, PolicyEffect.Deny, regions)).Where(verdict => verdict.Rule == PlanPolicies.AllowedRegions)];
    }
}
