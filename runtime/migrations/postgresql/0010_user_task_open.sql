DROP INDEX "user_task_assignee";
--> statement-breakpoint
CREATE INDEX "user_task_open" ON "user_task" USING btree ("assignee","state","created_at","key","instance_key","ended_at") WHERE "user_task"."ended_at" is null;
