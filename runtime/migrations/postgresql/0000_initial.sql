CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"person_id" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "role" (
	"key" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"level" text
);

--> statement-breakpoint
CREATE TABLE "file" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" bigint NOT NULL,
	"digest" text NOT NULL,
	"uploaded_by" text NOT NULL,
	"uploaded_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "draft" (
	"person_id" text NOT NULL,
	"about" text NOT NULL,
	"answers" text NOT NULL,
	"saved_at" bigint NOT NULL,
	CONSTRAINT "draft_person_id_about_pk" PRIMARY KEY("person_id","about")
);

--> statement-breakpoint
CREATE TABLE "case_file" (
	"file_id" text NOT NULL,
	"instance_key" bigint NOT NULL,
	CONSTRAINT "case_file_file_id_instance_key_pk" PRIMARY KEY("file_id","instance_key")
);

--> statement-breakpoint
CREATE TABLE "api_client" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"digest" text NOT NULL,
	"created_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"person_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" bigint,
	"refresh_token_expires_at" bigint,
	"scope" text,
	"password" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "case_counter" (
	"prefix" text NOT NULL,
	"year" bigint NOT NULL,
	"last" bigint NOT NULL,
	CONSTRAINT "case_counter_prefix_year_pk" PRIMARY KEY("prefix","year")
);

--> statement-breakpoint
CREATE TABLE "decision" (
	"key" bigint PRIMARY KEY NOT NULL,
	"decision_id" text NOT NULL,
	"version" bigint NOT NULL,
	"latest" boolean NOT NULL,
	"name" text NOT NULL,
	"drg_id" text NOT NULL,
	"drg_key" bigint NOT NULL,
	"deployment_key" bigint NOT NULL,
	"resource" text NOT NULL,
	"xml" text NOT NULL,
	"digest" text NOT NULL
);

--> statement-breakpoint
CREATE TABLE "deployment" (
	"key" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" text NOT NULL,
	"package_id" text,
	"package_version" text
);

--> statement-breakpoint
CREATE TABLE "element_instance" (
	"key" bigint PRIMARY KEY NOT NULL,
	"instance_key" bigint NOT NULL,
	"element_id" text NOT NULL,
	"element_type" text NOT NULL,
	"name" text,
	"scope_key" bigint NOT NULL,
	"causes" text NOT NULL,
	"loop_counter" bigint,
	"stage" boolean NOT NULL,
	"state" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint
);

--> statement-breakpoint
CREATE TABLE "flow_taken" (
	"instance_key" bigint NOT NULL,
	"flow_id" text NOT NULL,
	"taken_at" bigint NOT NULL,
	CONSTRAINT "flow_taken_instance_key_flow_id_pk" PRIMARY KEY("instance_key","flow_id")
);

--> statement-breakpoint
CREATE TABLE "form" (
	"key" bigint PRIMARY KEY NOT NULL,
	"form_id" text NOT NULL,
	"version" bigint NOT NULL,
	"latest" boolean NOT NULL,
	"title" text,
	"deployment_key" bigint NOT NULL,
	"resource" text NOT NULL,
	"schema" text NOT NULL,
	"digest" text NOT NULL
);

--> statement-breakpoint
CREATE TABLE "incident" (
	"key" bigint PRIMARY KEY NOT NULL,
	"instance_key" bigint NOT NULL,
	"element_id" text NOT NULL,
	"element_name" text,
	"element_instance_key" bigint NOT NULL,
	"code" text NOT NULL,
	"facts" text NOT NULL,
	"job_key" bigint,
	"state" text NOT NULL,
	"created_at" bigint NOT NULL,
	"resolved_at" bigint
);

--> statement-breakpoint
CREATE TABLE "job" (
	"key" bigint PRIMARY KEY NOT NULL,
	"instance_key" bigint NOT NULL,
	"element_id" text NOT NULL,
	"element_instance_key" bigint NOT NULL,
	"name" text,
	"type" text NOT NULL,
	"state" text NOT NULL,
	"retries" bigint NOT NULL,
	"headers" text NOT NULL,
	"variables" text NOT NULL,
	"retry_at" bigint,
	"error_message" text,
	"error_code" text,
	"created_at" bigint NOT NULL,
	"ended_at" bigint,
	"worker" text,
	"lent_until" bigint
);

