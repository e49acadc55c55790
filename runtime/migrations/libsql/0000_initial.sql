CREATE TABLE `verification` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);

--> statement-breakpoint
CREATE INDEX `verification_identifier` ON `verification` (`identifier`);
--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`person_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);

--> statement-breakpoint
CREATE UNIQUE INDEX `session_token` ON `session` (`token`);
--> statement-breakpoint
CREATE INDEX `session_person` ON `session` (`person_id`);
--> statement-breakpoint
CREATE TABLE `role` (
	`key` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`level` text
);

--> statement-breakpoint
CREATE TABLE `file` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`digest` text NOT NULL,
	`uploaded_by` text NOT NULL,
	`uploaded_at` integer NOT NULL
);

--> statement-breakpoint
CREATE INDEX `file_digest` ON `file` (`digest`);
--> statement-breakpoint
CREATE INDEX `file_uploaded` ON `file` (`uploaded_by`,`uploaded_at`);
--> statement-breakpoint
CREATE TABLE `draft` (
	`person_id` text NOT NULL,
	`about` text NOT NULL,
	`answers` text NOT NULL,
	`saved_at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `about`)
);

--> statement-breakpoint
CREATE TABLE `case_file` (
	`file_id` text NOT NULL,
	`instance_key` integer NOT NULL,
	PRIMARY KEY(`file_id`, `instance_key`)
);

--> statement-breakpoint
CREATE INDEX `case_file_case` ON `case_file` (`instance_key`);
--> statement-breakpoint
CREATE TABLE `api_client` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`digest` text NOT NULL,
	`created_at` integer NOT NULL
);

--> statement-breakpoint
CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`person_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);

--> statement-breakpoint
CREATE INDEX `account_person` ON `account` (`person_id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_provider` ON `account` (`provider_id`,`account_id`);
--> statement-breakpoint
CREATE TABLE `case_counter` (
	`prefix` text NOT NULL,
	`year` integer NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`prefix`, `year`)
);

--> statement-breakpoint
CREATE TABLE `decision` (
	`key` integer PRIMARY KEY NOT NULL,
	`decision_id` text NOT NULL,
	`version` integer NOT NULL,
	`latest` integer NOT NULL,
	`name` text NOT NULL,
	`drg_id` text NOT NULL,
	`drg_key` integer NOT NULL,
	`deployment_key` integer NOT NULL,
	`resource` text NOT NULL,
	`xml` text NOT NULL,
	`digest` text NOT NULL
);

--> statement-breakpoint
CREATE UNIQUE INDEX `decision_version` ON `decision` (`decision_id`,`version`);
--> statement-breakpoint
CREATE TABLE `deployment` (
	`key` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_type` text NOT NULL,
	`actor_id` text NOT NULL,
	`package_id` text,
	`package_version` text
);

--> statement-breakpoint
CREATE TABLE `element_instance` (
	`key` integer PRIMARY KEY NOT NULL,
	`instance_key` integer NOT NULL,
	`element_id` text NOT NULL,
	`element_type` text NOT NULL,
	`name` text,
	`scope_key` integer NOT NULL,
	`causes` text NOT NULL,
	`loop_counter` integer,
	`stage` integer NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer
);

--> statement-breakpoint
CREATE INDEX `element_instance_instance` ON `element_instance` (`instance_key`,`key`);
--> statement-breakpoint
CREATE TABLE `flow_taken` (
	`instance_key` integer NOT NULL,
	`flow_id` text NOT NULL,
	`taken_at` integer NOT NULL,
	PRIMARY KEY(`instance_key`, `flow_id`)
);

--> statement-breakpoint
CREATE TABLE `form` (
	`key` integer PRIMARY KEY NOT NULL,
	`form_id` text NOT NULL,
	`version` integer NOT NULL,
	`latest` integer NOT NULL,
	`title` text,
	`deployment_key` integer NOT NULL,
	`resource` text NOT NULL,
	`schema` text NOT NULL,
	`digest` text NOT NULL
);

