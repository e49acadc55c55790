CREATE TABLE "archived_case" (
	"key" bigint PRIMARY KEY NOT NULL,
	"definition_key" bigint NOT NULL,
	"process_id" text NOT NULL,
	"process_name" text NOT NULL,
	"version" bigint NOT NULL,
	"number" text,
	"unit_id" text NOT NULL,
	"unit_name" text NOT NULL,
	"unit_level" text NOT NULL,
	"unit_path" text NOT NULL,
	"state" text NOT NULL,
	"started_by" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint NOT NULL,
	"archived_at" bigint NOT NULL,
	"rows" bigint NOT NULL,
	"hash" text NOT NULL,
	"first_tree" bigint NOT NULL,
	"first_leaf" bigint NOT NULL,
	"last_tree" bigint NOT NULL,
	"last_leaf" bigint NOT NULL,
	"path" text NOT NULL,
	"bytes" bigint NOT NULL,
	"digest" text NOT NULL,
	"files" text NOT NULL
);

--> statement-breakpoint
CREATE TABLE "archived_reader" (
	"instance_key" bigint NOT NULL,
	"holder" text NOT NULL,
	"steps" text NOT NULL,
	CONSTRAINT "archived_reader_instance_key_holder_pk" PRIMARY KEY("instance_key","holder")
);

--> statement-breakpoint
CREATE TABLE "checkpoint" (
	"number" bigint PRIMARY KEY NOT NULL,
	"tree" bigint NOT NULL,
	"size" bigint NOT NULL,
	"at" bigint NOT NULL,
	"key_id" text NOT NULL,
	"body" text NOT NULL,
	"signature" text NOT NULL
);

--> statement-breakpoint
CREATE TABLE "delivery" (
	"key" bigint PRIMARY KEY NOT NULL,
	"target" text NOT NULL,
	"due_at" bigint NOT NULL,
	"mark" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"attempted_at" bigint
);

--> statement-breakpoint
CREATE TABLE "leaf" (
	"tree" bigint NOT NULL,
	"number" bigint NOT NULL,
	"stream" bigint NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "leaf_tree_number_pk" PRIMARY KEY("tree","number")
);

--> statement-breakpoint
CREATE TABLE "merkle_tree" (
	"tree" bigint PRIMARY KEY NOT NULL,
	"algorithm" text NOT NULL
);

--> statement-breakpoint
CREATE TABLE "message_subscription" (
	"key" bigint PRIMARY KEY NOT NULL,
	"instance_key" bigint NOT NULL,
	"element_id" text NOT NULL,
	"element_instance_key" bigint NOT NULL,
	"message_name" text NOT NULL,
	"correlation_key" text NOT NULL,
	"state" text NOT NULL,
	"updated_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "correlated_message" (
	"message_key" bigint NOT NULL,
	"subscription_key" bigint NOT NULL,
	"instance_key" bigint NOT NULL,
	"correlated_at" bigint NOT NULL,
	CONSTRAINT "correlated_message_message_key_subscription_key_instance_key_pk" PRIMARY KEY("message_key","subscription_key","instance_key")
);

--> statement-breakpoint
CREATE TABLE "notification" (
	"job_key" bigint NOT NULL,
	"channel" text NOT NULL,
	"receiver" text NOT NULL,
	"instance_key" bigint NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"created_at" bigint NOT NULL,
	"read_at" bigint,
	CONSTRAINT "notification_job_key_channel_receiver_pk" PRIMARY KEY("job_key","channel","receiver")
);

--> statement-breakpoint
CREATE TABLE "signing_key" (
	"number" bigint PRIMARY KEY NOT NULL,
	"key_id" text NOT NULL,
	"at" bigint NOT NULL,
	"body" text NOT NULL,
	"signature" text NOT NULL,
	"previous_signature" text
);

--> statement-breakpoint
CREATE TABLE "tree_node" (
	"tree" bigint NOT NULL,
	"level" bigint NOT NULL,
	"number" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "tree_node_tree_level_number_pk" PRIMARY KEY("tree","level","number")
);

--> statement-breakpoint
CREATE TABLE "webhook" (
	"name" text PRIMARY KEY NOT NULL,
	"message_name" text NOT NULL,
	"key_expression" text NOT NULL,
	"secret" text NOT NULL,
	"variable" text NOT NULL,
	"time_to_live" bigint NOT NULL,
	"created_at" bigint NOT NULL
);

--> statement-breakpoint
DROP INDEX "user_task_state";
--> statement-breakpoint
DROP INDEX "job_waiting";
--> statement-breakpoint
DROP INDEX "user_task_assignee";
--> statement-breakpoint
DROP INDEX "user_task_done";
--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "start_depth" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "process_instance" ADD COLUMN "start_depth" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
CREATE INDEX "archived_case_number" ON "archived_case" USING btree ("number");
--> statement-breakpoint
CREATE INDEX "archived_case_ended" ON "archived_case" USING btree ("ended_at","key");
--> statement-breakpoint
CREATE INDEX "archived_case_archived" ON "archived_case" USING btree ("archived_at","key");
--> statement-breakpoint
CREATE INDEX "archived_reader_holder" ON "archived_reader" USING btree ("holder","instance_key");
--> statement-breakpoint
CREATE INDEX "checkpoint_size" ON "checkpoint" USING btree ("tree","size");
--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("target","due_at","key");
--> statement-breakpoint
CREATE UNIQUE INDEX "leaf_row" ON "leaf" USING btree ("stream","sequence");
--> statement-breakpoint
CREATE INDEX "message_subscription_instance" ON "message_subscription" USING btree ("instance_key","key");
--> statement-breakpoint
CREATE INDEX "correlated_message_subscription" ON "correlated_message" USING btree ("subscription_key");
--> statement-breakpoint
CREATE INDEX "notification_receiver" ON "notification" USING btree ("channel","receiver","created_at","job_key");
--> statement-breakpoint
CREATE INDEX "notification_unread" ON "notification" USING btree ("channel","receiver","read_at");
--> statement-breakpoint
CREATE INDEX "notification_instance" ON "notification" USING btree ("instance_key");
--> statement-breakpoint
CREATE INDEX "user_task_named" ON "user_task" USING btree ("candidate_users","created_at","key") WHERE "user_task"."ended_at" is null and "user_task"."candidate_users" <> '[]';
--> statement-breakpoint
CREATE INDEX "job_waiting" ON "job" USING btree ("type","state","priority" DESC NULLS FIRST,"key");
--> statement-breakpoint
CREATE INDEX "user_task_assignee" ON "user_task" USING btree ("assignee","state","created_at","key","instance_key");
--> statement-breakpoint
CREATE INDEX "user_task_done" ON "user_task" USING btree ("completed_by","ended_at","key") WHERE "user_task"."completed_by" is not null;

--> statement-breakpoint
INSERT INTO "message_subscription" ("key", "instance_key", "element_id", "element_instance_key", "message_name", "correlation_key", "state", "updated_at") SELECT "key", "instance_key", "element_id", "element_instance_key", "message_name", "correlation_key", 'created', "created_at" FROM "subscription";
