using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fabric.Workflows.Persistence.Migrations.Postgres.Directory
{
    /// <inheritdoc />
    public partial class ApiAccess : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_idempotency_keys",
                table: "idempotency_keys");

            // Nothing ever wrote to the table before this version, and text does not turn into bytes by itself.
            migrationBuilder.DropColumn(
                name: "body",
                table: "idempotency_keys");

            migrationBuilder.AddColumn<byte[]>(
                name: "body",
                table: "idempotency_keys",
                type: "bytea",
                nullable: false,
                defaultValue: System.Array.Empty<byte>());

            migrationBuilder.AddColumn<string>(
                name: "actor_id",
                table: "idempotency_keys",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "location",
                table: "idempotency_keys",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "created_by",
                table: "api_tokens",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddPrimaryKey(
                name: "pk_idempotency_keys",
                table: "idempotency_keys",
                columns: new[] { "tenant", "actor_id", "key" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_idempotency_keys",
                table: "idempotency_keys");

            migrationBuilder.DropColumn(
                name: "actor_id",
                table: "idempotency_keys");

            migrationBuilder.DropColumn(
                name: "location",
                table: "idempotency_keys");

            migrationBuilder.DropColumn(
                name: "created_by",
                table: "api_tokens");

            // Nothing ever wrote to the table before this version, and text does not turn into bytes by itself.
            migrationBuilder.DropColumn(
                name: "body",
                table: "idempotency_keys");

            migrationBuilder.AddColumn<string>(
                name: "body",
                table: "idempotency_keys",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddPrimaryKey(
                name: "pk_idempotency_keys",
                table: "idempotency_keys",
                columns: new[] { "tenant", "key" });
        }
    }
}
