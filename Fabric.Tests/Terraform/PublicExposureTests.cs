using System.Globalization;
using System.Text.Json.Nodes;
using Fabric.Workflows.Executors.Terraform.Policies;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Terraform;

/// <summary>What a plan may not open to everybody, told from the values it plans.</summary>
public sealed class PublicExposureTests
{
    [Theory]
    [InlineData("aws_security_group", """{ "ingress": [{ "cidr_blocks": ["10.0.0.0/8", "0.0.0.0/0"] }] }""", "ingress[0].cidr_blocks[1]")]
    [InlineData("aws_security_group", """{ "ingress": [{ "cidr_blocks": [] }, { "ipv6_cidr_blocks": ["::/0"] }] }""", "ingress[1].ipv6_cidr_blocks[0]")]
    [InlineData("aws_security_group_rule", """{ "type": "ingress", "cidr_blocks": ["0.0.0.0/0"] }""", "cidr_blocks[0]")]
    [InlineData("aws_security_group_rule", """{ "type": "ingress", "ipv6_cidr_blocks": ["::/0"] }""", "ipv6_cidr_blocks[0]")]
    [InlineData("aws_vpc_security_group_ingress_rule", """{ "cidr_ipv6": "::/0" }""", "cidr_ipv6")]
    [InlineData("aws_s3_bucket_public_access_block", """{ "block_public_acls": true, "ignore_public_acls": true, "restrict_public_buckets": true, "block_public_policy": false }""", "block_public_policy")]
    [InlineData("aws_s3_bucket_acl", """{ "acl": "public-read" }""", "acl")]
    [InlineData("aws_lb", """{ "internal": false }""", "internal")]
    [InlineData("aws_elb", """{ "name": "x" }""", "internal")]
    [InlineData("aws_eks_cluster", """{ "vpc_config": [{ "endpoint_public_access": true }] }""", "vpc_config[0].endpoint_public_access")]
    [InlineData("aws_db_instance", """{ "publicly_accessible": true }""", "publicly_accessible")]
    [InlineData("aws_rds_cluster_instance", """{ "publicly_accessible": true }""", "publicly_accessible")]
    [InlineData("aws_instance", """{ "associate_public_ip_address": true }""", "associate_public_ip_address")]
    [InlineData("aws_launch_template", """{ "network_interfaces": [{ "associate_public_ip_address": "true" }] }""", "network_interfaces[0].associate_public_ip_address")]
    [InlineData("aws_subnet", """{ "map_public_ip_on_launch": true }""", "map_public_ip_on_launch")]
    [InlineData("azurerm_network_security_rule", """{ "direction": "Inbound", "access": "Allow", "source_address_prefix": "*" }""", "source_address_prefix")]
    [InlineData("azurerm_network_security_rule", """{ "direction": "Inbound", "access": "Allow", "source_address_prefixes": ["10.0.0.0/8", "internet"] }""", "source_address_prefixes[1]")]
    [InlineData("azurerm_network_security_group", """{ "security_rule": [{ "direction": "Inbound", "access": "Allow", "source_address_prefixes": ["0.0.0.0/0"] }] }""", "security_rule[0].source_address_prefixes[0]")]
    [InlineData("azurerm_storage_account", """{ "public_network_access_enabled": true, "allow_nested_items_to_be_public": false }""", "public_network_access_enabled")]
    [InlineData("azurerm_storage_account", """{ "public_network_access_enabled": false, "allow_nested_items_to_be_public": true }""", "allow_nested_items_to_be_public")]
    [InlineData("azurerm_storage_container", """{ "container_access_type": "blob" }""", "container_access_type")]
    [InlineData("azurerm_kubernetes_cluster", """{ "private_cluster_enabled": false }""", "private_cluster_enabled")]
    [InlineData("azurerm_mssql_server", """{ "public_network_access_enabled": true }""", "public_network_access_enabled")]
    [InlineData("azurerm_postgresql_flexible_server", """{ "public_network_access_enabled": true }""", "public_network_access_enabled")]
    [InlineData("azurerm_mssql_firewall_rule", """{ "start_ip_address": "0.0.0.0", "end_ip_address": "255.255.255.255" }""", "start_ip_address")]
    [InlineData("google_compute_firewall", """{ "direction": "INGRESS", "allow": [{ "protocol": "tcp" }], "deny": [], "source_ranges": ["0.0.0.0/0"] }""", "source_ranges[0]")]
    [InlineData("google_compute_instance", """{ "network_interface": [{ "access_config": [{ "nat_ip": null }] }] }""", "network_interface[0].access_config[0]")]
    [InlineData("google_container_cluster", """{ "private_cluster_config": [{ "enable_private_nodes": true, "enable_private_endpoint": false }] }""", "private_cluster_config[0].enable_private_endpoint")]
    [InlineData("google_container_cluster", """{ "private_cluster_config": [{ "enable_private_nodes": false, "enable_private_endpoint": true }] }""", "private_cluster_config[0].enable_private_nodes")]
    [InlineData("google_storage_bucket", """{ "public_access_prevention": "inherited" }""", "public_access_prevention")]
    [InlineData("google_storage_bucket_iam_member", """{ "member": "allUsers" }""", "member")]
    [InlineData("google_storage_bucket_iam_binding", """{ "members": ["user:a@example.com", "allAuthenticatedUsers"] }""", "members[1]")]
    [InlineData("google_storage_bucket_iam_policy", """{ "policy_data": "{\"bindings\":[{\"members\":[\"allUsers\"]}]}" }""", "policy_data")]
    [InlineData("google_sql_database_instance", """{ "settings": [{ "ip_configuration": [{ "ipv4_enabled": true }] }] }""", "settings[0].ip_configuration[0].ipv4_enabled")]
    public void What_opens_a_resource_to_everybody_is_denied_with_rule_and_resource(string type, string after, string path)
    {
        var verdict = Assert.Single(Check(null, PlanText.Created(type, after)));
        Assert.Equal((PlanPolicies.PublicExposure, PolicyEffect.Deny, $"{type}.it"), (verdict.Rule, verdict.Effect, verdict.Address));
        Assert.Contains(path, verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws_security_group", """{ "egress": [{ "cidr_blocks": ["0.0.0.0/0"] }], "ingress": [] }""")]
    [InlineData("aws_security_group", """{ "ingress": [{ "cidr_blocks": ["10.0.0.0/8"], "ipv6_cidr_blocks": [] }] }""")]
    [InlineData("aws_security_group_rule", """{ "type": "egress", "cidr_blocks": ["0.0.0.0/0"] }""")]
    [InlineData("aws_network_acl_rule", """{ "egress": false, "rule_action": "allow", "cidr_block": "0.0.0.0/0" }""")]
    [InlineData("aws_s3_bucket_public_access_block", """{ "block_public_acls": true, "ignore_public_acls": true, "restrict_public_buckets": true, "block_public_policy": true }""")]
    [InlineData("aws_lb", """{ "internal": true }""")]
    [InlineData("aws_eks_cluster", """{ "vpc_config": [{ "endpoint_public_access": false, "public_access_cidrs": ["0.0.0.0/0"] }] }""")]
    [InlineData("azurerm_network_security_rule", """{ "direction": "Outbound", "access": "Allow", "source_address_prefix": "*" }""")]
    [InlineData("azurerm_network_security_group", """{ "security_rule": [{ "direction": "Inbound", "access": "Deny", "source_address_prefix": "*" }] }""")]
    [InlineData("azurerm_storage_account", """{ "public_network_access_enabled": true, "allow_nested_items_to_be_public": false, "network_rules": [{ "default_action": "Deny" }] }""")]
    [InlineData("azurerm_storage_account", """{ "public_network_access_enabled": true, "allow_nested_items_to_be_public": false, "shared_access_key_enabled": false }""")]
    [InlineData("azurerm_postgresql_flexible_server", """{ "public_network_access_enabled": true, "delegated_subnet_id": "/subscriptions/s" }""")]
    [InlineData("google_compute_firewall", """{ "direction": "EGRESS", "allow": [{ "protocol": "tcp" }], "source_ranges": ["0.0.0.0/0"] }""")]
    [InlineData("google_compute_firewall", """{ "direction": "INGRESS", "deny": [{ "protocol": "all" }], "source_ranges": ["0.0.0.0/0"] }""")]
    [InlineData("google_compute_instance", """{ "network_interface": [{ "access_config": [] }] }""")]
    [InlineData("google_container_cluster", """{ "private_cluster_config": [{ "enable_private_nodes": true, "enable_private_endpoint": true }] }""")]
    [InlineData("google_storage_bucket_iam_binding", """{ "members": ["user:a@example.com"] }""")]
    [InlineData("google_sql_database_instance", """{ "settings": [{ "ip_configuration": [{ "ipv4_enabled": false }] }] }""")]
    public void What_stays_closed_is_not(string type, string after) => Assert.Empty(Check(null, PlanText.Created(type, after)));

    [Theory]
    [InlineData("""{ "Effect": "Allow", "Principal": "*" }""", true)]
    [InlineData("""[{ "Effect": "Deny", "Principal": "*" }, { "Effect": "Allow", "Principal": { "AWS": ["arn:aws:iam::1:root", "*"] } }]""", true)]
    [InlineData("""{ "Effect": "Allow", "NotPrincipal": { "AWS": "arn:aws:iam::1:root" } }""", true)]
    [InlineData("""{ "Effect": "Allow", "Principal": "*", "Condition": { "StringEquals": { "aws:SourceVpc": "vpc-1" } } }""", false)]
    [InlineData("""{ "Effect": "Deny", "Principal": "*" }""", false)]
    [InlineData("""{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::1:root" } }""", false)]
    public void A_bucket_policy_is_open_when_it_allows_everybody_something_under_no_condition(string statement, bool open)
    {
        var policy = $$"""{ "Statement": {{statement}} }""";
        Assert.Equal(open ? 1 : 0, Check(null, PlanText.Created("aws_s3_bucket_policy", new JsonObject { ["policy"] = policy }.ToJsonString())).Count);
    }

    [Fact]
    public void An_opening_is_found_behind_any_number_of_other_fields()
    {
        var ranges = string.Join(',', Enumerable.Range(0, 500).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"10.{i / 256}.{i % 256}.0/24\"")));
        var verdict = Assert.Single(Check(null, PlanText.Created("aws_security_group", $$"""{ "ingress": [{ "cidr_blocks": [{{ranges}}, "0.0.0.0/0"] }] }""")));
        Assert.Contains("ingress[0].cidr_blocks[500] is 0.0.0.0/0", verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws_security_group", """{ "ingress": [{ "cidr_blocks": ["10.0.0.0/8", null] }] }""", """{ "ingress": [{ "cidr_blocks": [false, true] }] }""", """{ "ingress": {} }""", "ingress[0].cidr_blocks[1]")]
    [InlineData("aws_security_group", "{}", """{ "ingress": true }""", """{ "ingress": { "references": ["a.b"] } }""", "ingress")]
    [InlineData("aws_lb", "{}", """{ "internal": true }""", """{ "internal": { "references": ["a.b"] } }""", "internal")]
    [InlineData("aws_lb", "{}", """{ "internal": true }""", null, "internal")]
    [InlineData("aws_s3_bucket_policy", "{}", """{ "policy": true }""", """{ "policy": { "references": ["a.b"] } }""", "policy")]
    [InlineData("aws_s3_bucket_policy", """{ "policy": "no JSON" }""", "{}", null, "policy")]
    [InlineData("aws_security_group_rule", """{ "cidr_blocks": ["0.0.0.0/0"] }""", """{ "type": true }""", """{ "type": { "references": ["a.b"] }, "cidr_blocks": {} }""", "type")]
    public void What_nobody_can_tell_before_the_apply_is_a_warning_that_says_so(string type, string after, string unknown, string? given, string path)
    {
        var verdict = Assert.Single(Check(given, PlanText.Created(type, after, unknown)));
        Assert.Equal((PlanPolicies.PublicExposure, PolicyEffect.Warn, $"{type}.it"), (verdict.Rule, verdict.Effect, verdict.Address));
        Assert.StartsWith($"Nobody can tell yet whether {type}.it ", verdict.Message, StringComparison.Ordinal);
        Assert.Contains($": {path} ", verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws_security_group", """{ "ingress": true }""", 0)]
    [InlineData("aws_lb", """{ "internal": true }""", 1)]
    [InlineData("google_sql_database_instance", """{ "settings": true }""", 1)]
    public void What_the_module_leaves_out_is_what_the_provider_makes_of_it(string type, string unknown, int denied)
    {
        var verdicts = Check("{}", PlanText.Created(type, "{}", unknown));
        Assert.Equal(denied, verdicts.Count);
        Assert.All(verdicts, verdict => Assert.Equal(PolicyEffect.Deny, verdict.Effect));
    }

    [Fact]
    public void What_stands_open_already_and_is_not_touched_is_not_the_plans_doing()
    {
        const string Open = """{ "internal": false, "name": "a" }""";
        Assert.Empty(Check(null, PlanText.Changed("aws_lb", ["update"], Open, """{ "internal": false, "name": "b" }""")));
        Assert.Single(Check(null, PlanText.Changed("aws_lb", ["update"], """{ "internal": true }""", """{ "internal": false }""")));
        Assert.Single(Check(null, PlanText.Changed("aws_lb", ["delete", "create"], Open, Open)));
        Assert.Single(Check(null, PlanText.Changed("azurerm_network_security_rule", ["update"], """{ "access": "Deny", "source_address_prefix": "*" }""", """{ "access": "Allow", "source_address_prefix": "*" }""")));
    }

    [Fact]
    public void A_bucket_loses_what_keeps_the_public_out_only_together_with_itself()
    {
        var block = PlanText.Changed("aws_s3_bucket_public_access_block", ["delete"], """{ "bucket": "data" }""", "null");
        var verdict = Assert.Single(Check(null, block));
        Assert.Equal("aws_s3_bucket_public_access_block.it would be deleted, and what it guards stays: the bucket could be made public.", verdict.Message);
        Assert.Empty(Check(null, (JsonObject)block.DeepClone(), PlanText.Changed("aws_s3_bucket", ["delete"], """{ "bucket": "data" }""", "null")));
        Assert.Single(Check(null, (JsonObject)block.DeepClone(), PlanText.Changed("aws_s3_bucket", ["delete"], """{ "bucket": "other" }""", "null")));
    }

    [Theory]
    [InlineData("Deny", 0)]
    [InlineData("Allow", 2)]
    public void A_storage_account_may_be_kept_closed_by_a_resource_beside_it(string action, int denied) => Assert.Equal(denied, Check(
        null,
        PlanText.Created("azurerm_storage_account", """{ "public_network_access_enabled": true, "allow_nested_items_to_be_public": false }"""),
        PlanText.Created("azurerm_storage_account_network_rules", $$"""{ "default_action": "{{action}}" }""")).Count(verdict => verdict.Effect is PolicyEffect.Deny));

    [Fact]
    public void What_is_sensitive_is_judged_and_not_repeated()
    {
        var verdict = Assert.Single(Check(null, PlanText.Created("aws_vpc_security_group_ingress_rule", """{ "cidr_ipv4": "0.0.0.0/0" }""", sensitive: """{ "cidr_ipv4": true }""")));
        Assert.Equal("aws_vpc_security_group_ingress_rule.it lets everybody in: look at cidr_ipv4.", verdict.Message);
    }

    [Fact]
    public void A_resource_of_a_module_is_found_in_that_modules_configuration()
    {
        var change = PlanText.Created("aws_security_group", "{}", """{ "ingress": true }""");
        change["module_address"] = "module.outer[\"a.b[0]\"].module.inner[1]";
        var inner = new JsonObject { ["resources"] = new JsonArray(new JsonObject { ["mode"] = "managed", ["type"] = "aws_security_group", ["name"] = "it" }) };
        var calls = new JsonObject { ["outer"] = new JsonObject { ["module"] = new JsonObject { ["module_calls"] = new JsonObject { ["inner"] = new JsonObject { ["module"] = inner } } } } };
        var given = new Workflows.Executors.Terraform.Plans.GivenArguments(new JsonObject { ["root_module"] = new JsonObject { ["module_calls"] = calls } });
        Assert.Empty(given.Of(change)!);
        change["module_address"] = "module.other";
        Assert.Null(given.Of(change));
    }

    private static IReadOnlyList<PolicyVerdict> Check(string? given, params JsonObject[] changes) =>
        PlanPolicies.Check(PlanText.Step(), PlanText.Read(given, changes).Planned, new PolicyBounds(9, PolicyEffect.Deny, []));
}
