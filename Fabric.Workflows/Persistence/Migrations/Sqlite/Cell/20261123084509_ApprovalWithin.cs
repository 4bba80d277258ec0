using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fabric.Workflows.Persistence.Migrations.Sqlite.Cell
{
    /// <inheritdoc />
    public partial class ApprovalWithin : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "approval_within",
                table: "steps",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "approval_within",
                table: "steps");
        }
    }
}
