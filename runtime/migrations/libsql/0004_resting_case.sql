CREATE TABLE `resting_case` (
	`stream` integer PRIMARY KEY NOT NULL,
	`rows` integer NOT NULL,
	`pack` blob NOT NULL
);