--> statement-breakpoint
CREATE TABLE "lease" (
	"name" text PRIMARY KEY NOT NULL,
	"epoch" bigint NOT NULL,
	"holder" text NOT NULL,
	"taken_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "message" (
	"key" bigint PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"correlation_key" text NOT NULL,
	"message_id" text,
	"variables" text NOT NULL,
	"published_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "message_correlation" (
	"message_key" bigint NOT NULL,
	"process_id" text NOT NULL,
	"instance_key" bigint NOT NULL,
	CONSTRAINT "message_correlation_message_key_process_id_pk" PRIMARY KEY("message_key","process_id")
);

--> statement-breakpoint
CREATE TABLE "notice" (
	"key" bigint PRIMARY KEY NOT NULL,
	"instance_key" bigint NOT NULL,
	"stream" bigint NOT NULL,
	"sequence" bigint NOT NULL,
	"unit_id" text NOT NULL,
	"unit_name" text NOT NULL,
	"unit_level" text NOT NULL,
	"unit_path" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"number" text,
	"text" text NOT NULL,
	"fields" text NOT NULL,
	"files" text NOT NULL,
	"published_at" bigint NOT NULL,
	"until" bigint
);

--> statement-breakpoint
CREATE TABLE "outbox" (
	"key" bigint NOT NULL,
	"kind" text NOT NULL,
	"due_at" bigint NOT NULL,
	"mark" bigint NOT NULL,
	CONSTRAINT "outbox_key_kind_pk" PRIMARY KEY("key","kind")
);

--> statement-breakpoint
CREATE TABLE "parameter_set" (
	"key" bigint PRIMARY KEY NOT NULL,
	"package_id" text NOT NULL,
	"unit_id" text NOT NULL,
	"effective_from" bigint NOT NULL,
	"values" text NOT NULL,
	"declarations" text
);

--> statement-breakpoint
CREATE TABLE "participant" (
	"instance_key" bigint NOT NULL,
	"person_id" text NOT NULL,
	CONSTRAINT "participant_instance_key_person_id_pk" PRIMARY KEY("instance_key","person_id")
);

--> statement-breakpoint
CREATE TABLE "payload" (
	"stream" bigint NOT NULL,
	"sequence" bigint NOT NULL,
	"records" text NOT NULL,
	CONSTRAINT "payload_stream_sequence_pk" PRIMARY KEY("stream","sequence")
);

--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"username" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean NOT NULL,
	"image" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "position" (
	"person_id" text NOT NULL,
	"role" text NOT NULL,
	"unit_id" text NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "position_person_id_role_unit_id_pk" PRIMARY KEY("person_id","role","unit_id")
);

--> statement-breakpoint
CREATE TABLE "process_definition" (
	"key" bigint PRIMARY KEY NOT NULL,
	"process_id" text NOT NULL,
	"version" bigint NOT NULL,
	"latest" boolean NOT NULL,
	"name" text NOT NULL,
	"version_tag" text,
	"description" text,
	"department" text,
	"package_id" text,
	"stages" text NOT NULL,
	"starters" text,
	"start_form_id" text,
	"number_prefix" text,
	"deployment_key" bigint NOT NULL,
	"deployed_at" bigint NOT NULL,
	"resource" text NOT NULL,
	"xml" text NOT NULL,
	"digest" text NOT NULL
);

--> statement-breakpoint
CREATE TABLE "process_instance" (
	"key" bigint PRIMARY KEY NOT NULL,
	"definition_key" bigint NOT NULL,
	"process_id" text NOT NULL,
	"process_name" text NOT NULL,
	"version" bigint NOT NULL,
	"number" text,
	"title" text,
	"unit_id" text NOT NULL,
	"unit_name" text NOT NULL,
	"unit_level" text NOT NULL,
	"unit_path" text NOT NULL,
	"units" text NOT NULL,
	"state" text NOT NULL,
	"started_by_type" text NOT NULL,
	"started_by" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"due_at" bigint,
	"stage_element_id" text,
	"stage_since" bigint
);

--> statement-breakpoint
CREATE TABLE "request" (
	"scope" bigint NOT NULL,
	"request_id" text NOT NULL,
	"digest" text NOT NULL,
	"stream" bigint NOT NULL,
	"sequence" bigint NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "request_scope_request_id_pk" PRIMARY KEY("scope","request_id")
);

