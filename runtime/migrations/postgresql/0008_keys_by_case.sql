DROP INDEX "element_instance_instance";
--> statement-breakpoint
DROP INDEX "user_task_instance";
--> statement-breakpoint
DROP INDEX "variable_instance";
