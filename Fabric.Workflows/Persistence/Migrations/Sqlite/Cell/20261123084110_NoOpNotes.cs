using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fabric.Workflows.Persistence.Migrations.Sqlite.Cell
{
    /// <inheritdoc />
    public partial class NoOpNotes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "no_op_notes",
                table: "generations",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "no_op_notes",
                table: "generations");
        }
    }
}