--> statement-breakpoint
CREATE UNIQUE INDEX `form_version` ON `form` (`form_id`,`version`);
--> statement-breakpoint
CREATE TABLE `incident` (
	`key` integer PRIMARY KEY NOT NULL,
	`instance_key` integer NOT NULL,
	`element_id` text NOT NULL,
	`element_name` text,
	`element_instance_key` integer NOT NULL,
	`code` text NOT NULL,
	`facts` text NOT NULL,
	`job_key` integer,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`resolved_at` integer
);

--> statement-breakpoint
CREATE INDEX `incident_instance` ON `incident` (`instance_key`,`state`);
--> statement-breakpoint
CREATE INDEX `incident_state` ON `incident` (`state`,`key`);
--> statement-breakpoint
CREATE TABLE `job` (
	`key` integer PRIMARY KEY NOT NULL,
	`instance_key` integer NOT NULL,
	`element_id` text NOT NULL,
	`element_instance_key` integer NOT NULL,
	`name` text,
	`type` text NOT NULL,
	`state` text NOT NULL,
	`retries` integer NOT NULL,
	`headers` text NOT NULL,
	`variables` text NOT NULL,
	`retry_at` integer,
	`error_message` text,
	`error_code` text,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`worker` text,
	`lent_until` integer
);

--> statement-breakpoint
CREATE INDEX `job_waiting` ON `job` (`type`,`state`,`key`);
--> statement-breakpoint
CREATE INDEX `job_instance` ON `job` (`instance_key`);
--> statement-breakpoint
CREATE TABLE `lease` (
	`name` text PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`holder` text NOT NULL,
	`taken_at` integer NOT NULL
);

--> statement-breakpoint
CREATE TABLE `message` (
	`key` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`correlation_key` text NOT NULL,
	`message_id` text,
	`variables` text NOT NULL,
	`published_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);

--> statement-breakpoint
CREATE INDEX `message_name` ON `message` (`name`,`correlation_key`,`key`);
--> statement-breakpoint
CREATE INDEX `message_expires` ON `message` (`expires_at`);
--> statement-breakpoint
CREATE TABLE `message_correlation` (
	`message_key` integer NOT NULL,
	`process_id` text NOT NULL,
	`instance_key` integer NOT NULL,
	PRIMARY KEY(`message_key`, `process_id`)
);

--> statement-breakpoint
CREATE TABLE `notice` (
	`key` integer PRIMARY KEY NOT NULL,
	`instance_key` integer NOT NULL,
	`stream` integer NOT NULL,
	`sequence` integer NOT NULL,
	`unit_id` text NOT NULL,
	`unit_name` text NOT NULL,
	`unit_level` text NOT NULL,
	`unit_path` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`number` text,
	`text` text NOT NULL,
	`fields` text NOT NULL,
	`files` text NOT NULL,
	`published_at` integer NOT NULL,
	`until` integer
);

--> statement-breakpoint
CREATE INDEX `notice_unit` ON `notice` (`unit_id`,`published_at`);
--> statement-breakpoint
CREATE INDEX `notice_path` ON `notice` (`unit_path`,`published_at`);
--> statement-breakpoint
CREATE INDEX `notice_published` ON `notice` (`published_at`);
--> statement-breakpoint
CREATE INDEX `notice_instance` ON `notice` (`instance_key`);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`key` integer NOT NULL,
	`kind` text NOT NULL,
	`due_at` integer NOT NULL,
	`mark` integer NOT NULL,
	PRIMARY KEY(`key`, `kind`)
);

--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`due_at`,`key`);
--> statement-breakpoint
CREATE TABLE `parameter_set` (
	`key` integer PRIMARY KEY NOT NULL,
	`package_id` text NOT NULL,
	`unit_id` text NOT NULL,
	`effective_from` integer NOT NULL,
	`values` text NOT NULL,
	`declarations` text
);

--> statement-breakpoint
CREATE INDEX `parameter_set_package` ON `parameter_set` (`package_id`,`unit_id`,`effective_from`);
--> statement-breakpoint
CREATE TABLE `participant` (
	`instance_key` integer NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`instance_key`, `person_id`)
);

--> statement-breakpoint
CREATE INDEX `participant_person` ON `participant` (`person_id`,`instance_key`);
--> statement-breakpoint
CREATE TABLE `payload` (
	`stream` integer NOT NULL,
	`sequence` integer NOT NULL,
	`records` text NOT NULL,
	PRIMARY KEY(`stream`, `sequence`)
);

--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`username` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);

--> statement-breakpoint
CREATE UNIQUE INDEX `person_username` ON `person` (`username`);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_email` ON `person` (`email`);
--> statement-breakpoint
CREATE INDEX `person_name` ON `person` (`name`,`id`);
--> statement-breakpoint
CREATE TABLE `position` (
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`unit_id` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`person_id`, `role`, `unit_id`)
);

