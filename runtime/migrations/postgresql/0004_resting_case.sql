CREATE TABLE "resting_case" (
	"stream" bigint PRIMARY KEY NOT NULL,
	"rows" bigint NOT NULL,
	"pack" "bytea" NOT NULL
);

