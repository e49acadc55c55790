CREATE TABLE `action_candidate` (
	`instance_key` integer NOT NULL,
	`subscription_key` integer NOT NULL,
	`role` text NOT NULL,
	`unit_id` text NOT NULL,
	`open` integer NOT NULL,
	PRIMARY KEY(`instance_key`, `subscription_key`, `role`, `unit_id`)
);

--> statement-breakpoint
CREATE INDEX `action_candidate_open` ON `action_candidate` (`unit_id`,`role`,`instance_key`) WHERE "action_candidate"."open";
--> statement-breakpoint
INSERT INTO `action_candidate` (`instance_key`, `subscription_key`, `role`, `unit_id`, `open`) SELECT DISTINCT s.`instance_key`, s.`key`, json_extract(c.value, '$.role'), json_extract(c.value, '$.unitId'), 1 FROM `subscription` s, json_each(s.`action`, '$.candidates') c WHERE s.`action` IS NOT NULL;
