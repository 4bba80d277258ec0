using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fabric.Workflows.Persistence.Migrations.Postgres.Directory
{
    /// <inheritdoc />
    public partial class ReleasedNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_environment_places_tenant_name",
                table: "environment_places");

            migrationBuilder.CreateIndex(
                name: "ix_environment_places_tenant_name",
                table: "environment_places",
                columns: new[] { "tenant", "name" },
                unique: true,
                filter: "state <> 'Released'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_environment_places_tenant_name",
                table: "environment_places");

            migrationBuilder.CreateIndex(
                name: "ix_environment_places_tenant_name",
                table: "environment_places",
                columns: new[] { "tenant", "name" },
                unique: true);
        }
    }
}
