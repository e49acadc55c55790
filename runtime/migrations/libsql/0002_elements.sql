CREATE TABLE `message_start` (
	`process_id` text NOT NULL,
	`correlation_key` text NOT NULL,
	`instance_key` integer NOT NULL,
	PRIMARY KEY(`process_id`, `correlation_key`)
);

--> statement-breakpoint
CREATE INDEX `message_start_instance` ON `message_start` (`instance_key`);
--> statement-breakpoint
CREATE TABLE `signal` (
	`key` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`variables` text NOT NULL,
	`broadcast_at` integer NOT NULL
);

--> statement-breakpoint
CREATE TABLE `signal_subscription` (
	`key` integer PRIMARY KEY NOT NULL,
	`instance_key` integer NOT NULL,
	`element_id` text NOT NULL,
	`element_instance_key` integer NOT NULL,
	`signal_name` text NOT NULL,
	`interrupting` integer NOT NULL,
	`created_at` integer NOT NULL
);

--> statement-breakpoint
CREATE INDEX `signal_subscription_name` ON `signal_subscription` (`signal_name`,`key`);
--> statement-breakpoint
CREATE INDEX `signal_subscription_instance` ON `signal_subscription` (`instance_key`);
--> statement-breakpoint
CREATE TABLE `start_subscription` (
	`key` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text,
	`process_id` text NOT NULL,
	`definition_key` integer NOT NULL,
	`element_id` text NOT NULL,
	`created_at` integer NOT NULL
);

--> statement-breakpoint
CREATE INDEX `start_subscription_name` ON `start_subscription` (`kind`,`name`,`key`);
--> statement-breakpoint
CREATE INDEX `start_subscription_process` ON `start_subscription` (`process_id`);
--> statement-breakpoint
CREATE TABLE `start_timer` (
	`key` integer PRIMARY KEY NOT NULL,
	`process_id` text NOT NULL,
	`definition_key` integer NOT NULL,
	`element_id` text NOT NULL,
	`due_at` integer NOT NULL,
	`repetitions` integer NOT NULL,
	`interval` text,
	`cron` text,
	`end_at` integer
);

--> statement-breakpoint
CREATE INDEX `start_timer_due` ON `start_timer` (`due_at`,`key`);
--> statement-breakpoint
CREATE INDEX `start_timer_process` ON `start_timer` (`process_id`);
--> statement-breakpoint
DROP INDEX `job_waiting`;
--> statement-breakpoint
ALTER TABLE `job` ADD `priority` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE `job` ADD `listener_kind` text;
--> statement-breakpoint
ALTER TABLE `job` ADD `listener_event` text;
--> statement-breakpoint
ALTER TABLE `job` ADD `denied` integer;
--> statement-breakpoint
ALTER TABLE `job` ADD `denied_reason` text;
--> statement-breakpoint
CREATE INDEX `job_waiting` ON `job` (`type`,`state`,`priority`,`key`);
--> statement-breakpoint
ALTER TABLE `element_instance` ADD `definition_key` integer;
--> statement-breakpoint
ALTER TABLE `user_task` ADD `pending` text;
--> statement-breakpoint
ALTER TABLE `user_task` ADD `definition_key` integer;
