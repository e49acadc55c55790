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
  MODEL_WARNING: ['message'],
  DUPLICATE_ID: ['id'],
  DANGLING_REFERENCE: ['property', 'id'],
  // type: as in the file, bpmn:InclusiveGateway.
  ELEMENT_NOT_EXECUTED: ['type'],
  EVENT_NOT_EXECUTED: ['type'],
  // position: 1-based character of the expression. row: 1-based rule of the table. message: what is wrong, in English.
  EXPRESSION_INVALID: ['expression', 'position', 'row', 'property', 'message'],
  EXPRESSION_MISSING: ['property'],
  CONDITION_MISSING: ['flow', 'gateway'],
  FORM_NOT_FOUND: ['formId'],
  DECISION_NOT_FOUND: ['decisionId'],
  // reason: a key of the words. found: the offending text. field: path or key.
  FORM_INVALID: ['reason', 'field', 'found'],
  DECISION_INVALID: ['reason', 'row', 'found'],
  TIMER_INVALID: ['value', 'expression'],
  CYCLE_WITHOUT_WAIT: ['elements'],
  // found: the path of the entry, or what the YAML reader said.
  PACKAGE_FILE_INVALID: ['found'],
  NO_FLOW_TAKEN: ['count', 'conditions'],
  CONDITION_NOT_BOOLEAN: ['expression', 'result', 'flow'],
  EXPRESSION_FAILED: ['expression', 'message'],
  DECISION_FAILED: ['decisionId', 'message'],
  CANDIDATE_UNIT_NOT_FOUND: ['role', 'level', 'unit'],
  ERROR_NOT_CAUGHT: ['errorCode', 'message'],
  JOB_RETRIES_EXHAUSTED: ['type', 'message'],
  COLLECTION_NOT_A_LIST: ['expression', 'found'],
  COLLECTION_TOO_LARGE: ['found', 'limit'],
  STEP_TOO_LONG: ['limit'],
  CORRELATION_KEY_INVALID: ['expression', 'found'],
  SIGN_IN_FAILED: [],
  // why: a key of bodyFaults; limit: the number or words it ends with; type: what a value should be, as for FIELD_TYPE.
  BODY_UNREADABLE: ['why', 'limit'],
  BODY_INVALID: ['field', 'why', 'limit', 'type'],
  BODY_TOO_LARGE: ['limit'],
  DEPLOYMENT_REFUSED: ['count'],
  ANSWERS_REFUSED: ['count'],
  FIELD_REQUIRED: ['field'],
  // type: text | number | integer | boolean | list | rows | date | time | dateTime | files | option | object.
  FIELD_TYPE: ['field', 'type'],
  FIELD_UNKNOWN: ['field'],
  FIELD_NOT_WRITABLE: ['field'],
  // of: number | length | rows; min and max inclusive.
  FIELD_OUT_OF_RANGE: ['field', 'of', 'min', 'max'],
  FIELD_PATTERN: ['field', 'message'],
  FIELD_NOT_AN_OPTION: ['field'],
  FIELD_CHECK_FAILED: ['field', 'message'],
  USER_TASK_COMPLETED: ['task', 'status'],
  USER_TASK_ASSIGNED: ['task', 'assignee'],
  USER_TASK_NOT_ASSIGNED: ['task'],
  PROCESS_INSTANCE_ENDED: ['status'],
  STATE_CONFLICT: ['found'],
  FILE_TYPE_REFUSED: ['name', 'found', 'allowed'],
  FILE_TOO_LARGE: ['name', 'limit'],
  FILE_EMPTY: ['name'],
  TOO_MANY_REQUESTS: ['seconds'],
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
  'limit',
  'optionValue',
  'optionTwice',
  'noOptions',
  'path',
  'reference',
  'checkMessage',
  'subtype',
  'action',
] as const
export type Reason = (typeof reasons)[number]

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
] as const
export type Expectation = (typeof expectations)[number]
