ALTER TABLE "webhook" ADD COLUMN "signature" text DEFAULT 'v1' NOT NULL;
