CREATE TABLE `archived_case` (
	`key` integer PRIMARY KEY NOT NULL,
	`definition_key` integer NOT NULL,
	`process_id` text NOT NULL,
	`process_name` text NOT NULL,
	`version` integer NOT NULL,
	`number` text,
	`unit_id` text NOT NULL,
	`unit_name` text NOT NULL,
	`unit_level` text NOT NULL,
	`unit_path` text NOT NULL,
	`state` text NOT NULL,
	`started_by` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer NOT NULL,
	`archived_at` integer NOT NULL,
	`rows` integer NOT NULL,
	`hash` text NOT NULL,
	`first_tree` integer NOT NULL,
	`first_leaf` integer NOT NULL,
	`last_tree` integer NOT NULL,
	`last_leaf` integer NOT NULL,
	`path` text NOT NULL,
	`bytes` integer NOT NULL,
	`digest` text NOT NULL,
	`files` text NOT NULL
);

--> statement-breakpoint
CREATE INDEX `archived_case_number` ON `archived_case` (`number`);
--> statement-breakpoint
CREATE INDEX `archived_case_ended` ON `archived_case` (`ended_at`,`key`);
--> statement-breakpoint
CREATE INDEX `archived_case_archived` ON `archived_case` (`archived_at`,`key`);
--> statement-breakpoint
CREATE TABLE `archived_reader` (
	`instance_key` integer NOT NULL,
	`holder` text NOT NULL,
	`steps` text NOT NULL,
	PRIMARY KEY(`instance_key`, `holder`)
);

--> statement-breakpoint
CREATE INDEX `archived_reader_holder` ON `archived_reader` (`holder`,`instance_key`);
--> statement-breakpoint
CREATE TABLE `checkpoint` (
	`number` integer PRIMARY KEY NOT NULL,
	`tree` integer NOT NULL,
	`size` integer NOT NULL,
	`at` integer NOT NULL,
	`key_id` text NOT NULL,
	`body` text NOT NULL,
	`signature` text NOT NULL
);

--> statement-breakpoint
CREATE INDEX `checkpoint_size` ON `checkpoint` (`tree`,`size`);
--> statement-breakpoint
CREATE TABLE `delivery` (
	`key` integer PRIMARY KEY NOT NULL,
	`target` text NOT NULL,
	`due_at` integer NOT NULL,
	`mark` integer NOT NULL,
	`attempts` integer NOT NULL,
	`attempted_at` integer
);

--> statement-breakpoint
CREATE INDEX `delivery_due` ON `delivery` (`target`,`due_at`,`key`);
--> statement-breakpoint
CREATE TABLE `leaf` (
	`tree` integer NOT NULL,
	`number` integer NOT NULL,
	`stream` integer NOT NULL,
	`sequence` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`tree`, `number`)
);

--> statement-breakpoint
CREATE UNIQUE INDEX `leaf_row` ON `leaf` (`stream`,`sequence`);
--> statement-breakpoint
CREATE TABLE `merkle_tree` (
	`tree` integer PRIMARY KEY NOT NULL,
	`algorithm` text NOT NULL
);

--> statement-breakpoint
CREATE TABLE `message_subscription` (
	`key` bigint PRIMARY KEY NOT NULL,
	`instance_key` integer NOT NULL,
	`element_id` text NOT NULL,
	`element_instance_key` integer NOT NULL,
	`message_name` text NOT NULL,
	`correlation_key` text NOT NULL,
	`state` text NOT NULL,
	`updated_at` integer NOT NULL
);

--> statement-breakpoint
CREATE INDEX `message_subscription_instance` ON `message_subscription` (`instance_key`,`key`);
--> statement-breakpoint
CREATE TABLE `correlated_message` (
	`message_key` integer NOT NULL,
	`subscription_key` integer NOT NULL,
	`instance_key` integer NOT NULL,
	`correlated_at` integer NOT NULL,
	PRIMARY KEY(`message_key`, `subscription_key`, `instance_key`)
);

--> statement-breakpoint
CREATE INDEX `correlated_message_subscription` ON `correlated_message` (`subscription_key`);
--> statement-breakpoint
CREATE TABLE `notification` (
	`job_key` integer NOT NULL,
	`channel` text NOT NULL,
	`receiver` text NOT NULL,
	`instance_key` integer NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	`created_at` integer NOT NULL,
	`read_at` integer,
	PRIMARY KEY(`job_key`, `channel`, `receiver`)
);

