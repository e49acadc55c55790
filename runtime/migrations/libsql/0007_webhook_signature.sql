ALTER TABLE `webhook` ADD `signature` text DEFAULT 'v1' NOT NULL;
