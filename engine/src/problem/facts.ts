import type { ProblemCode } from './catalog.ts'

/** Facts every problem of a model and every incident has: where it is. */
export const commonFacts = ['elementId', 'elementName', 'resource'] as const

/**
 * The facts a code may carry, by name. A text may ask for these and the common ones and nothing else; a code may carry
 * fewer, the text then leaves that part out.
 */
export const factsOf: { readonly [code in ProblemCode]?: readonly string[] } = {
  // line: 1-based. message: what the parser said.
  XML_UNREADABLE: ['message', 'line'],
  DOCTYPE_NOT_ALLOWED: ['line'],
  // what: bytes | elements | depth | namespaces | fields | nesting | options | expressions | attributes |
  // entities; found and limit in that unit.
  RESOURCE_TOO_LARGE: ['what', 'found', 'limit'],
  MODEL_WARNING: ['message', 'line'],
  DUPLICATE_ID: ['id'],
  DANGLING_REFERENCE: ['property', 'id'],
  // type: as in the file, bpmn:InclusiveGateway.
  ELEMENT_NOT_EXECUTED: ['type'],
  EVENT_NOT_EXECUTED: ['type'],
  JOB_TYPE_UNKNOWN: ['type'],
  URL_NOT_HTTP: ['found'],
  EGRESS_NOT_LISTED: ['host'],
  ARCHIVE_ABSENT: ['path'],
  // position: 1-based character of the expression. row: 1-based rule of the table. message: what is wrong, in English.
  EXPRESSION_INVALID: ['expression', 'position', 'row', 'property', 'message'],
  EXPRESSION_MISSING: ['property'],
  CONDITION_MISSING: ['flow', 'gateway'],
  FORM_NOT_FOUND: ['formId'],
  DECISION_NOT_FOUND: ['decisionId'],
  // reason: a key of the words. found: the offending text. field: label, path or key. key: path or key.
  FORM_INVALID: ['reason', 'field', 'key', 'found'],
  DECISION_INVALID: ['reason', 'row', 'found'],
  OPTION_MISSING: ['field', 'key', 'row', 'found'],
  PEOPLE_UNKNOWN: ['people'],
  // field: name of the field, else its key or where it stands in the file. key: its key. reason: a key of fieldReasons.
  FIELD_INVALID: ['field', 'key', 'reason', 'found'],
  // step: element id. field: name of the field, its key where the dictionary has none; key: always its key.
  ACCESS_STEP_MISSING: ['step'],
  ACCESS_FIELD_MISSING: ['field', 'step'],
  FIELD_NOT_FILLED: ['field', 'key'],
  FIELD_NOT_READ: ['field', 'key'],
  FIELD_NAME_TWICE: ['field', 'key', 'step'],
  FIELD_PUBLISHED: ['field', 'key'],
  // form: title of the form.
  FORM_FIELD_KIND: ['field', 'key', 'form'],
  VARIABLE_NOT_WRITTEN: ['variable'],
  TITLE_FIELD_HIDDEN: ['field', 'key'],
  TIMER_INVALID: ['value', 'expression'],
  CYCLE_WITHOUT_WAIT: ['elements'],
  CALLED_PROCESS_NOT_FOUND: ['processId', 'binding'],
  EVENT_GATEWAY_FLOWS: ['count'],
  EVENT_GATEWAY_TARGET: ['target'],
  AD_HOC_ELEMENT_UNKNOWN: ['elements'],
  COMPENSATION_HANDLER: ['count'],
  LINK_WITHOUT_PARTNER: ['link'],
  JOIN_NEVER_FILLS: ['elements'],
  INCLUSIVE_JOINS_WAIT: ['elements'],
  // cause: passes | error | escalation.
  EVENT_NEVER_HAPPENS: ['cause'],
  TIMER_WITHOUT_END: ['value'],
  CALLED_TOO_DEEP: ['limit'],
  STARTED_TOO_DEEP: ['limit'],
  NAME_MISSING: ['expression', 'missing'],
  // left, right: names of FEEL types. operator: as written.
  VALUES_UNLIKE: ['expression', 'operator', 'left', 'right'],
  START_EVENT_NOT_FOUND: ['startEventId'],
  // found: the path of the entry, or what the YAML reader said.
  PACKAGE_FILE_INVALID: ['found'],
  NO_FLOW_TAKEN: ['count', 'conditions'],
  CONDITION_NOT_BOOLEAN: ['expression', 'result', 'flow'],
  EXPRESSION_FAILED: ['expression', 'message'],
  DECISION_FAILED: ['decisionId', 'message'],
  CANDIDATE_UNIT_NOT_FOUND: ['role', 'level', 'unit'],
  ERROR_NOT_CAUGHT: ['errorCode', 'message'],
  JOB_RETRIES_EXHAUSTED: ['type', 'message'],
  // role, unit: each that was looked at.
  ROLE_HELD_BY_NOBODY: ['role', 'unit'],
  COLLECTION_NOT_A_LIST: ['expression', 'found'],
  COLLECTION_TOO_LARGE: ['found', 'limit'],
  STEP_TOO_LONG: ['limit'],
  CORRELATION_KEY_INVALID: ['expression', 'found'],
  SIGN_IN_FAILED: [],
  // why: a key of bodyFaults; limit: the number or words it ends with; type: what a value should be, as for FIELD_TYPE.
  BODY_UNREADABLE: ['why', 'limit'],
  BODY_INVALID: ['field', 'why', 'limit', 'type'],
  BODY_TOO_LARGE: ['limit'],
  REQUEST_UNREADABLE: [],
  REQUEST_TOO_SLOW: [],
  HEADERS_TOO_LARGE: [],
  DEPLOYMENT_REFUSED: ['count'],
  ANSWERS_REFUSED: ['count'],
  FIELD_REQUIRED: ['field'],
  // type: a key of expectations.
  FIELD_TYPE: ['field', 'type'],
  FIELD_UNKNOWN: ['field'],
  FIELD_NOT_WRITABLE: ['field'],
  // of: number | length | rows; min and max inclusive.
  FIELD_OUT_OF_RANGE: ['field', 'of', 'min', 'max'],
  FIELD_PATTERN: ['field', 'message'],
  FIELD_NOT_AN_OPTION: ['field'],
  FIELD_CHECK_FAILED: ['field', 'message'],
  // part: birth | digit.
  FIELD_ID_NUMBER: ['field', 'part'],
  FIELD_ATTENDANCE: ['field', 'expected', 'present'],
  // sum: of yes, no and abstain.
  FIELD_VOTES_SUM: ['field', 'present', 'yes', 'no', 'abstain', 'sum'],
  // came: those present by the attendance field.
  FIELD_VOTES_PRESENT: ['field', 'present', 'came'],
  FIELD_PAPER_MISSING: ['field', 'item'],
  // kinds: types and ends of names, as the form lists them.
  FIELD_FILE_KIND: ['field', 'name', 'kinds'],
  // row: 1-based. column: its name.
  FIELD_CELL_REQUIRED: ['field', 'row', 'column'],
  FIELD_CELL_TYPE: ['field', 'row', 'column', 'type'],
  FIELD_PERSON_UNKNOWN: ['field'],
  FIELD_UNIT_UNKNOWN: ['field'],
  USER_TASK_COMPLETED: ['task', 'status'],
  USER_TASK_ASSIGNED: ['task', 'assignee'],
  USER_TASK_NOT_ASSIGNED: ['task'],
  PROCESS_INSTANCE_ENDED: ['status'],
  // element: its id, else the key of an instance. modification: a key of modificationFaults. instance: a key.
  MODIFICATION_REFUSED: ['element', 'modification', 'instance'],
  STATE_CONFLICT: ['state'],
  FILE_TYPE_REFUSED: ['name', 'found', 'allowed'],
  FILE_INFECTED: ['name'],
  SCAN_UNAVAILABLE: [],
  FILE_TOO_LARGE: ['name', 'limit'],
  ID_OF_ANOTHER_PACKAGE: ['id'],
  PACKAGE_ID_DIFFERS: ['id', 'found'],
  // files: names. by: name of a person. at: ISO 8601.
  DRAFT_CONFLICT: ['files', 'by', 'at'],
  PROCESS_RETIRED: ['processId'],
  // files: the most there may be; or limit: bytes.
  PACKAGE_TOO_LARGE: ['files', 'limit'],
  // archive: a key of archiveFaults. name: of the archive. found: a path in it.
  ARCHIVE_INVALID: ['name', 'archive', 'found'],
  MIGRATION_NOT_POSSIBLE: ['count'],
  // reason: a key of migrationReasons. target: id of an element or flow. message: of an expression that failed.
  ELEMENT_NOT_MIGRATED: ['reason', 'target', 'elementInstanceKey', 'message'],
  FILE_EMPTY: ['name'],
  TOO_MANY_REQUESTS: ['seconds'],
  // operation: as Camunda names it, createTenant.
  NOT_IMPLEMENTED: ['operation'],
  // allowed: methods, parted by commas.
  METHOD_NOT_ALLOWED: ['method', 'allowed'],
  // name: of the message.
  MESSAGE_NOT_CORRELATED: ['name'],
  MESSAGE_ID_TAKEN: ['name', 'messageId'],
  // key: of the case. limit: milliseconds.
  COMPLETION_AWAITED_TOO_LONG: ['key', 'limit'],
  OVERLOADED: ['seconds'],
}