--> statement-breakpoint
CREATE INDEX `notification_receiver` ON `notification` (`channel`,`receiver`,`created_at`,`job_key`);
--> statement-breakpoint
CREATE INDEX `notification_unread` ON `notification` (`channel`,`receiver`,`read_at`);
--> statement-breakpoint
CREATE INDEX `notification_instance` ON `notification` (`instance_key`);
--> statement-breakpoint
CREATE TABLE `signing_key` (
	`number` integer PRIMARY KEY NOT NULL,
	`key_id` text NOT NULL,
	`at` integer NOT NULL,
	`body` text NOT NULL,
	`signature` text NOT NULL,
	`previous_signature` text
);

--> statement-breakpoint
CREATE TABLE `tree_node` (
	`tree` integer NOT NULL,
	`level` integer NOT NULL,
	`number` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`tree`, `level`, `number`)
);

--> statement-breakpoint
CREATE TABLE `webhook` (
	`name` text PRIMARY KEY NOT NULL,
	`message_name` text NOT NULL,
	`key_expression` text NOT NULL,
	`secret` text NOT NULL,
	`variable` text NOT NULL,
	`time_to_live` integer NOT NULL,
	`created_at` integer NOT NULL
);

--> statement-breakpoint
PRAGMA foreign_keys=OFF;
--> statement-breakpoint
CREATE TABLE `__new_user_task` (
	`key` bigint PRIMARY KEY NOT NULL,
	`instance_key` integer NOT NULL,
	`element_instance_key` integer NOT NULL,
	`element_id` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`pending` text,
	`definition_key` integer,
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
INSERT INTO `__new_user_task`("key", "instance_key", "element_instance_key", "element_id", "name", "state", "pending", "definition_key", "assignee", "candidate_users", "form_id", "form_key", "due_at", "follow_up_at", "priority", "created_at", "ended_at", "completed_by") SELECT "key", "instance_key", "element_instance_key", "element_id", "name", "state", "pending", "definition_key", "assignee", "candidate_users", "form_id", "form_key", "due_at", "follow_up_at", "priority", "created_at", "ended_at", "completed_by" FROM `user_task`;
--> statement-breakpoint
DROP TABLE `user_task`;
--> statement-breakpoint
ALTER TABLE `__new_user_task` RENAME TO `user_task`;
--> statement-breakpoint
PRAGMA foreign_keys=ON;
--> statement-breakpoint
CREATE INDEX `user_task_assignee` ON `user_task` (`assignee`,`state`,`created_at`,`key`,`instance_key`);
--> statement-breakpoint
CREATE INDEX `user_task_done` ON `user_task` (`completed_by`,`ended_at`,`key`) WHERE "user_task"."completed_by" is not null;
--> statement-breakpoint
CREATE INDEX `user_task_named` ON `user_task` (`candidate_users`,`created_at`,`key`) WHERE "user_task"."ended_at" is null and "user_task"."candidate_users" <> '[]';
--> statement-breakpoint
CREATE INDEX `user_task_instance` ON `user_task` (`instance_key`,`key`);
--> statement-breakpoint
DROP INDEX `job_waiting`;
--> statement-breakpoint
CREATE INDEX `job_waiting` ON `job` (`type`,`state`,"priority" desc,`key`);
--> statement-breakpoint
CREATE TABLE `__new_element_instance` (
	`key` bigint PRIMARY KEY NOT NULL,
	`instance_key` integer NOT NULL,
	`definition_key` integer,
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
INSERT INTO `__new_element_instance`("key", "instance_key", "definition_key", "element_id", "element_type", "name", "scope_key", "causes", "loop_counter", "stage", "state", "started_at", "ended_at") SELECT "key", "instance_key", "definition_key", "element_id", "element_type", "name", "scope_key", "causes", "loop_counter", "stage", "state", "started_at", "ended_at" FROM `element_instance`;
--> statement-breakpoint
DROP TABLE `element_instance`;
--> statement-breakpoint
ALTER TABLE `__new_element_instance` RENAME TO `element_instance`;
--> statement-breakpoint
CREATE INDEX `element_instance_instance` ON `element_instance` (`instance_key`,`key`);
--> statement-breakpoint
ALTER TABLE `message` ADD `start_depth` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE `process_instance` ADD `start_depth` integer DEFAULT 0 NOT NULL;

--> statement-breakpoint
INSERT INTO `message_subscription` (`key`, `instance_key`, `element_id`, `element_instance_key`, `message_name`, `correlation_key`, `state`, `updated_at`) SELECT `key`, `instance_key`, `element_id`, `element_instance_key`, `message_name`, `correlation_key`, 'created', `created_at` FROM `subscription`;
