CREATE TABLE "action_candidate" (
	"instance_key" bigint NOT NULL,
	"subscription_key" bigint NOT NULL,
	"role" text NOT NULL,
	"unit_id" text NOT NULL,
	"open" boolean NOT NULL,
	CONSTRAINT "action_candidate_instance_key_subscription_key_role_unit_id_pk" PRIMARY KEY("instance_key","subscription_key","role","unit_id")
);

--> statement-breakpoint
CREATE INDEX "action_candidate_open" ON "action_candidate" USING btree ("unit_id","role","instance_key") WHERE "action_candidate"."open";
--> statement-breakpoint
INSERT INTO "action_candidate" ("instance_key", "subscription_key", "role", "unit_id", "open") SELECT DISTINCT s."instance_key", s."key", c.value ->> 'role', c.value ->> 'unitId', true FROM "subscription" s, LATERAL json_array_elements((s."action")::json -> 'candidates') AS c(value) WHERE s."action" IS NOT NULL;