/** Keys a `reason` may have; each has its words in every language. */
export const reasons = [
  'noId',
  'noDecision',
  'circle',
  'noLogic',
  'noOutput',
  'sameOutput',
  'aggregation',
  'noPriorities',
  'columns',
  'hitPolicy',
  'language',
  'typeCircle',
  'entryName',
  'entryTwice',
  'noIterator',
  'noOutputDecision',
  'tooHigh',
  'notJson',
  'notForm',
  'schemaVersion',
  'noFormId',
  'noComponents',
  'notAComponent',
  'typeNotSupported',
  'noKey',
  'keyInvalid',
  'keyTwice',
  'keyClash',
  'pattern',
  'patternSlow',
  'limit',
  'optionValue',
  'optionTwice',
  'noOptions',
  'path',
  'reference',
  'checkMessage',
  'subtype',
  'action',
  'noColumns',
  'columnInvalid',
  'columnTwice',
  'noItems',
  'itemInvalid',
  'itemTwice',
] as const
export type Reason = (typeof reasons)[number]

/** Keys a `reason` of the data dictionary may have beside these: what is wrong with an entry of `fields.yaml`. */
export const fieldReasons = [
  'noKey',
  'keyInvalid',
  'keyTwice',
  'pattern',
  'limit',
  'optionValue',
  'optionTwice',
  'noOptions',
  'checkMessage',
  'notAField',
  'notAList',
  'notAMapping',
  'noName',
  'kindUnknown',
  'gradeUnknown',
  'accessUnknown',
  'memberUnknown',
  'notText',
  'notYesNo',
  'optionLabel',
  'tooMany',
  'messageWithoutCheck',
  'checkInvalid',
  'roleInvalid',
  'levelInvalid',
  'initialInvalid',
  'noColumns',
  'columnInvalid',
  'columnTwice',
  'noItems',
  'itemInvalid',
  'itemTwice',
  'attendanceUnknown',
] as const
export type FieldReason = (typeof fieldReasons)[number]

