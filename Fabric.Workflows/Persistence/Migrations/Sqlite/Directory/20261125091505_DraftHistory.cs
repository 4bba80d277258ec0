using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fabric.Workflows.Persistence.Migrations.Sqlite.Directory
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
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "stage",
                table: "blueprint_versions",
                type: "TEXT",
                nullable: false,
                defaultValue: "Published");

            migrationBuilder.AddColumn<string>(
                name: "stage_reason",
                table: "blueprint_versions",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "draft_steps",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    label = table.Column<string>(type: "TEXT", nullable: false),
                    merge_key = table.Column<string>(type: "TEXT", nullable: true),
                    start = table.Column<int>(type: "INTEGER", nullable: false),
                    removed = table.Column<string>(type: "TEXT", nullable: false),
                    inserted = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false)
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
