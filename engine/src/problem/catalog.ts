/**
 * Every code Bihuan speaks, append-only. `status` is the HTTP status of a rejection (RFC 9457); codes without one are
 * problems of models or incidents. The words stand in `zh-cn.ts` and `en.ts`.
 */
export const catalog = {
  // models
  XML_UNREADABLE: {},
  DOCTYPE_NOT_ALLOWED: {},
  RESOURCE_TOO_LARGE: {},
  MODEL_WARNING: {},
  DUPLICATE_ID: {},
  DANGLING_REFERENCE: {},
  ELEMENT_NOT_EXECUTED: {},
  EVENT_NOT_EXECUTED: {},
  PROCESS_NOT_EXECUTABLE: {},
  START_EVENT_MISSING: {},
  EXPRESSION_INVALID: {},
  EXPRESSION_MISSING: {},
  CONDITION_MISSING: {},
  FORM_NOT_FOUND: {},
  DECISION_NOT_FOUND: {},
  FORM_INVALID: {},
  DECISION_INVALID: {},
  JOB_TYPE_MISSING: {},
  MESSAGE_MISSING: {},
  TIMER_INVALID: {},
  CYCLE_WITHOUT_WAIT: {},
  PACKAGE_FILE_INVALID: {},
  RESOURCE_NOT_SUPPORTED: {},
  // incidents
  NO_FLOW_TAKEN: {},
  CONDITION_NOT_BOOLEAN: {},
  EXPRESSION_FAILED: {},
  DECISION_FAILED: {},
  CANDIDATE_UNIT_NOT_FOUND: {},
  ERROR_NOT_CAUGHT: {},
  JOB_RETRIES_EXHAUSTED: {},
  COLLECTION_NOT_A_LIST: {},
  COLLECTION_TOO_LARGE: {},
  STEP_TOO_LONG: {},
  CORRELATION_KEY_INVALID: {},
  // rejections
  NOT_FOUND: { status: 404 },
  NOT_SIGNED_IN: { status: 401 },
  SIGN_IN_FAILED: { status: 401 },
  FORBIDDEN: { status: 403 },
  ORIGIN_REFUSED: { status: 403 },
  BODY_UNREADABLE: { status: 400 },
  BODY_INVALID: { status: 422 },
  BODY_TOO_LARGE: { status: 413 },
  DEPLOYMENT_REFUSED: { status: 422 },
  ANSWERS_REFUSED: { status: 422 },
  FIELD_REQUIRED: { status: 422 },
  FIELD_TYPE: { status: 422 },
  FIELD_UNKNOWN: { status: 422 },
  FIELD_NOT_WRITABLE: { status: 422 },
  FIELD_OUT_OF_RANGE: { status: 422 },
  FIELD_PATTERN: { status: 422 },
  FIELD_NOT_AN_OPTION: { status: 422 },
  FIELD_CHECK_FAILED: { status: 422 },
  USER_TASK_COMPLETED: { status: 409 },
  USER_TASK_ASSIGNED: { status: 409 },
  USER_TASK_NOT_ASSIGNED: { status: 409 },
  FORM_VERSION_STALE: { status: 409 },
  PROCESS_INSTANCE_ENDED: { status: 409 },
  STATE_CONFLICT: { status: 409 },
  IDEMPOTENCY_KEY_REUSED: { status: 422 },
  FILE_TYPE_REFUSED: { status: 422 },
  FILE_TOO_LARGE: { status: 413 },
  FILE_EMPTY: { status: 422 },
  TOO_MANY_REQUESTS: { status: 429 },
  STORAGE_UNAVAILABLE: { status: 507 },
  SHUTTING_DOWN: { status: 503 },
  UNEXPECTED: { status: 500 },
} as const satisfies { [code: string]: { status?: number } }

export type ProblemCode = keyof typeof catalog

/** Whether a text is one of our codes. */
export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(catalog, code)

/** HTTP status of a code; 422 for findings about models. */
export function statusOf(code: ProblemCode): number {
  const entry: { status?: number } = catalog[code]
  return entry.status ?? 422
}
