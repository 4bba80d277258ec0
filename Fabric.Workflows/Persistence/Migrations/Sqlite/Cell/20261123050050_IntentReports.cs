using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fabric.Workflows.Persistence.Migrations.Sqlite.Cell
{
    /// <inheritdoc />
    public partial class IntentReports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "message",
                table: "intents");

            migrationBuilder.DropColumn(
                name: "observed",
                table: "intents");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "intents");

            migrationBuilder.DropColumn(
                name: "reported_at",
                table: "intents");

            migrationBuilder.DropColumn(
                name: "status",
                table: "intents");

            migrationBuilder.DropColumn(
                name: "waves_done",
                table: "intents");

            migrationBuilder.DropColumn(
                name: "waves_total",
                table: "intents");

            migrationBuilder.CreateTable(
                name: "intent_reports",
                columns: table => new
                {
                    entity_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    environment_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    node = table.Column<string>(type: "TEXT", nullable: false),
                    agent_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    generation = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    message = table.Column<string>(type: "TEXT", nullable: false),
                    waves_done = table.Column<int>(type: "INTEGER", nullable: false),
                    waves_total = table.Column<int>(type: "INTEGER", nullable: false),
                    observed = table.Column<string>(type: "TEXT", nullable: true),
                    reported_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intent_reports", x => x.entity_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_intent_reports_agent_id_entity_id",
                table: "intent_reports",
                columns: new[] { "agent_id", "entity_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "intent_reports");

            migrationBuilder.AddColumn<string>(
                name: "message",
                table: "intents",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "observed",
                table: "intents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reason",
                table: "intents",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "reported_at",
                table: "intents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "status",
                table: "intents",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "waves_done",
                table: "intents",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "waves_total",
                table: "intents",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);
        }
    }
}
