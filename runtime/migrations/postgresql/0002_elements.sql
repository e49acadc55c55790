CREATE TABLE "message_start" (
	"process_id" text NOT NULL,
	"correlation_key" text NOT NULL,
	"instance_key" bigint NOT NULL,
	CONSTRAINT "message_start_process_id_correlation_key_pk" PRIMARY KEY("process_id","correlation_key")
);

--> statement-breakpoint
CREATE TABLE "signal" (
	"key" bigint PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"variables" text NOT NULL,
	"broadcast_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "signal_subscription" (
	"key" bigint PRIMARY KEY NOT NULL,
	"instance_key" bigint NOT NULL,
	"element_id" text NOT NULL,
	"element_instance_key" bigint NOT NULL,
	"signal_name" text NOT NULL,
	"interrupting" boolean NOT NULL,
	"created_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "start_subscription" (
	"key" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"process_id" text NOT NULL,
	"definition_key" bigint NOT NULL,
	"element_id" text NOT NULL,
	"created_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "start_timer" (
	"key" bigint PRIMARY KEY NOT NULL,
	"process_id" text NOT NULL,
	"definition_key" bigint NOT NULL,
	"element_id" text NOT NULL,
	"due_at" bigint NOT NULL,
	"repetitions" bigint NOT NULL,
	"interval" text,
	"cron" text,
	"end_at" bigint
);

--> statement-breakpoint
DROP INDEX "job_waiting";
--> statement-breakpoint
ALTER TABLE "element_instance" ADD COLUMN "definition_key" bigint;
--> statement-breakpoint
ALTER TABLE "job" ADD COLUMN "priority" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "job" ADD COLUMN "listener_kind" text;
--> statement-breakpoint
ALTER TABLE "job" ADD COLUMN "listener_event" text;
--> statement-breakpoint
ALTER TABLE "job" ADD COLUMN "denied" boolean;
--> statement-breakpoint
ALTER TABLE "job" ADD COLUMN "denied_reason" text;
--> statement-breakpoint
ALTER TABLE "user_task" ADD COLUMN "pending" text;
--> statement-breakpoint
ALTER TABLE "user_task" ADD COLUMN "definition_key" bigint;
--> statement-breakpoint
CREATE INDEX "message_start_instance" ON "message_start" USING btree ("instance_key");
--> statement-breakpoint
CREATE INDEX "signal_subscription_name" ON "signal_subscription" USING btree ("signal_name","key");
--> statement-breakpoint
CREATE INDEX "signal_subscription_instance" ON "signal_subscription" USING btree ("instance_key");
--> statement-breakpoint
CREATE INDEX "start_subscription_name" ON "start_subscription" USING btree ("kind","name","key");
--> statement-breakpoint
CREATE INDEX "start_subscription_process" ON "start_subscription" USING btree ("process_id");
--> statement-breakpoint
CREATE INDEX "start_timer_due" ON "start_timer" USING btree ("due_at","key");
--> statement-breakpoint
CREATE INDEX "start_timer_process" ON "start_timer" USING btree ("process_id");
--> statement-breakpoint
CREATE INDEX "job_waiting" ON "job" USING btree ("type","state","priority","key");
