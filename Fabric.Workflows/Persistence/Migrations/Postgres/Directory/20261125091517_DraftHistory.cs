using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fabric.Workflows.Persistence.Migrations.Postgres.Directory
{
    /// <inheritdoc />
    public partial class DraftHistory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "steps_done",
                table: "blueprints",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "stage",
                table: "blueprint_versions",
                type: "text",
                nullable: false,
                defaultValue: "Published");

            migrationBuilder.AddColumn<string>(
                name: "stage_reason",
                table: "blueprint_versions",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "draft_steps",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    label = table.Column<string>(type: "text", nullable: false),
                    merge_key = table.Column<string>(type: "text", nullable: true),
                    start = table.Column<int>(type: "integer", nullable: false),
                    removed = table.Column<string>(type: "text", nullable: false),
                    inserted = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draft_steps", x => new { x.name, x.number });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "draft_steps");

            migrationBuilder.DropColumn(
                name: "steps_done",
                table: "blueprints");

            migrationBuilder.DropColumn(
                name: "stage",
                table: "blueprint_versions");

            migrationBuilder.DropColumn(
                name: "stage_reason",
                table: "blueprint_versions");
        }
    }
}
