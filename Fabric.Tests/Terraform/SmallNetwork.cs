using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;

namespace Fabric.Tests.Terraform;

/// <summary>A small module on AWS: a network, subnets, a gateway and a group, all tagged.</summary>
internal static class SmallNetwork
{
    public const int Made = 6;

    public static EntityType Type { get; } = TerraformBed.Type(
        "smallnet",
        JsonNode.Parse("""{"type":"object","properties":{"subnets":{"type":"integer","default":3}}}""")!.AsObject(),
        JsonNode.Parse("""{"type":"object","required":["networkId"],"properties":{"networkId":{"type":"string"}}}""")!.AsObject(),
        ("main.tf", """
            terraform {
              required_providers {
                aws = {
                  source  = "hashicorp/aws"
                  version = "~> 5.100"
                }
              }
            }

            variable "subnets" { type = number }
            variable "fabric_region" { type = string }
            variable "fabric_tags" { type = map(string) }

            provider "aws" {
              region = var.fabric_region
              default_tags { tags = var.fabric_tags }
            }

            resource "aws_vpc" "this" { cidr_block = "10.1.0.0/16" }

            resource "aws_subnet" "this" {
              count      = var.subnets
              vpc_id     = aws_vpc.this.id
              cidr_block = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
              tags       = { Name = "small-${count.index}" }
            }

            resource "aws_internet_gateway" "this" { vpc_id = aws_vpc.this.id }

            resource "aws_security_group" "this" {
              name   = "small"
              vpc_id = aws_vpc.this.id
            }

            output "network_id" { value = aws_vpc.this.id }
            """));

    public static CompiledBlueprint Blueprint { get; } = new()
    {
        Name = "smallnet",
        Version = 1,
        Title = "smallnet",
        Hash = "smallnet-1",
        Parameters = [],
        Nodes = [new BlueprintNode { Name = "net", Type = Type.Ref, Config = new JsonObject { ["subnets"] = "${param.subnets}" } }],
    };
}