--> statement-breakpoint
CREATE INDEX `position_holder` ON `position` (`unit_id`,`role`,`person_id`);
--> statement-breakpoint
CREATE TABLE `process_definition` (
	`key` integer PRIMARY KEY NOT NULL,
	`process_id` text NOT NULL,
	`version` integer NOT NULL,
	`latest` integer NOT NULL,
	`name` text NOT NULL,
	`version_tag` text,
	`description` text,
	`department` text,
	`package_id` text,
	`stages` text NOT NULL,
	`starters` text,
	`start_form_id` text,
	`number_prefix` text,
	`deployment_key` integer NOT NULL,
	`deployed_at` integer NOT NULL,
	`resource` text NOT NULL,
	`xml` text NOT NULL,
	`digest` text NOT NULL
);

--> statement-breakpoint
CREATE UNIQUE INDEX `process_definition_version` ON `process_definition` (`process_id`,`version`);
--> statement-breakpoint
CREATE INDEX `process_definition_latest` ON `process_definition` (`latest`);
--> statement-breakpoint
CREATE TABLE `process_instance` (
	`key` integer PRIMARY KEY NOT NULL,
	`definition_key` integer NOT NULL,
	`process_id` text NOT NULL,
	`process_name` text NOT NULL,
	`version` integer NOT NULL,
	`number` text,
	`title` text,
	`unit_id` text NOT NULL,
	`unit_name` text NOT NULL,
	`unit_level` text NOT NULL,
	`unit_path` text NOT NULL,
	`units` text NOT NULL,
	`state` text NOT NULL,
	`started_by_type` text NOT NULL,
	`started_by` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`due_at` integer,
	`stage_element_id` text,
	`stage_since` integer
);

--> statement-breakpoint
CREATE UNIQUE INDEX `process_instance_number` ON `process_instance` (`number`);
--> statement-breakpoint
CREATE INDEX `process_instance_definition` ON `process_instance` (`definition_key`,`key`);
--> statement-breakpoint
CREATE INDEX `process_instance_process` ON `process_instance` (`process_id`,`state`,`key`);
--> statement-breakpoint
CREATE INDEX `process_instance_unit` ON `process_instance` (`unit_id`,`state`,`key`);
--> statement-breakpoint
CREATE INDEX `process_instance_path` ON `process_instance` (`unit_path`,`key`);
--> statement-breakpoint
CREATE INDEX `process_instance_starter` ON `process_instance` (`started_by`,`key`);
--> statement-breakpoint
CREATE INDEX `process_instance_state` ON `process_instance` (`state`,`key`);
--> statement-breakpoint
CREATE TABLE `request` (
	`scope` integer NOT NULL,
	`request_id` text NOT NULL,
	`digest` text NOT NULL,
	`stream` integer NOT NULL,
	`sequence` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`scope`, `request_id`)
);

--> statement-breakpoint
CREATE INDEX `request_at` ON `request` (`at`);
--> statement-breakpoint
CREATE TABLE `snapshot` (
	`stream` integer PRIMARY KEY NOT NULL,
	`sequence` integer NOT NULL,
	`format` integer NOT NULL,
	`state` text NOT NULL
);

--> statement-breakpoint
CREATE TABLE `stream` (
	`stream` integer PRIMARY KEY NOT NULL,
	`sequence` integer NOT NULL,
	`hash` text NOT NULL,
	`records` integer NOT NULL,
	`counter` integer NOT NULL
);

