CREATE TABLE `draft_file` (
	`package_id` text NOT NULL,
	`name` text NOT NULL,
	`revision` integer NOT NULL,
	`state` text NOT NULL,
	`text` text,
	`saved_at` integer NOT NULL,
	`saved_by` text NOT NULL,
	PRIMARY KEY(`package_id`, `name`)
);

--> statement-breakpoint
CREATE TABLE `package` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`unit_id` text NOT NULL,
	`description` text,
	`department` text,
	`stages` text NOT NULL,
	`steps` integer NOT NULL,
	`version` integer,
	`retired` integer NOT NULL,
	`changed_at` integer NOT NULL
);

--> statement-breakpoint
CREATE INDEX `package_unit` ON `package` (`unit_id`);
--> statement-breakpoint
CREATE TABLE `package_draft` (
	`package_id` text PRIMARY KEY NOT NULL,
	`is_draft` integer NOT NULL,
	`changes` integer NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_by` text NOT NULL,
	`summary` text,
	`summary_of` integer NOT NULL
);

--> statement-breakpoint
CREATE TABLE `package_version` (
	`key` integer PRIMARY KEY NOT NULL,
	`package_id` text NOT NULL,
	`version` integer NOT NULL,
	`note` text NOT NULL,
	`published_at` integer NOT NULL,
	`actor_type` text NOT NULL,
	`published_by` text NOT NULL,
	`deployment_key` integer NOT NULL,
	`files` text NOT NULL,
	`digest` text NOT NULL
);

--> statement-breakpoint
CREATE UNIQUE INDEX `package_version_number` ON `package_version` (`package_id`,`version`);
--> statement-breakpoint
CREATE UNIQUE INDEX `package_version_deployment` ON `package_version` (`deployment_key`);
--> statement-breakpoint
CREATE TABLE `unit_level` (
	`key` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL
);

--> statement-breakpoint
PRAGMA foreign_keys=OFF;
--> statement-breakpoint
CREATE TABLE `__new_case_file` (
	`file_id` text NOT NULL,
	`instance_key` integer NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`file_id`, `instance_key`, `name`)
);

--> statement-breakpoint
INSERT INTO `__new_case_file`("file_id", "instance_key", "name") SELECT DISTINCT f."file_id", f."instance_key", v."name" FROM `case_file` f JOIN `variable` v ON v."instance_key" = f."instance_key" AND instr(v."value", f."file_id") > 0;
--> statement-breakpoint
DROP TABLE `case_file`;
--> statement-breakpoint
ALTER TABLE `__new_case_file` RENAME TO `case_file`;
--> statement-breakpoint
PRAGMA foreign_keys=ON;
--> statement-breakpoint
CREATE INDEX `case_file_case` ON `case_file` (`instance_key`);
--> statement-breakpoint
ALTER TABLE `process_definition` ADD `fields` text;
--> statement-breakpoint
ALTER TABLE `process_definition` ADD `bound` text;
--> statement-breakpoint
ALTER TABLE `process_definition` ADD `retired` integer DEFAULT false NOT NULL;
--> statement-breakpoint
CREATE INDEX `process_definition_package` ON `process_definition` (`package_id`);
--> statement-breakpoint
CREATE INDEX `process_instance_running` ON `process_instance` (`definition_key`,`state`);
