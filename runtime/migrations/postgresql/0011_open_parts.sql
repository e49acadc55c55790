DROP INDEX "task_candidate_case";
--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "open" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
UPDATE "participant" SET "open" = true WHERE "instance_key" IN (SELECT "key" FROM "process_instance" WHERE "state" IN ('active', 'suspended'));
--> statement-breakpoint
CREATE INDEX "participant_open" ON "participant" USING btree ("person_id","instance_key") WHERE "participant"."open";
--> statement-breakpoint
CREATE INDEX "task_candidate_office" ON "task_candidate" USING btree ("unit_id","role","instance_key");
