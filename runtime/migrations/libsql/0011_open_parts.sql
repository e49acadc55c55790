DROP INDEX `task_candidate_case`;
--> statement-breakpoint
CREATE INDEX `task_candidate_office` ON `task_candidate` (`unit_id`,`role`,`instance_key`);
--> statement-breakpoint
ALTER TABLE `participant` ADD `open` integer DEFAULT false NOT NULL;
--> statement-breakpoint
UPDATE `participant` SET `open` = 1 WHERE `instance_key` IN (SELECT `key` FROM `process_instance` WHERE `state` IN ('active', 'suspended'));
--> statement-breakpoint
CREATE INDEX `participant_open` ON `participant` (`person_id`,`instance_key`) WHERE "participant"."open";