--> statement-breakpoint
CREATE TABLE `subscription` (
	`key` integer PRIMARY KEY NOT NULL,
	`instance_key` integer NOT NULL,
	`process_id` text NOT NULL,
	`element_id` text NOT NULL,
	`element_instance_key` integer NOT NULL,
	`message_name` text NOT NULL,
	`correlation_key` text NOT NULL,
	`interrupting` integer NOT NULL,
	`action` text,
	`created_at` integer NOT NULL
);

--> statement-breakpoint
CREATE INDEX `subscription_message` ON `subscription` (`message_name`,`correlation_key`,`key`);
--> statement-breakpoint
CREATE INDEX `subscription_instance` ON `subscription` (`instance_key`);
--> statement-breakpoint
CREATE TABLE `task_candidate` (
	`task_key` integer NOT NULL,
	`role` text NOT NULL,
	`unit_id` text NOT NULL,
	`instance_key` integer NOT NULL,
	`claimable` integer NOT NULL,
	PRIMARY KEY(`task_key`, `role`, `unit_id`)
);

--> statement-breakpoint
CREATE INDEX `task_candidate_holder` ON `task_candidate` (`unit_id`,`role`,`claimable`,`task_key`);
--> statement-breakpoint
CREATE INDEX `task_candidate_case` ON `task_candidate` (`instance_key`,`unit_id`,`role`);
--> statement-breakpoint
CREATE TABLE `timer` (
	`key` integer PRIMARY KEY NOT NULL,
	`instance_key` integer NOT NULL,
	`element_id` text NOT NULL,
	`element_instance_key` integer NOT NULL,
	`due_at` integer NOT NULL,
	`interrupting` integer NOT NULL,
	`created_at` integer NOT NULL
);

--> statement-breakpoint
CREATE INDEX `timer_due` ON `timer` (`due_at`,`key`);
--> statement-breakpoint
CREATE INDEX `timer_instance` ON `timer` (`instance_key`);
--> statement-breakpoint
CREATE TABLE `trail` (
	`stream` integer NOT NULL,
	`sequence` integer NOT NULL,
	`position` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_type` text NOT NULL,
	`actor_id` text NOT NULL,
	`request_id` text NOT NULL,
	`kind` text NOT NULL,
	`heads` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`stream`, `sequence`)
);

--> statement-breakpoint
CREATE INDEX `trail_at` ON `trail` (`at`);
--> statement-breakpoint
CREATE INDEX `trail_actor` ON `trail` (`actor_id`,`at`);
--> statement-breakpoint
CREATE TABLE `unit` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`level` text NOT NULL,
	`parent_id` text,
	`path` text NOT NULL,
	`place` integer NOT NULL
);

--> statement-breakpoint
CREATE INDEX `unit_parent` ON `unit` (`parent_id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `unit_path` ON `unit` (`path`);
--> statement-breakpoint
CREATE TABLE `user_task` (
	`key` integer PRIMARY KEY NOT NULL,
	`instance_key` integer NOT NULL,
	`element_instance_key` integer NOT NULL,
	`element_id` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`assignee` text,
	`candidate_users` text NOT NULL,
	`form_id` text,
	`form_key` integer,
	`due_at` integer,
	`follow_up_at` integer,
	`priority` integer NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`completed_by` text
);

--> statement-breakpoint
CREATE INDEX `user_task_assignee` ON `user_task` (`assignee`,`state`,`created_at`);
--> statement-breakpoint
CREATE INDEX `user_task_done` ON `user_task` (`completed_by`,`ended_at`);
--> statement-breakpoint
CREATE INDEX `user_task_instance` ON `user_task` (`instance_key`,`key`);
--> statement-breakpoint
CREATE INDEX `user_task_state` ON `user_task` (`state`,`key`);
--> statement-breakpoint
CREATE TABLE `variable` (
	`scope_key` integer NOT NULL,
	`name` text NOT NULL,
	`key` integer NOT NULL,
	`instance_key` integer NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`scope_key`, `name`)
);

--> statement-breakpoint
CREATE INDEX `variable_instance` ON `variable` (`instance_key`);
--> statement-breakpoint
CREATE INDEX `variable_key` ON `variable` (`key`);
