CREATE TABLE `file_removal` (
	`digest` text PRIMARY KEY NOT NULL
);