/** Keys a `reason` of something that cannot be migrated may have. */
export const migrationReasons = [
  // of the mappings
  'sourceTwice',
  'sourceUnknown',
  'targetUnknown',
  'targetTwice',
  // of what is active
  'unmapped',
  'type',
  'eventType',
  'implementation',
  'multiInstance',
  'scope',
  'listener',
  'ending',
  'startEvent',
  // of what waits at it
  'eventMoved',
  'eventFails',
  'joinFlows',
  'joinFlow',
  'undoing',
] as const
export type MigrationReason = (typeof migrationReasons)[number]

/** Keys a `why` may have: what is wrong with a request's body or an entry of it. */
export const bodyFaults = [
  'notMultipart',
  'notJsonType',
  'notUtf8',
  'cutOff',
  'empty',
  'notJson',
  'protoName',
  'nameTwice',
  'tooDeep',
  'numberTooLarge',
  'halfCharacter',
  'nulCharacter',
  'shape',
  'missing',
  'unknown',
  'oneOf',
  'pattern',
  'isoTime',
  'atLeast',
  'atMost',
  'charactersAtLeast',
  'charactersAtMost',
  'itemsAtLeast',
  'itemsAtMost',
  'key',
  'cursor',
  'oneFile',
  'filesAtMost',
  'jsonText',
  'either',
  'unit',
  'notOffered',
] as const
export type BodyFault = (typeof bodyFaults)[number]

/** Keys of `expects`: what a field wants. */
export const expectations = [
  'text',
  'number',
  'integer',
  'boolean',
  'list',
  'rows',
  'date',
  'time',
  'dateTime',
  'files',
  'option',
  'object',
  'photos',
  'signature',
  'papers',
  'idNumber',
  'mobile',
  'money',
  'person',
  'unit',
  'attendance',
  'votes',
] as const
export type Expectation = (typeof expectations)[number]

/** Keys of `archive`: why an archive cannot be used. */
export const archiveFaults = ['unreadable', 'tooManyFiles', 'tooLarge', 'outside', 'twice', 'noProcess'] as const
export type ArchiveFault = (typeof archiveFaults)[number]

/** Keys of `modification`: why an instruction cannot be carried out. */
export const modificationFaults = [
  'unknown',
  'notAlone',
  'multiInstance',
  'ambiguous',
  'noAncestor',
  'notAncestor',
  'notActive',
  'scopeTerminated',
  'variableScope',
  'noInstance',
  'process',
  'calledEmptied',
] as const
export type ModificationFault = (typeof modificationFaults)[number]
