CREATE TABLE migration (at BIGINT PRIMARY KEY, hash TEXT NOT NULL);
CREATE TABLE `verification` ( `id` text PRIMARY KEY NOT NULL, `identifier` text NOT NULL, `value` text NOT NULL, `expires_at` integer NOT NULL, `created_at` integer NOT NULL, `updated_at` integer NOT NULL );
CREATE INDEX `verification_identifier` ON `verification` (`identifier`);
CREATE TABLE `session` ( `id` text PRIMARY KEY NOT NULL, `token` text NOT NULL, `person_id` text NOT NULL, `expires_at` integer NOT NULL, `ip_address` text, `user_agent` text, `created_at` integer NOT NULL, `updated_at` integer NOT NULL );
CREATE UNIQUE INDEX `session_token` ON `session` (`token`);
CREATE INDEX `session_person` ON `session` (`person_id`);
CREATE TABLE `role` ( `key` text PRIMARY KEY NOT NULL, `name` text NOT NULL, `level` text );
CREATE TABLE `file` ( `id` text PRIMARY KEY NOT NULL, `name` text NOT NULL, `type` text NOT NULL, `size` integer NOT NULL, `digest` text NOT NULL, `uploaded_by` text NOT NULL, `uploaded_at` integer NOT NULL );
CREATE INDEX `file_digest` ON `file` (`digest`);
CREATE INDEX `file_uploaded` ON `file` (`uploaded_by`,`uploaded_at`);
CREATE TABLE `draft` ( `person_id` text NOT NULL, `about` text NOT NULL, `answers` text NOT NULL, `saved_at` integer NOT NULL, PRIMARY KEY(`person_id`, `about`) );
CREATE TABLE `api_client` ( `id` text PRIMARY KEY NOT NULL, `name` text NOT NULL, `digest` text NOT NULL, `created_at` integer NOT NULL );
CREATE TABLE `account` ( `id` text PRIMARY KEY NOT NULL, `account_id` text NOT NULL, `provider_id` text NOT NULL, `person_id` text NOT NULL, `access_token` text, `refresh_token` text, `id_token` text, `access_token_expires_at` integer, `refresh_token_expires_at` integer, `scope` text, `password` text, `created_at` integer NOT NULL, `updated_at` integer NOT NULL );
CREATE INDEX `account_person` ON `account` (`person_id`);
CREATE UNIQUE INDEX `account_provider` ON `account` (`provider_id`,`account_id`);
CREATE TABLE `case_counter` ( `prefix` text NOT NULL, `year` integer NOT NULL, `last` integer NOT NULL, PRIMARY KEY(`prefix`, `year`) );
CREATE TABLE `decision` ( `key` integer PRIMARY KEY NOT NULL, `decision_id` text NOT NULL, `version` integer NOT NULL, `latest` integer NOT NULL, `name` text NOT NULL, `drg_id` text NOT NULL, `drg_key` integer NOT NULL, `deployment_key` integer NOT NULL, `resource` text NOT NULL, `xml` text NOT NULL, `digest` text NOT NULL );
CREATE UNIQUE INDEX `decision_version` ON `decision` (`decision_id`,`version`);
CREATE TABLE `deployment` ( `key` integer PRIMARY KEY NOT NULL, `at` integer NOT NULL, `actor_type` text NOT NULL, `actor_id` text NOT NULL, `package_id` text, `package_version` text );
CREATE TABLE `element_instance` ( `key` integer PRIMARY KEY NOT NULL, `instance_key` integer NOT NULL, `element_id` text NOT NULL, `element_type` text NOT NULL, `name` text, `scope_key` integer NOT NULL, `causes` text NOT NULL, `loop_counter` integer, `stage` integer NOT NULL, `state` text NOT NULL, `started_at` integer NOT NULL, `ended_at` integer );
CREATE INDEX `element_instance_instance` ON `element_instance` (`instance_key`,`key`);
CREATE TABLE `flow_taken` ( `instance_key` integer NOT NULL, `flow_id` text NOT NULL, `taken_at` integer NOT NULL, PRIMARY KEY(`instance_key`, `flow_id`) );
CREATE TABLE `form` ( `key` integer PRIMARY KEY NOT NULL, `form_id` text NOT NULL, `version` integer NOT NULL, `latest` integer NOT NULL, `title` text, `deployment_key` integer NOT NULL, `resource` text NOT NULL, `schema` text NOT NULL, `digest` text NOT NULL );
CREATE UNIQUE INDEX `form_version` ON `form` (`form_id`,`version`);
CREATE TABLE `incident` ( `key` integer PRIMARY KEY NOT NULL, `instance_key` integer NOT NULL, `element_id` text NOT NULL, `element_name` text, `element_instance_key` integer NOT NULL, `code` text NOT NULL, `facts` text NOT NULL, `job_key` integer, `state` text NOT NULL, `created_at` integer NOT NULL, `resolved_at` integer );
CREATE INDEX `incident_instance` ON `incident` (`instance_key`,`state`);
CREATE INDEX `incident_state` ON `incident` (`state`,`key`);
CREATE TABLE `job` ( `key` integer PRIMARY KEY NOT NULL, `instance_key` integer NOT NULL, `element_id` text NOT NULL, `element_instance_key` integer NOT NULL, `name` text, `type` text NOT NULL, `state` text NOT NULL, `retries` integer NOT NULL, `headers` text NOT NULL, `variables` text NOT NULL, `retry_at` integer, `error_message` text, `error_code` text, `created_at` integer NOT NULL, `ended_at` integer, `worker` text, `lent_until` integer );
CREATE INDEX `job_waiting` ON `job` (`type`,`state`,`key`);
CREATE INDEX `job_instance` ON `job` (`instance_key`);
CREATE TABLE `lease` ( `name` text PRIMARY KEY NOT NULL, `epoch` integer NOT NULL, `holder` text NOT NULL, `taken_at` integer NOT NULL );
CREATE TABLE `message` ( `key` integer PRIMARY KEY NOT NULL, `name` text NOT NULL, `correlation_key` text NOT NULL, `message_id` text, `variables` text NOT NULL, `published_at` integer NOT NULL, `expires_at` integer NOT NULL );
CREATE INDEX `message_name` ON `message` (`name`,`correlation_key`,`key`);
CREATE INDEX `message_expires` ON `message` (`expires_at`);
CREATE TABLE `message_correlation` ( `message_key` integer NOT NULL, `process_id` text NOT NULL, `instance_key` integer NOT NULL, PRIMARY KEY(`message_key`, `process_id`) );
CREATE TABLE `notice` ( `key` integer PRIMARY KEY NOT NULL, `instance_key` integer NOT NULL, `stream` integer NOT NULL, `sequence` integer NOT NULL, `unit_id` text NOT NULL, `unit_name` text NOT NULL, `unit_level` text NOT NULL, `unit_path` text NOT NULL, `kind` text NOT NULL, `title` text NOT NULL, `number` text, `text` text NOT NULL, `fields` text NOT NULL, `files` text NOT NULL, `published_at` integer NOT NULL, `until` integer );
CREATE INDEX `notice_unit` ON `notice` (`unit_id`,`published_at`);
CREATE INDEX `notice_path` ON `notice` (`unit_path`,`published_at`);
CREATE INDEX `notice_published` ON `notice` (`published_at`);
CREATE INDEX `notice_instance` ON `notice` (`instance_key`);
CREATE TABLE `outbox` ( `key` integer NOT NULL, `kind` text NOT NULL, `due_at` integer NOT NULL, `mark` integer NOT NULL, PRIMARY KEY(`key`, `kind`) );
CREATE INDEX `outbox_due` ON `outbox` (`due_at`,`key`);
CREATE TABLE `parameter_set` ( `key` integer PRIMARY KEY NOT NULL, `package_id` text NOT NULL, `unit_id` text NOT NULL, `effective_from` integer NOT NULL, `values` text NOT NULL, `declarations` text );
CREATE INDEX `parameter_set_package` ON `parameter_set` (`package_id`,`unit_id`,`effective_from`);
CREATE TABLE `participant` ( `instance_key` integer NOT NULL, `person_id` text NOT NULL, PRIMARY KEY(`instance_key`, `person_id`) );
CREATE INDEX `participant_person` ON `participant` (`person_id`,`instance_key`);
CREATE TABLE `payload` ( `stream` integer NOT NULL, `sequence` integer NOT NULL, `records` text NOT NULL, PRIMARY KEY(`stream`, `sequence`) );
CREATE TABLE `person` ( `id` text PRIMARY KEY NOT NULL, `name` text NOT NULL, `username` text NOT NULL, `email` text NOT NULL, `email_verified` integer NOT NULL, `image` text, `created_at` integer NOT NULL, `updated_at` integer NOT NULL );
CREATE UNIQUE INDEX `person_username` ON `person` (`username`);
CREATE UNIQUE INDEX `person_email` ON `person` (`email`);
CREATE INDEX `person_name` ON `person` (`name`,`id`);
CREATE TABLE `position` ( `person_id` text NOT NULL, `role` text NOT NULL, `unit_id` text NOT NULL, `since` integer NOT NULL, PRIMARY KEY(`person_id`, `role`, `unit_id`) );
CREATE INDEX `position_holder` ON `position` (`unit_id`,`role`,`person_id`);
CREATE TABLE `process_definition` ( `key` integer PRIMARY KEY NOT NULL, `process_id` text NOT NULL, `version` integer NOT NULL, `latest` integer NOT NULL, `name` text NOT NULL, `version_tag` text, `description` text, `department` text, `package_id` text, `stages` text NOT NULL, `starters` text, `start_form_id` text, `number_prefix` text, `deployment_key` integer NOT NULL, `deployed_at` integer NOT NULL, `resource` text NOT NULL, `xml` text NOT NULL, `digest` text NOT NULL , `fields` text, `bound` text, `retired` integer DEFAULT false NOT NULL);
CREATE UNIQUE INDEX `process_definition_version` ON `process_definition` (`process_id`,`version`);
CREATE INDEX `process_definition_latest` ON `process_definition` (`latest`);
CREATE TABLE `process_instance` ( `key` integer PRIMARY KEY NOT NULL, `definition_key` integer NOT NULL, `process_id` text NOT NULL, `process_name` text NOT NULL, `version` integer NOT NULL, `number` text, `title` text, `unit_id` text NOT NULL, `unit_name` text NOT NULL, `unit_level` text NOT NULL, `unit_path` text NOT NULL, `units` text NOT NULL, `state` text NOT NULL, `started_by_type` text NOT NULL, `started_by` text NOT NULL, `started_at` integer NOT NULL, `ended_at` integer, `due_at` integer, `stage_element_id` text, `stage_since` integer );
CREATE UNIQUE INDEX `process_instance_number` ON `process_instance` (`number`);
CREATE INDEX `process_instance_definition` ON `process_instance` (`definition_key`,`key`);
CREATE INDEX `process_instance_process` ON `process_instance` (`process_id`,`state`,`key`);
CREATE INDEX `process_instance_unit` ON `process_instance` (`unit_id`,`state`,`key`);
CREATE INDEX `process_instance_path` ON `process_instance` (`unit_path`,`key`);
CREATE INDEX `process_instance_starter` ON `process_instance` (`started_by`,`key`);
CREATE INDEX `process_instance_state` ON `process_instance` (`state`,`key`);
CREATE TABLE `request` ( `scope` integer NOT NULL, `request_id` text NOT NULL, `digest` text NOT NULL, `stream` integer NOT NULL, `sequence` integer NOT NULL, `at` integer NOT NULL, PRIMARY KEY(`scope`, `request_id`) );
CREATE INDEX `request_at` ON `request` (`at`);
CREATE TABLE `snapshot` ( `stream` integer PRIMARY KEY NOT NULL, `sequence` integer NOT NULL, `format` integer NOT NULL, `state` text NOT NULL );
CREATE TABLE `stream` ( `stream` integer PRIMARY KEY NOT NULL, `sequence` integer NOT NULL, `hash` text NOT NULL, `records` integer NOT NULL, `counter` integer NOT NULL );
CREATE TABLE `subscription` ( `key` integer PRIMARY KEY NOT NULL, `instance_key` integer NOT NULL, `process_id` text NOT NULL, `element_id` text NOT NULL, `element_instance_key` integer NOT NULL, `message_name` text NOT NULL, `correlation_key` text NOT NULL, `interrupting` integer NOT NULL, `action` text, `created_at` integer NOT NULL );
CREATE INDEX `subscription_message` ON `subscription` (`message_name`,`correlation_key`,`key`);
CREATE INDEX `subscription_instance` ON `subscription` (`instance_key`);
CREATE TABLE `task_candidate` ( `task_key` integer NOT NULL, `role` text NOT NULL, `unit_id` text NOT NULL, `instance_key` integer NOT NULL, `claimable` integer NOT NULL, PRIMARY KEY(`task_key`, `role`, `unit_id`) );
CREATE INDEX `task_candidate_holder` ON `task_candidate` (`unit_id`,`role`,`claimable`,`task_key`);
CREATE INDEX `task_candidate_case` ON `task_candidate` (`instance_key`,`unit_id`,`role`);
CREATE TABLE `timer` ( `key` integer PRIMARY KEY NOT NULL, `instance_key` integer NOT NULL, `element_id` text NOT NULL, `element_instance_key` integer NOT NULL, `due_at` integer NOT NULL, `interrupting` integer NOT NULL, `created_at` integer NOT NULL );
CREATE INDEX `timer_due` ON `timer` (`due_at`,`key`);
CREATE INDEX `timer_instance` ON `timer` (`instance_key`);
CREATE TABLE `trail` ( `stream` integer NOT NULL, `sequence` integer NOT NULL, `position` integer NOT NULL, `at` integer NOT NULL, `actor_type` text NOT NULL, `actor_id` text NOT NULL, `request_id` text NOT NULL, `kind` text NOT NULL, `heads` text NOT NULL, `previous_hash` text NOT NULL, `hash` text NOT NULL, PRIMARY KEY(`stream`, `sequence`) );
CREATE INDEX `trail_at` ON `trail` (`at`);
CREATE INDEX `trail_actor` ON `trail` (`actor_id`,`at`);
CREATE TABLE `unit` ( `id` text PRIMARY KEY NOT NULL, `name` text NOT NULL, `level` text NOT NULL, `parent_id` text, `path` text NOT NULL, `place` integer NOT NULL );
CREATE INDEX `unit_parent` ON `unit` (`parent_id`);
CREATE UNIQUE INDEX `unit_path` ON `unit` (`path`);
CREATE TABLE `user_task` ( `key` integer PRIMARY KEY NOT NULL, `instance_key` integer NOT NULL, `element_instance_key` integer NOT NULL, `element_id` text NOT NULL, `name` text NOT NULL, `state` text NOT NULL, `assignee` text, `candidate_users` text NOT NULL, `form_id` text, `form_key` integer, `due_at` integer, `follow_up_at` integer, `priority` integer NOT NULL, `created_at` integer NOT NULL, `ended_at` integer, `completed_by` text );
CREATE INDEX `user_task_assignee` ON `user_task` (`assignee`,`state`,`created_at`);
CREATE INDEX `user_task_done` ON `user_task` (`completed_by`,`ended_at`);
CREATE INDEX `user_task_instance` ON `user_task` (`instance_key`,`key`);
CREATE INDEX `user_task_state` ON `user_task` (`state`,`key`);
CREATE TABLE `variable` ( `scope_key` integer NOT NULL, `name` text NOT NULL, `key` integer NOT NULL, `instance_key` integer NOT NULL, `value` text NOT NULL, PRIMARY KEY(`scope_key`, `name`) );
CREATE INDEX `variable_instance` ON `variable` (`instance_key`);
CREATE INDEX `variable_key` ON `variable` (`key`);
CREATE TABLE `draft_file` ( `package_id` text NOT NULL, `name` text NOT NULL, `revision` integer NOT NULL, `state` text NOT NULL, `text` text, `saved_at` integer NOT NULL, `saved_by` text NOT NULL, PRIMARY KEY(`package_id`, `name`) );
CREATE TABLE `package` ( `id` text PRIMARY KEY NOT NULL, `name` text NOT NULL, `unit_id` text NOT NULL, `description` text, `department` text, `stages` text NOT NULL, `steps` integer NOT NULL, `version` integer, `retired` integer NOT NULL, `changed_at` integer NOT NULL );
CREATE INDEX `package_unit` ON `package` (`unit_id`);
CREATE TABLE `package_draft` ( `package_id` text PRIMARY KEY NOT NULL, `is_draft` integer NOT NULL, `changes` integer NOT NULL, `saved_at` integer NOT NULL, `saved_by` text NOT NULL, `summary` text, `summary_of` integer NOT NULL );
CREATE TABLE `package_version` ( `key` integer PRIMARY KEY NOT NULL, `package_id` text NOT NULL, `version` integer NOT NULL, `note` text NOT NULL, `published_at` integer NOT NULL, `actor_type` text NOT NULL, `published_by` text NOT NULL, `deployment_key` integer NOT NULL, `files` text NOT NULL, `digest` text NOT NULL );
CREATE UNIQUE INDEX `package_version_number` ON `package_version` (`package_id`,`version`);
CREATE UNIQUE INDEX `package_version_deployment` ON `package_version` (`deployment_key`);
CREATE TABLE `unit_level` ( `key` text PRIMARY KEY NOT NULL, `name` text NOT NULL );
CREATE TABLE "case_file" ( `file_id` text NOT NULL, `instance_key` integer NOT NULL, `name` text NOT NULL, PRIMARY KEY(`file_id`, `instance_key`, `name`) );
CREATE INDEX `case_file_case` ON `case_file` (`instance_key`);
CREATE INDEX `process_definition_package` ON `process_definition` (`package_id`);
CREATE INDEX `process_instance_running` ON `process_instance` (`definition_key`,`state`);
INSERT INTO "migration" VALUES(1795603559242,'7086bb6b13b1f839cb5db076166c85e02c1e32a3024f022c1debcb8ca0f48e52');
INSERT INTO "migration" VALUES(1795617515644,'39100c496fac87312badc8ccdd7960bd204a848b5d0aee749587558e1d48fd5d');
INSERT INTO "case_counter" VALUES('SY',2026,2);
INSERT INTO "deployment" VALUES(1048577,1772413200000,'system','seed',NULL,NULL);
INSERT INTO "element_instance" VALUES(1073741826,1073741825,'s','bpmn:StartEvent',NULL,1073741825,'[1073741825]',NULL,0,'completed',1772413200000,1772413200000);
INSERT INTO "element_instance" VALUES(1073741827,1073741825,'a','bpmn:UserTask','A',1073741825,'[1073741826]',NULL,0,'completed',1772413200000,1772413200000);
INSERT INTO "element_instance" VALUES(1073741829,1073741825,'fork','bpmn:ParallelGateway',NULL,1073741825,'[1073741827]',NULL,0,'completed',1772413200000,1772413200000);
INSERT INTO "element_instance" VALUES(1073741830,1073741825,'each','multiInstanceBody','Each',1073741825,'[1073741829]',NULL,0,'active',1772413200000,NULL);
INSERT INTO "element_instance" VALUES(1073741832,1073741825,'job','bpmn:ServiceTask',NULL,1073741825,'[1073741829]',NULL,0,'active',1772413200000,NULL);
INSERT INTO "element_instance" VALUES(1073741834,1073741825,'m','bpmn:IntermediateCatchEvent',NULL,1073741825,'[1073741829]',NULL,0,'completed',1772413200000,1772413200000);
INSERT INTO "element_instance" VALUES(1073741836,1073741825,'each','bpmn:UserTask','Each',1073741830,'[1073741830]',1,0,'completed',1772413200000,1772413200000);
INSERT INTO "element_instance" VALUES(1073741838,1073741825,'each','bpmn:UserTask','Each',1073741830,'[1073741830]',2,0,'active',1772413200000,NULL);
INSERT INTO "element_instance" VALUES(1073741840,1073741825,'each','bpmn:UserTask','Each',1073741830,'[1073741830]',3,0,'active',1772413200000,NULL);
INSERT INTO "element_instance" VALUES(1074790402,1074790401,'s','bpmn:StartEvent',NULL,1074790401,'[1074790401]',NULL,0,'completed',1772413200000,1772413200000);
INSERT INTO "element_instance" VALUES(1074790403,1074790401,'a','bpmn:UserTask','A',1074790401,'[1074790402]',NULL,0,'active',1772413200000,NULL);
INSERT INTO "flow_taken" VALUES(1073741825,'s_a',1772413200000);
INSERT INTO "flow_taken" VALUES(1074790401,'s_a',1772413200000);
INSERT INTO "flow_taken" VALUES(1073741825,'a_fork',1772413200000);
INSERT INTO "flow_taken" VALUES(1073741825,'fork_each',1772413200000);
INSERT INTO "flow_taken" VALUES(1073741825,'fork_job',1772413200000);
INSERT INTO "flow_taken" VALUES(1073741825,'fork_m',1772413200000);
INSERT INTO "flow_taken" VALUES(1073741825,'m_join',1772413200000);
INSERT INTO "job" VALUES(1073741833,1073741825,'job',1073741832,NULL,'stamp','created',3,'{}','{"subject":"half","order":"half","houses":[1,2,3]}',NULL,NULL,NULL,1772413200000,NULL,NULL,NULL);
INSERT INTO "lease" VALUES('writer',2,'process 1',1772413200000);
INSERT INTO "message" VALUES(4194305,'paid','half',NULL,'{"paid":true}',1772413200000,1772416800000);
INSERT INTO "message" VALUES(4194306,'paid','fresh',NULL,'{"paid":true}',1772413200000,1773277200000);
INSERT INTO "message_correlation" VALUES(4194305,'process',1073741825);
INSERT INTO "outbox" VALUES(4194306,'message.correlate',1772413200000,0);
INSERT INTO "participant" VALUES(1073741825,'clerk');
INSERT INTO "participant" VALUES(1074790401,'clerk');
INSERT INTO "payload" VALUES(1,1,'404ceda62944830d24cee2c1bf7d2efd{"resources":["p.bpmn"]}
0d33a3e5c28516e718ef9d23c12f9e08{"packageId":null,"packageVersion":null,"content":{"processes":[{"key":1048578,"id":"process","version":1,"resource":"p.bpmn"}],"decisions":[],"forms":[],"warnings":[]}}
c2a9b9baa576675f335991171874f6a9{"processId":"process","version":1,"name":"Process","versionTag":null,"description":null,"department":null,"packageId":"process","stages":[],"starters":null,"startFormId":null,"numberPrefix":"SY","deploymentKey":1048577,"resource":"p.bpmn","xml":"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:zeebe=\"http://camunda.org/schema/zeebe/1.0\" xmlns:bihuan=\"http://bihuan.org/schema/bpmn/1.0\" id=\"definitions\" targetNamespace=\"http://bihuan.org/test\">\n<bpmn:process id=\"process\" name=\"Process\" isExecutable=\"true\" >\n<bpmn:extensionElements><bihuan:case title=\"=subject\" numberPrefix=\"SY\"/></bpmn:extensionElements><bpmn:startEvent id=\"s\" ></bpmn:startEvent><bpmn:userTask id=\"a\" name=\"A\"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups=\"clerk\"/></bpmn:extensionElements></bpmn:userTask><bpmn:parallelGateway id=\"fork\" ></bpmn:parallelGateway><bpmn:userTask id=\"each\" name=\"Each\"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups=\"clerk\"/></bpmn:extensionElements><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection=\"=houses\" inputElement=\"house\" outputCollection=\"votes\" outputElement=\"=yes\"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask><bpmn:boundaryEvent id=\"late\" attachedToRef=\"each\" cancelActivity=\"false\"><bpmn:timerEventDefinition><bpmn:timeCycle xsi:type=\"bpmn:tFormalExpression\">R2/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent><bpmn:endEvent id=\"reminded\" ></bpmn:endEvent><bpmn:sequenceFlow id=\"late_reminded\" sourceRef=\"late\" targetRef=\"reminded\"></bpmn:sequenceFlow><bpmn:serviceTask id=\"job\" ><bpmn:extensionElements><zeebe:taskDefinition type=\"stamp\"/></bpmn:extensionElements></bpmn:serviceTask><bpmn:intermediateCatchEvent id=\"m\" ><bpmn:messageEventDefinition messageRef=\"paid\"/></bpmn:intermediateCatchEvent><bpmn:parallelGateway id=\"join\" ></bpmn:parallelGateway><bpmn:exclusiveGateway id=\"choice\" default=\"choice_no\"></bpmn:exclusiveGateway><bpmn:userTask id=\"b\" name=\"B\"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups=\"clerk\"/></bpmn:extensionElements></bpmn:userTask><bpmn:endEvent id=\"e\" ></bpmn:endEvent><bpmn:endEvent id=\"no\" ></bpmn:endEvent><bpmn:sequenceFlow id=\"s_a\" sourceRef=\"s\" targetRef=\"a\"></bpmn:sequenceFlow>\n<bpmn:sequenceFlow id=\"a_fork\" sourceRef=\"a\" targetRef=\"fork\"></bpmn:sequenceFlow><bpmn:sequenceFlow id=\"fork_each\" sourceRef=\"fork\" targetRef=\"each\"></bpmn:sequenceFlow>\n<bpmn:sequenceFlow id=\"each_join\" sourceRef=\"each\" targetRef=\"join\"></bpmn:sequenceFlow><bpmn:sequenceFlow id=\"fork_job\" sourceRef=\"fork\" targetRef=\"job\"></bpmn:sequenceFlow>\n<bpmn:sequenceFlow id=\"job_join\" sourceRef=\"job\" targetRef=\"join\"></bpmn:sequenceFlow><bpmn:sequenceFlow id=\"fork_m\" sourceRef=\"fork\" targetRef=\"m\"></bpmn:sequenceFlow>\n<bpmn:sequenceFlow id=\"m_join\" sourceRef=\"m\" targetRef=\"join\"></bpmn:sequenceFlow><bpmn:sequenceFlow id=\"join_choice\" sourceRef=\"join\" targetRef=\"choice\"></bpmn:sequenceFlow><bpmn:sequenceFlow id=\"choice_b\" sourceRef=\"choice\" targetRef=\"b\"><bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">=count(votes[item = true]) * 3 >= count(votes) * 2</bpmn:conditionExpression></bpmn:sequenceFlow><bpmn:sequenceFlow id=\"choice_no\" sourceRef=\"choice\" targetRef=\"no\"></bpmn:sequenceFlow><bpmn:sequenceFlow id=\"b_e\" sourceRef=\"b\" targetRef=\"e\"></bpmn:sequenceFlow>\n</bpmn:process>\n<bpmn:message id=\"paid\" name=\"paid\"><bpmn:extensionElements><zeebe:subscription correlationKey=\"=order\"/></bpmn:extensionElements></bpmn:message>\n</bpmn:definitions>","digest":"8f25582b868b588cb6cbfa219888eb1105c78e604a7bae1be12b8d7ab018efa2","fields":null,"bound":null,"retired":false}');
INSERT INTO "payload" VALUES(1024,1,'2c22d718c6e1c6a93820efb30a73fb5e{"units":[{"id":"v1","name":"Village","level":"village"}],"variables":{"subject":"half","order":"half","houses":[1,2,3]},"parameters":{},"businessId":"SY-2026-0001"}
6269f049e74364c94d65ba82398f8b21{"definitionKey":1048578,"processId":"process","processName":"Process","version":1,"units":[{"id":"v1","name":"Village","level":"village"}],"businessId":"SY-2026-0001","title":"half","dueAt":null,"parameters":{}}
be5ee4fc377c953275890f195efbb2f2{"scopeKey":1073741825,"variables":{"subject":"half","order":"half","houses":[1,2,3]}}
a6060031923421f450bed0cbc84d893f{"elementId":"s","elementType":"bpmn:StartEvent","name":null,"scopeKey":1073741825,"causes":[1073741825],"loopCounter":null,"stage":false}
18eab7656ca8b54972bd3252b5f017c2{"elementId":"s","scopeKey":1073741825}
12952a3be485e7a19d697bb75b847ea5{"flowId":"s_a","scopeKey":1073741825,"source":1073741826,"targetId":"a","why":null}
c7867524df94eb64e5deef5df60bddcf{"elementId":"a","elementType":"bpmn:UserTask","name":"A","scopeKey":1073741825,"causes":[1073741826],"loopCounter":null,"stage":false}
fafedfa48094e8f0f36610772e02f15b{"elementId":"a","elementInstanceKey":1073741827,"name":"A","assignee":null,"candidates":[{"role":"clerk","unitId":"v1"}],"candidateUsers":[],"formId":null,"formKey":null,"dueAt":null,"followUpAt":null,"priority":50,"why":[{"rule":"clerk","inputs":{},"result":"clerk"}]}');
INSERT INTO "payload" VALUES(1025,1,'7af8c95d7b283e4f6137a3233cf66506{"units":[{"id":"v1","name":"Village","level":"village"}],"variables":{"subject":"fresh","order":"fresh","houses":[1,2,3]},"parameters":{},"businessId":"SY-2026-0002"}
445700c9729fcf215c55faf929c15eba{"definitionKey":1048578,"processId":"process","processName":"Process","version":1,"units":[{"id":"v1","name":"Village","level":"village"}],"businessId":"SY-2026-0002","title":"fresh","dueAt":null,"parameters":{}}
371d82343ab09a6dcc65ebf21be42e35{"scopeKey":1074790401,"variables":{"subject":"fresh","order":"fresh","houses":[1,2,3]}}
5d475cb0518d5981f828f06c2e96905d{"elementId":"s","elementType":"bpmn:StartEvent","name":null,"scopeKey":1074790401,"causes":[1074790401],"loopCounter":null,"stage":false}
8d28674b8c5305d8204659e53129558b{"elementId":"s","scopeKey":1074790401}
d92810745727f18cf677266cae1c501c{"flowId":"s_a","scopeKey":1074790401,"source":1074790402,"targetId":"a","why":null}
1bc67292f24075358833447b7b113492{"elementId":"a","elementType":"bpmn:UserTask","name":"A","scopeKey":1074790401,"causes":[1074790402],"loopCounter":null,"stage":false}
f88dd3d5a487002f46c5089d3513c2ae{"elementId":"a","elementInstanceKey":1074790403,"name":"A","assignee":null,"candidates":[{"role":"clerk","unitId":"v1"}],"candidateUsers":[],"formId":null,"formKey":null,"dueAt":null,"followUpAt":null,"priority":50,"why":[{"rule":"clerk","inputs":{},"result":"clerk"}]}');
INSERT INTO "payload" VALUES(1024,2,'39f80960bb0ea6a7eb5873d7b7c17db4{"variables":{},"formKey":null}
eb84a0b752a35acc4d3550563ec58051{"elementId":"a","name":"A","variables":{},"formKey":null}
9f779c1e53f1eca5fd89980a34f4e138{"elementId":"a","scopeKey":1073741825}
af8cf5a5e64f0b3b73010bc1793d10d9{"flowId":"a_fork","scopeKey":1073741825,"source":1073741827,"targetId":"fork","why":null}
ef43d521523a12a9486499e14e4f8f33{"elementId":"fork","elementType":"bpmn:ParallelGateway","name":null,"scopeKey":1073741825,"causes":[1073741827],"loopCounter":null,"stage":false}
c2920ba09316e7ebc7bc4570500a238d{"elementId":"fork","scopeKey":1073741825}
8aea37efc363bf42a6fa181d4b7e6cd1{"flowId":"fork_each","scopeKey":1073741825,"source":1073741829,"targetId":"each","why":null}
801338c3de93e8eec4684dcf8809a656{"flowId":"fork_job","scopeKey":1073741825,"source":1073741829,"targetId":"job","why":null}
7168f2d589f9afa7287223afb736f7f7{"flowId":"fork_m","scopeKey":1073741825,"source":1073741829,"targetId":"m","why":null}
8f0c1d543e714060d6777cd9afadafa4{"elementId":"each","elementType":"multiInstanceBody","name":"Each","scopeKey":1073741825,"causes":[1073741829],"loopCounter":null,"stage":false}
c52a8c342a8dae039173cf93306e6b5b{"elementId":"late","elementInstanceKey":1073741830,"interrupting":false,"dueAt":1772499600000,"repetitions":1,"interval":"P1D","why":{"rule":"R2/P1D","inputs":{},"result":"R2/P1D"}}
182c4ba2835075c273c167ca64b1900f{"elementId":"each","items":[1,2,3],"outputVariable":"votes","why":{"rule":"houses","inputs":{},"result":3}}
e7f7db119d107f68bd8c53d26a7530ce{"elementId":"job","elementType":"bpmn:ServiceTask","name":null,"scopeKey":1073741825,"causes":[1073741829],"loopCounter":null,"stage":false}
fbdadcb11ce1b6c3ac88d71255d558be{"elementId":"job","elementInstanceKey":1073741832,"name":null,"type":"stamp","retries":3,"headers":{},"variables":{"subject":"half","order":"half","houses":[1,2,3]}}
90c281992a01c8f0f01672da9661df7b{"elementId":"m","elementType":"bpmn:IntermediateCatchEvent","name":null,"scopeKey":1073741825,"causes":[1073741829],"loopCounter":null,"stage":false}
805c0a846f27d26759b737272300bbb6{"elementId":"m","elementInstanceKey":1073741834,"interrupting":true,"messageName":"paid","correlationKey":"half","action":null}
3ac5dc30ac186573da4b5991dff9fc78{"elementId":"each","elementType":"bpmn:UserTask","name":"Each","scopeKey":1073741830,"causes":[1073741830],"loopCounter":1,"stage":false}
f0d08d8488f62ff8e22e893e4dcee27d{"scopeKey":1073741836,"variables":{"yes":null,"house":1}}
d74696bc1c72fb9fcef728316f05fcc2{"elementId":"each","elementInstanceKey":1073741836,"name":"Each","assignee":null,"candidates":[{"role":"clerk","unitId":"v1"}],"candidateUsers":[],"formId":null,"formKey":null,"dueAt":null,"followUpAt":null,"priority":50,"why":[{"rule":"clerk","inputs":{},"result":"clerk"}]}
72ffa89f41e344a0a704e3e3d7bf1ef9{"elementId":"each","elementType":"bpmn:UserTask","name":"Each","scopeKey":1073741830,"causes":[1073741830],"loopCounter":2,"stage":false}
1d11a5653782e1b95598688064203712{"scopeKey":1073741838,"variables":{"yes":null,"house":2}}
29866d42e762265f945bb22ee6087743{"elementId":"each","elementInstanceKey":1073741838,"name":"Each","assignee":null,"candidates":[{"role":"clerk","unitId":"v1"}],"candidateUsers":[],"formId":null,"formKey":null,"dueAt":null,"followUpAt":null,"priority":50,"why":[{"rule":"clerk","inputs":{},"result":"clerk"}]}
cc2319c9125d33c9e815bdec61eeb217{"elementId":"each","elementType":"bpmn:UserTask","name":"Each","scopeKey":1073741830,"causes":[1073741830],"loopCounter":3,"stage":false}
2248e4cf9387a2ef126bb359ebeb6f72{"scopeKey":1073741840,"variables":{"yes":null,"house":3}}
dba0d2c2d1b5ba6e3cfcd666a08c15ce{"elementId":"each","elementInstanceKey":1073741840,"name":"Each","assignee":null,"candidates":[{"role":"clerk","unitId":"v1"}],"candidateUsers":[],"formId":null,"formKey":null,"dueAt":null,"followUpAt":null,"priority":50,"why":[{"rule":"clerk","inputs":{},"result":"clerk"}]}');
INSERT INTO "payload" VALUES(1024,3,'b62d09ffba1d25387cdbda7e30add535{"variables":{"yes":true},"formKey":null}
51ac457487312e8d13d9d622f6554a9f{"elementId":"each","name":"Each","variables":{"yes":true},"formKey":null}
2c32e60e9c2aaab0e64ef38e81e6e230{"scopeKey":1073741836,"variables":{"yes":true}}
82ee9834dc6283fc87b44d37d18b08a9{"elementId":"each","index":0,"value":true}
db7991bf6a65da0f4c2348d012078bd2{"elementId":"each","scopeKey":1073741830}');
INSERT INTO "payload" VALUES(4,1,'ba647527487f5b7d6a57807bee0aac1f{"name":"paid","correlationKey":"half"}
345cab88733c68d455938a4ae6356bdb{"name":"paid","correlationKey":"half","messageId":null,"variables":{"paid":true},"publishedAt":1772413200000,"expiresAt":1772416800000}');
INSERT INTO "payload" VALUES(4,2,'bf861fb5ee862a62f06d71be21e6b58e{"name":"paid","correlationKey":"fresh"}
1085d943d91bd8de09ebdb644b3f81e7{"name":"paid","correlationKey":"fresh","messageId":null,"variables":{"paid":true},"publishedAt":1772413200000,"expiresAt":1773277200000}');
INSERT INTO "payload" VALUES(1024,4,'359a5d62abffd19fdbf589fc6e900530{"messageName":"paid","messageKey":4194305,"variables":{"paid":true}}
14bf211cef33c09d1d55fd659b8f320d{"elementId":"m","messageName":"paid","messageKey":4194305,"variables":{"paid":true},"closed":true}
57ee839d0dea826524206ac169fe4e04{"scopeKey":1073741825,"variables":{"paid":true}}
7c3041f3db0eb7e226e6b558e65b9202{"elementId":"m","scopeKey":1073741825}
595b1e57bde792f13698b89e0d6b4571{"flowId":"m_join","scopeKey":1073741825,"source":1073741834,"targetId":"join","why":null}
57c14bff7f9d270320e21c0427f73241{"elementId":"join","scopeKey":1073741825,"flowId":"m_join","source":1073741834}');
INSERT INTO "process_definition" VALUES(1048578,'process',1,1,'Process',NULL,NULL,NULL,'process','[]',NULL,NULL,'SY',1048577,1772413200000,'p.bpmn','<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
<bpmn:process id="process" name="Process" isExecutable="true" >
<bpmn:extensionElements><bihuan:case title="=subject" numberPrefix="SY"/></bpmn:extensionElements><bpmn:startEvent id="s" ></bpmn:startEvent><bpmn:userTask id="a" name="A"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="clerk"/></bpmn:extensionElements></bpmn:userTask><bpmn:parallelGateway id="fork" ></bpmn:parallelGateway><bpmn:userTask id="each" name="Each"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="clerk"/></bpmn:extensionElements><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=houses" inputElement="house" outputCollection="votes" outputElement="=yes"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask><bpmn:boundaryEvent id="late" attachedToRef="each" cancelActivity="false"><bpmn:timerEventDefinition><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R2/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent><bpmn:endEvent id="reminded" ></bpmn:endEvent><bpmn:sequenceFlow id="late_reminded" sourceRef="late" targetRef="reminded"></bpmn:sequenceFlow><bpmn:serviceTask id="job" ><bpmn:extensionElements><zeebe:taskDefinition type="stamp"/></bpmn:extensionElements></bpmn:serviceTask><bpmn:intermediateCatchEvent id="m" ><bpmn:messageEventDefinition messageRef="paid"/></bpmn:intermediateCatchEvent><bpmn:parallelGateway id="join" ></bpmn:parallelGateway><bpmn:exclusiveGateway id="choice" default="choice_no"></bpmn:exclusiveGateway><bpmn:userTask id="b" name="B"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="clerk"/></bpmn:extensionElements></bpmn:userTask><bpmn:endEvent id="e" ></bpmn:endEvent><bpmn:endEvent id="no" ></bpmn:endEvent><bpmn:sequenceFlow id="s_a" sourceRef="s" targetRef="a"></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="a_fork" sourceRef="a" targetRef="fork"></bpmn:sequenceFlow><bpmn:sequenceFlow id="fork_each" sourceRef="fork" targetRef="each"></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="each_join" sourceRef="each" targetRef="join"></bpmn:sequenceFlow><bpmn:sequenceFlow id="fork_job" sourceRef="fork" targetRef="job"></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="job_join" sourceRef="job" targetRef="join"></bpmn:sequenceFlow><bpmn:sequenceFlow id="fork_m" sourceRef="fork" targetRef="m"></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="m_join" sourceRef="m" targetRef="join"></bpmn:sequenceFlow><bpmn:sequenceFlow id="join_choice" sourceRef="join" targetRef="choice"></bpmn:sequenceFlow><bpmn:sequenceFlow id="choice_b" sourceRef="choice" targetRef="b"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=count(votes[item = true]) * 3 >= count(votes) * 2</bpmn:conditionExpression></bpmn:sequenceFlow><bpmn:sequenceFlow id="choice_no" sourceRef="choice" targetRef="no"></bpmn:sequenceFlow><bpmn:sequenceFlow id="b_e" sourceRef="b" targetRef="e"></bpmn:sequenceFlow>
</bpmn:process>
<bpmn:message id="paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=order"/></bpmn:extensionElements></bpmn:message>
</bpmn:definitions>','8f25582b868b588cb6cbfa219888eb1105c78e604a7bae1be12b8d7ab018efa2',NULL,NULL,0);
INSERT INTO "process_instance" VALUES(1073741825,1048578,'process','Process',1,'SY-2026-0001','half','v1','Village','village','/v1/','[{"id":"v1","name":"Village","level":"village"}]','active','person','clerk',1772413200000,NULL,NULL,NULL,NULL);
INSERT INTO "process_instance" VALUES(1074790401,1048578,'process','Process',1,'SY-2026-0002','fresh','v1','Village','village','/v1/','[{"id":"v1","name":"Village","level":"village"}]','active','person','clerk',1772413200000,NULL,NULL,NULL,NULL);
INSERT INTO "request" VALUES(1,'deploy','a55a123a3d5651e08e349bfa83ae7bd445b684c49cf5c2ca37ef985d32ff0eb8',1,1,1772413200000);
INSERT INTO "request" VALUES(0,'half','5c9f03052288f2db3d529ad9539219e1ebb00f5227fffa36380a41e33a7abc7c',1024,1,1772413200000);
INSERT INTO "request" VALUES(0,'fresh','167cb7c2db9e273eda02bbf3d4facb1585b8c96122af70e17a5745b09f0e8367',1025,1,1772413200000);
INSERT INTO "request" VALUES(1024,'half a','b28fe06f8d0b23a22511432d5754e5527e1232f5fdd68e21ce55b98d179812cf',1024,2,1772413200000);
INSERT INTO "request" VALUES(1024,'half each','28cd69867316ca78aa832943adab0d2d4c2d044103a3d68169ecc46c968b238c',1024,3,1772413200000);
INSERT INTO "request" VALUES(4,'paid','4577600275e7054d8d367016873c763ba888484cf5a44149cfd2fc8a8885ca6a',4,1,1772413200000);
INSERT INTO "request" VALUES(4,'kept','0268afe3fd2bbd141bf9c1c6834d284caf246ee6bd8f9cb353d6df887b73b40d',4,2,1772413200000);
INSERT INTO "request" VALUES(1024,'message:4194305:1073741835','870457a2139be7088d8ee9544b6b1cfaced96f7a503280c1a74470c3306dba1b',1024,4,1772413200000);
INSERT INTO "snapshot" VALUES(1024,4,1,'{"version":1,"stream":1024,"lastKey":1073741841,"instance":{"key":1073741825,"definitionKey":1048578,"processId":"process","units":[{"id":"v1","name":"Village","level":"village"}],"businessId":"SY-2026-0001","title":"half","dueAt":null,"parameters":{},"status":"active"},"elements":[{"key":1073741825,"elementId":"process","elementType":"bpmn:Process","name":"Process","scopeKey":null,"causes":[],"loopCounter":null,"variables":{"subject":"half","order":"half","houses":[1,2,3],"paid":true},"multi":null,"joins":[{"elementId":"join","flowId":"m_join","source":1073741834}]},{"key":1073741830,"elementId":"each","elementType":"multiInstanceBody","name":"Each","scopeKey":1073741825,"causes":[1073741829],"loopCounter":null,"variables":{},"multi":{"items":[1,2,3],"outputVariable":"votes","outputs":[true,null,null],"created":3,"completed":1,"terminated":0},"joins":[]},{"key":1073741832,"elementId":"job","elementType":"bpmn:ServiceTask","name":null,"scopeKey":1073741825,"causes":[1073741829],"loopCounter":null,"variables":{},"multi":null,"joins":[]},{"key":1073741838,"elementId":"each","elementType":"bpmn:UserTask","name":"Each","scopeKey":1073741830,"causes":[1073741830],"loopCounter":2,"variables":{"yes":null,"house":2},"multi":null,"joins":[]},{"key":1073741840,"elementId":"each","elementType":"bpmn:UserTask","name":"Each","scopeKey":1073741830,"causes":[1073741830],"loopCounter":3,"variables":{"yes":null,"house":3},"multi":null,"joins":[]}],"tasks":[{"key":1073741839,"elementId":"each","elementInstanceKey":1073741838,"name":"Each","status":"created","assignee":null,"dueAt":null,"priority":50},{"key":1073741841,"elementId":"each","elementInstanceKey":1073741840,"name":"Each","status":"created","assignee":null,"dueAt":null,"priority":50}],"endedTasks":[[1073741828,{"name":"A","status":"completed"}],[1073741837,{"name":"Each","status":"completed"}]],"timers":[{"key":1073741831,"elementId":"late","elementInstanceKey":1073741830,"dueAt":1772499600000,"interrupting":false,"repetitions":1,"interval":"P1D"}],"subscriptions":[],"jobs":[{"key":1073741833,"elementId":"job","elementInstanceKey":1073741832,"type":"stamp","initialRetries":3,"status":"created"}],"incidents":[]}');
INSERT INTO "snapshot" VALUES(1025,1,1,'{"version":1,"stream":1025,"lastKey":1074790404,"instance":{"key":1074790401,"definitionKey":1048578,"processId":"process","units":[{"id":"v1","name":"Village","level":"village"}],"businessId":"SY-2026-0002","title":"fresh","dueAt":null,"parameters":{},"status":"active"},"elements":[{"key":1074790401,"elementId":"process","elementType":"bpmn:Process","name":"Process","scopeKey":null,"causes":[],"loopCounter":null,"variables":{"subject":"fresh","order":"fresh","houses":[1,2,3]},"multi":null,"joins":[]},{"key":1074790403,"elementId":"a","elementType":"bpmn:UserTask","name":"A","scopeKey":1074790401,"causes":[1074790402],"loopCounter":null,"variables":{},"multi":null,"joins":[]}],"tasks":[{"key":1074790404,"elementId":"a","elementInstanceKey":1074790403,"name":"A","status":"created","assignee":null,"dueAt":null,"priority":50}],"endedTasks":[],"timers":[],"subscriptions":[],"jobs":[],"incidents":[]}');
INSERT INTO "stream" VALUES(1,1,'36bc2e714f10e8c3d9c31c192d6d4f754cd57dbaf28c6131c344122a4f321d4e',3,2);
INSERT INTO "stream" VALUES(4,2,'9040d4cfad9d2380940e0d4fe8083aecc6ab6a5f722492de1552da4fdde0f8c0',4,2);
INSERT INTO "stream" VALUES(1024,4,'e4f2421db66d8e0d3bd1115e892be3fc08f5eb36dddf788101ff95b05c4b4e2d',44,0);
INSERT INTO "stream" VALUES(1025,1,'a4eb77733c84b4f5883335352d874b46c159b9a2efdc3e1da4313a755def7bbf',8,0);
INSERT INTO "task_candidate" VALUES(1073741828,'clerk','v1',1073741825,0);
INSERT INTO "task_candidate" VALUES(1074790404,'clerk','v1',1074790401,1);
INSERT INTO "task_candidate" VALUES(1073741837,'clerk','v1',1073741825,0);
INSERT INTO "task_candidate" VALUES(1073741839,'clerk','v1',1073741825,1);
INSERT INTO "task_candidate" VALUES(1073741841,'clerk','v1',1073741825,1);
INSERT INTO "timer" VALUES(1073741831,1073741825,'late',1073741830,1772499600000,0,1772413200000);
INSERT INTO "trail" VALUES(1,1,1,1772413200000,'system','seed','deploy','deployment.create','[["deployment.create",null,1,"03c08e880606835462db69994630a2439c131c3eb9d29cea5621844555334718"],["deployment.created",1048577,1,"994546d003957c43ca67d7c7a86cb43d6771283c40fc865e0aebd4accc8b3d44"],["processDefinition.created",1048578,1,"e8d04006b7b132ecd917fa621212bb9e4684f8660eef46f217ada02295f70208"]]','0000000000000000000000000000000000000000000000000000000000000000','36bc2e714f10e8c3d9c31c192d6d4f754cd57dbaf28c6131c344122a4f321d4e');
INSERT INTO "trail" VALUES(1024,1,1,1772413200000,'person','clerk','half','processInstance.create','[["processInstance.create",null,1,"a80eb47723fc40a51213b4d81b70d9036394729ea665376bb97634bd9f354716"],["processInstance.created",1073741825,1,"2afbb4a7b2661a87c59021bb6e0be4edb003dd801617d4cb09998f0b936e98b8"],["variables.set",1073741825,1,"5a6d5dbd7fbbcc7c214064a01bae69d2dced26ea4efed920f42540314dca3a8b"],["element.activated",1073741826,1,"e9d1e046c54d6431215a15bcae3ff364d93ca08e80489fd6e48c4a9c842feafc"],["element.completed",1073741826,1,"a5f6f6e0412f89ba0b4349a0c18bd50e88df0d11a0d59c90696110cd819f04ea"],["sequenceFlow.taken",1073741826,1,"d473cf187e356f25403b43df271572afca207762ceffd856f0ec1f5a9c6bb506"],["element.activated",1073741827,1,"6517d9353d0107184d9b2c73a4d64221fd0af080d5b7665e2316563ba3a9546d"],["userTask.created",1073741828,1,"7292f991c73ee6c49a6a6c9a250acf98f8a050377ffd9fef4dc475a41ac08d4d"]]','0000000000000000000000000000000000000000000000000000000000000000','bb51a1cbb6710eaaf38c5889014b6db6b52353d17a9ee8c09e77940781e2072f');
INSERT INTO "trail" VALUES(1025,1,1,1772413200000,'person','clerk','fresh','processInstance.create','[["processInstance.create",null,1,"8565b84be950676b8ec657698448aedac69bc990e5a39d659e0fd0a2235dc4a9"],["processInstance.created",1074790401,1,"32117d17acd7e1e7d70ba6c66c8ea7489b2e956778bf8fd60531299192e6ae5e"],["variables.set",1074790401,1,"59a14ae1f87269316e7c21fcbdf3fac50e8f5a72492c392504f0a6e260584c79"],["element.activated",1074790402,1,"82b7b590cca15770670a813c05a6cfbdc30334222856f15e6587c4915f93d04d"],["element.completed",1074790402,1,"9d5548257b4dd012b88799ca0e2c26502e1ae674961a612054b42883f6ac84a6"],["sequenceFlow.taken",1074790402,1,"6962f5755ae811de40e7b8c78a3930350dd4523043b2c7a320cc56ff171f0293"],["element.activated",1074790403,1,"b450f1457ffb2a04a882674a14e6813c9ff0a41d8b53f463a5a8173e7e9565bf"],["userTask.created",1074790404,1,"8c5768a4d6eb9717dce0120157c3687900803051887e83785918c5411d92ae64"]]','0000000000000000000000000000000000000000000000000000000000000000','a4eb77733c84b4f5883335352d874b46c159b9a2efdc3e1da4313a755def7bbf');
INSERT INTO "trail" VALUES(1024,2,9,1772413200000,'person','clerk','half a','userTask.complete','[["userTask.complete",1073741828,1,"cbe52540dc41f5adb44c620ac280199a7bd3ba169066a8375663f578b8e5d311"],["userTask.completed",1073741828,1,"82478edf9813ae10ee869ef205fecacfd191416cac3a9251b90cd36b780d9a03"],["element.completed",1073741827,1,"55bd1ba4c84e96c31a863004a19f4c37fdfdf6c1cbe511b200faa85bbddf9cfa"],["sequenceFlow.taken",1073741827,1,"9e5b22a7df7bec729af65e314ef6da2b15ad5e3fa525713e09c817f1cbfba0b8"],["element.activated",1073741829,1,"37971dc8ee94cbf8f8cc42713d5d0dc6839fba9ee6a5b9cc9a0617d311b805fd"],["element.completed",1073741829,1,"ccf656d80b34a94a71b3c5210ac0c9b601c93afbdff01256a4c524a0feee3200"],["sequenceFlow.taken",1073741829,1,"630800ebf12060b56cd04e6d464ddcb0c955305434d5b8dae61a01894002e764"],["sequenceFlow.taken",1073741829,1,"105a0fa12f961079c296b15ad2bf386c84b99e55c42970a86f7ff45bd476ff4a"],["sequenceFlow.taken",1073741829,1,"0f42944ba7cbd640f06cf3fac1d1834cc952ef03bc1015a2517035255e8cfbe1"],["element.activated",1073741830,1,"51f2bc705c9af67353a91503f9093d4e94a0c37d2608d8876323f76e5fe3baea"],["timer.created",1073741831,1,"c0dec08bef14199c95c689996114524175ad308a69d52fc9ee15cd7cd01f6fb7"],["multiInstance.started",1073741830,1,"373b8fa68b1f568fc03396db9dd41ab2928a71eece1f7fb9fe485a12b3b435b9"],["element.activated",1073741832,1,"f5dc9583fdb30109e2246062f1bc842fb8856a0c132cdae5fc22efbf76d2dfd2"],["job.created",1073741833,1,"31bc6749a3d0a785c222c2e9f7d4efdee5561151e2588f3d848180c9bfac03ec"],["element.activated",1073741834,1,"99b8d80069e3de5547f905675ffb4ec872f6a77c1ed58706c7613bf58da2675e"],["messageSubscription.created",1073741835,1,"283271e18772448801e89ea32b57827e11996368c508a2e8366a72c189c983e7"],["element.activated",1073741836,1,"e05e98935876d45f6e7e1d52ee9f8b01c782a2a7e09f1e08a42a225e39c2549c"],["variables.set",1073741836,1,"adf4a8e6a25e09a5be52d6826ea391d5193d1074cb46aac364ba5f546c66b487"],["userTask.created",1073741837,1,"39f3726a7284eb701542a0fdba03da05dfef3d31d8e2f75028ac1c93720a2c57"],["element.activated",1073741838,1,"0d01ea773372311c60fe2ccc0dd125c0eb94bc542e67671f91f08e57fc10a5ca"],["variables.set",1073741838,1,"916392bfd69df5427b29996651a2df955f095cbfbe2b837d79da314eda5e7ae7"],["userTask.created",1073741839,1,"0ab35b72102351145bb1b824e4ca6883385539f9e36fed42064a5bb96a5c08a6"],["element.activated",1073741840,1,"28f7c6403a6e83c7217031f79a014388a91ce72087386f2afe40ab37c998f010"],["variables.set",1073741840,1,"da3104dccf73771775471b272acdf3e66e1876f60518be991a1243c175d9fed3"],["userTask.created",1073741841,1,"8fe23951d9efdfeafb99940776ec9ea5dd4248c5e2653eed39f433b30dfd6290"]]','bb51a1cbb6710eaaf38c5889014b6db6b52353d17a9ee8c09e77940781e2072f','7e5431bebcc0e5288fc94328cc1c356d690eae4d9609d00ef9933873225c42ea');
INSERT INTO "trail" VALUES(1024,3,34,1772413200000,'person','clerk','half each','userTask.complete','[["userTask.complete",1073741837,1,"6098e6956e0933f52e661e20a7337ff9ce40c4911bf60dec475db0ebbc72c63a"],["userTask.completed",1073741837,1,"36a6b8477a04835822040a229e7522a5b87685e897ec8401e188bbf0c6c7a3c0"],["variables.set",1073741836,1,"fc95f9801d95bf91dc235dad6a8738f76655f0e733a3f2181a921bc42630b926"],["multiInstance.collected",1073741830,1,"8fa043e7c1f7b603f5d7ddcb03a1a329602f72ce04707abbb63225d07ed68dd4"],["element.completed",1073741836,1,"3437aa22dc8632890a387215a1aed352a7f018a03cf0e92960a4e88cffd668d3"]]','7e5431bebcc0e5288fc94328cc1c356d690eae4d9609d00ef9933873225c42ea','021d487ebc1415439363ad02b08542de371687c05b04bbf0d107c39d9c5802f2');
INSERT INTO "trail" VALUES(4,1,1,1772413200000,'system','seed','paid','message.publish','[["message.publish",null,1,"29c8100d93a97c53faf51c07fdd2f4730a354bbf9da3eb688bee7dd7640b22be"],["message.published",4194305,1,"481ec24ed60a69395dfe3e6251259b81a68b8b1356ac2a48835c486f33d19bc8"]]','0000000000000000000000000000000000000000000000000000000000000000','0203fedfff75aafa6c225b0bfd6bc28377fdcf4d657e3f107b001a474a2d802c');
INSERT INTO "trail" VALUES(4,2,3,1772413200000,'system','seed','kept','message.publish','[["message.publish",null,1,"9106ea9c550fac8c9b1485de2d84ef5bd643c8847831e4176a6b0050ffdae77c"],["message.published",4194306,1,"e7017494107a0dcd2355f074376b1eb54618079657f6d473ba062d5e2db07ff8"]]','0203fedfff75aafa6c225b0bfd6bc28377fdcf4d657e3f107b001a474a2d802c','9040d4cfad9d2380940e0d4fe8083aecc6ab6a5f722492de1552da4fdde0f8c0');
INSERT INTO "trail" VALUES(1024,4,39,1772413200000,'system','outbox','message:4194305:1073741835','message.correlate','[["message.correlate",1073741835,1,"0c40f553d026c4357f13b50f7a4b538e86c665dcf4118c14f295136e9ca1642c"],["messageSubscription.correlated",1073741835,1,"7c38f8e9c6601876bb04d0941be399f8cd7784a0f5d5cd20eb765ad5c486b1b3"],["variables.set",1073741825,1,"bac61c0d1b58e573f995daeabbd9b2fc50170365f845c181ae7d2447072fa652"],["element.completed",1073741834,1,"e9c85cb40b40bda060ec12bf5b065bc57a9537f6fd33cd17adf15706672dda2b"],["sequenceFlow.taken",1073741834,1,"eeed2247f6fceb78b3ff5b82d5fa2a59d4bb353a1944ddfd30b0a7711078ac94"],["join.arrived",1073741834,1,"131d6e133ad27141ac31711db690520f0b3fc247117feab4d809386ac31f32b3"]]','021d487ebc1415439363ad02b08542de371687c05b04bbf0d107c39d9c5802f2','e4f2421db66d8e0d3bd1115e892be3fc08f5eb36dddf788101ff95b05c4b4e2d');
INSERT INTO "user_task" VALUES(1073741828,1073741825,1073741827,'a','A','completed',NULL,'[]',NULL,NULL,NULL,NULL,50,1772413200000,1772413200000,'clerk');
INSERT INTO "user_task" VALUES(1073741837,1073741825,1073741836,'each','Each','completed',NULL,'[]',NULL,NULL,NULL,NULL,50,1772413200000,1772413200000,'clerk');
INSERT INTO "user_task" VALUES(1073741839,1073741825,1073741838,'each','Each','created',NULL,'[]',NULL,NULL,NULL,NULL,50,1772413200000,NULL,NULL);
INSERT INTO "user_task" VALUES(1073741841,1073741825,1073741840,'each','Each','created',NULL,'[]',NULL,NULL,NULL,NULL,50,1772413200000,NULL,NULL);
INSERT INTO "user_task" VALUES(1074790404,1074790401,1074790403,'a','A','created',NULL,'[]',NULL,NULL,NULL,NULL,50,1772413200000,NULL,NULL);
INSERT INTO "variable" VALUES(1073741825,'subject',53211406003387,1073741825,'"half"');
INSERT INTO "variable" VALUES(1073741825,'order',794907261301190,1073741825,'"half"');
INSERT INTO "variable" VALUES(1073741825,'houses',1743497852928347,1073741825,'[1,2,3]');
INSERT INTO "variable" VALUES(1074790401,'subject',3786789048207393,1074790401,'"fresh"');
INSERT INTO "variable" VALUES(1074790401,'order',2499153150198970,1074790401,'"fresh"');
INSERT INTO "variable" VALUES(1074790401,'houses',4482309819024878,1074790401,'[1,2,3]');
INSERT INTO "variable" VALUES(1073741836,'yes',952333810241749,1073741825,'true');
INSERT INTO "variable" VALUES(1073741836,'house',421624950300761,1073741825,'1');
INSERT INTO "variable" VALUES(1073741838,'yes',2447289931551729,1073741825,'null');
INSERT INTO "variable" VALUES(1073741838,'house',1079046688573942,1073741825,'2');
INSERT INTO "variable" VALUES(1073741840,'yes',1450060426621365,1073741825,'null');
INSERT INTO "variable" VALUES(1073741840,'house',1133576052214921,1073741825,'3');
INSERT INTO "variable" VALUES(1073741825,'paid',722397521167553,1073741825,'true');
