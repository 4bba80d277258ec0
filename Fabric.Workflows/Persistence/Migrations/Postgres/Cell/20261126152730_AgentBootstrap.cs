using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fabric.Workflows.Persistence.Migrations.Postgres.Cell
{
    /// <inheritdoc />
    public partial class AgentBootstrap : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "bootstrap_fault",
                table: "enrollments",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "bootstrap_run",
                table: "enrollments",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "operation_key",
                table: "enrollments",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "bootstrap_fault",
                table: "enrollments");

            migrationBuilder.DropColumn(
                name: "bootstrap_run",
                table: "enrollments");

            migrationBuilder.DropColumn(
                name: "operation_key",
                table: "enrollments");
        }
    }
}
