CREATE TABLE "draft_file" (
	"package_id" text NOT NULL,
	"name" text NOT NULL,
	"revision" bigint NOT NULL,
	"state" text NOT NULL,
	"text" text,
	"saved_at" bigint NOT NULL,
	"saved_by" text NOT NULL,
	CONSTRAINT "draft_file_package_id_name_pk" PRIMARY KEY("package_id","name")
);

--> statement-breakpoint
CREATE TABLE "package" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"unit_id" text NOT NULL,
	"description" text,
	"department" text,
	"stages" text NOT NULL,
	"steps" bigint NOT NULL,
	"version" bigint,
	"retired" boolean NOT NULL,
	"changed_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "package_draft" (
	"package_id" text PRIMARY KEY NOT NULL,
	"is_draft" boolean NOT NULL,
	"changes" bigint NOT NULL,
	"saved_at" bigint NOT NULL,
	"saved_by" text NOT NULL,
	"summary" text,
	"summary_of" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "package_version" (
	"key" bigint PRIMARY KEY NOT NULL,
	"package_id" text NOT NULL,
	"version" bigint NOT NULL,
	"note" text NOT NULL,
	"published_at" bigint NOT NULL,
	"actor_type" text NOT NULL,
	"published_by" text NOT NULL,
	"deployment_key" bigint NOT NULL,
	"files" text NOT NULL,
	"digest" text NOT NULL
);

--> statement-breakpoint
CREATE TABLE "unit_level" (
	"key" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);

--> statement-breakpoint
ALTER TABLE "case_file" DROP CONSTRAINT "case_file_file_id_instance_key_pk";
--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "name" text;
--> statement-breakpoint
INSERT INTO "case_file" ("file_id", "instance_key", "name") SELECT DISTINCT f."file_id", f."instance_key", v."name" FROM "case_file" f JOIN "variable" v ON v."instance_key" = f."instance_key" AND strpos(v."value", f."file_id") > 0;
--> statement-breakpoint
DELETE FROM "case_file" WHERE "name" IS NULL;
--> statement-breakpoint
ALTER TABLE "case_file" ALTER COLUMN "name" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_file_id_instance_key_name_pk" PRIMARY KEY("file_id","instance_key","name");
--> statement-breakpoint
ALTER TABLE "process_definition" ADD COLUMN "fields" text;
--> statement-breakpoint
ALTER TABLE "process_definition" ADD COLUMN "bound" text;
--> statement-breakpoint
ALTER TABLE "process_definition" ADD COLUMN "retired" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
CREATE INDEX "package_unit" ON "package" USING btree ("unit_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "package_version_number" ON "package_version" USING btree ("package_id","version");
--> statement-breakpoint
CREATE UNIQUE INDEX "package_version_deployment" ON "package_version" USING btree ("deployment_key");
--> statement-breakpoint
CREATE INDEX "process_definition_package" ON "process_definition" USING btree ("package_id");
--> statement-breakpoint
CREATE INDEX "process_instance_running" ON "process_instance" USING btree ("definition_key","state");