--> statement-breakpoint
CREATE TABLE "snapshot" (
	"stream" bigint PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL,
	"format" bigint NOT NULL,
	"state" text NOT NULL
);

--> statement-breakpoint
CREATE TABLE "stream" (
	"stream" bigint PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" text NOT NULL,
	"records" bigint NOT NULL,
	"counter" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "subscription" (
	"key" bigint PRIMARY KEY NOT NULL,
	"instance_key" bigint NOT NULL,
	"process_id" text NOT NULL,
	"element_id" text NOT NULL,
	"element_instance_key" bigint NOT NULL,
	"message_name" text NOT NULL,
	"correlation_key" text NOT NULL,
	"interrupting" boolean NOT NULL,
	"action" text,
	"created_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "task_candidate" (
	"task_key" bigint NOT NULL,
	"role" text NOT NULL,
	"unit_id" text NOT NULL,
	"instance_key" bigint NOT NULL,
	"claimable" boolean NOT NULL,
	CONSTRAINT "task_candidate_task_key_role_unit_id_pk" PRIMARY KEY("task_key","role","unit_id")
);

--> statement-breakpoint
CREATE TABLE "timer" (
	"key" bigint PRIMARY KEY NOT NULL,
	"instance_key" bigint NOT NULL,
	"element_id" text NOT NULL,
	"element_instance_key" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"interrupting" boolean NOT NULL,
	"created_at" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "trail" (
	"stream" bigint NOT NULL,
	"sequence" bigint NOT NULL,
	"position" bigint NOT NULL,
	"at" bigint NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" text NOT NULL,
	"request_id" text NOT NULL,
	"kind" text NOT NULL,
	"heads" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "trail_stream_sequence_pk" PRIMARY KEY("stream","sequence")
);

--> statement-breakpoint
CREATE TABLE "unit" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"level" text NOT NULL,
	"parent_id" text,
	"path" text NOT NULL,
	"place" bigint NOT NULL
);

--> statement-breakpoint
CREATE TABLE "user_task" (
	"key" bigint PRIMARY KEY NOT NULL,
	"instance_key" bigint NOT NULL,
	"element_instance_key" bigint NOT NULL,
	"element_id" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"assignee" text,
	"candidate_users" text NOT NULL,
	"form_id" text,
	"form_key" bigint,
	"due_at" bigint,
	"follow_up_at" bigint,
	"priority" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"ended_at" bigint,
	"completed_by" text
);

--> statement-breakpoint
CREATE TABLE "variable" (
	"scope_key" bigint NOT NULL,
	"name" text NOT NULL,
	"key" bigint NOT NULL,
	"instance_key" bigint NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "variable_scope_key_name_pk" PRIMARY KEY("scope_key","name")
);

--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "verification" USING btree ("identifier");
--> statement-breakpoint
CREATE UNIQUE INDEX "session_token" ON "session" USING btree ("token");
--> statement-breakpoint
CREATE INDEX "session_person" ON "session" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "file_digest" ON "file" USING btree ("digest");
--> statement-breakpoint
CREATE INDEX "file_uploaded" ON "file" USING btree ("uploaded_by","uploaded_at");
--> statement-breakpoint
CREATE INDEX "case_file_case" ON "case_file" USING btree ("instance_key");
--> statement-breakpoint
CREATE INDEX "account_person" ON "account" USING btree ("person_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "account_provider" ON "account" USING btree ("provider_id","account_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "decision_version" ON "decision" USING btree ("decision_id","version");
--> statement-breakpoint
CREATE INDEX "element_instance_instance" ON "element_instance" USING btree ("instance_key","key");
--> statement-breakpoint
CREATE UNIQUE INDEX "form_version" ON "form" USING btree ("form_id","version");
--> statement-breakpoint
CREATE INDEX "incident_instance" ON "incident" USING btree ("instance_key","state");
--> statement-breakpoint
CREATE INDEX "incident_state" ON "incident" USING btree ("state","key");
--> statement-breakpoint
CREATE INDEX "job_waiting" ON "job" USING btree ("type","state","key");
--> statement-breakpoint
CREATE INDEX "job_instance" ON "job" USING btree ("instance_key");
--> statement-breakpoint
CREATE INDEX "message_name" ON "message" USING btree ("name","correlation_key","key");
--> statement-breakpoint
CREATE INDEX "message_expires" ON "message" USING btree ("expires_at");
--> statement-breakpoint
CREATE INDEX "notice_unit" ON "notice" USING btree ("unit_id","published_at");
--> statement-breakpoint
CREATE INDEX "notice_path" ON "notice" USING btree ("unit_path","published_at");
--> statement-breakpoint
CREATE INDEX "notice_published" ON "notice" USING btree ("published_at");
--> statement-breakpoint
CREATE INDEX "notice_instance" ON "notice" USING btree ("instance_key");
--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("due_at","key");
--> statement-breakpoint
CREATE INDEX "parameter_set_package" ON "parameter_set" USING btree ("package_id","unit_id","effective_from");
--> statement-breakpoint
CREATE INDEX "participant_person" ON "participant" USING btree ("person_id","instance_key");
--> statement-breakpoint
CREATE UNIQUE INDEX "person_username" ON "person" USING btree ("username");
--> statement-breakpoint
CREATE UNIQUE INDEX "person_email" ON "person" USING btree ("email");
--> statement-breakpoint
CREATE INDEX "person_name" ON "person" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "position_holder" ON "position" USING btree ("unit_id","role","person_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "process_definition_version" ON "process_definition" USING btree ("process_id","version");
--> statement-breakpoint
CREATE INDEX "process_definition_latest" ON "process_definition" USING btree ("latest");
--> statement-breakpoint
CREATE UNIQUE INDEX "process_instance_number" ON "process_instance" USING btree ("number");
--> statement-breakpoint
CREATE INDEX "process_instance_definition" ON "process_instance" USING btree ("definition_key","key");
--> statement-breakpoint
CREATE INDEX "process_instance_process" ON "process_instance" USING btree ("process_id","state","key");
--> statement-breakpoint
CREATE INDEX "process_instance_unit" ON "process_instance" USING btree ("unit_id","state","key");
--> statement-breakpoint
CREATE INDEX "process_instance_path" ON "process_instance" USING btree ("unit_path","key");
--> statement-breakpoint
CREATE INDEX "process_instance_starter" ON "process_instance" USING btree ("started_by","key");
--> statement-breakpoint
CREATE INDEX "process_instance_state" ON "process_instance" USING btree ("state","key");
--> statement-breakpoint
CREATE INDEX "request_at" ON "request" USING btree ("at");
--> statement-breakpoint
CREATE INDEX "subscription_message" ON "subscription" USING btree ("message_name","correlation_key","key");
--> statement-breakpoint
CREATE INDEX "subscription_instance" ON "subscription" USING btree ("instance_key");
--> statement-breakpoint
CREATE INDEX "task_candidate_holder" ON "task_candidate" USING btree ("unit_id","role","claimable","task_key");
--> statement-breakpoint
CREATE INDEX "task_candidate_case" ON "task_candidate" USING btree ("instance_key","unit_id","role");
--> statement-breakpoint
CREATE INDEX "timer_due" ON "timer" USING btree ("due_at","key");
--> statement-breakpoint
CREATE INDEX "timer_instance" ON "timer" USING btree ("instance_key");
--> statement-breakpoint
CREATE INDEX "trail_at" ON "trail" USING btree ("at");
--> statement-breakpoint
CREATE INDEX "trail_actor" ON "trail" USING btree ("actor_id","at");
--> statement-breakpoint
CREATE INDEX "unit_parent" ON "unit" USING btree ("parent_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "unit_path" ON "unit" USING btree ("path");
--> statement-breakpoint
CREATE INDEX "user_task_assignee" ON "user_task" USING btree ("assignee","state","created_at");
--> statement-breakpoint
CREATE INDEX "user_task_done" ON "user_task" USING btree ("completed_by","ended_at");
--> statement-breakpoint
CREATE INDEX "user_task_instance" ON "user_task" USING btree ("instance_key","key");
--> statement-breakpoint
CREATE INDEX "user_task_state" ON "user_task" USING btree ("state","key");
--> statement-breakpoint
CREATE INDEX "variable_instance" ON "variable" USING btree ("instance_key");
--> statement-breakpoint
CREATE INDEX "variable_key" ON "variable" USING btree ("key");
