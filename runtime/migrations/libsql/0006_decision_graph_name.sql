ALTER TABLE `decision` ADD `drg_name` text;
--> statement-breakpoint
UPDATE `subscription` SET `process_id` = (SELECT p.`process_id` FROM `element_instance` e JOIN `process_definition` p ON p.`key` = e.`definition_key` WHERE e.`key` = `subscription`.`element_instance_key`) WHERE `element_instance_key` IN (SELECT `key` FROM `element_instance` WHERE `definition_key` IS NOT NULL);
