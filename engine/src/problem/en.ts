import type { Catalogue } from './words.ts'

/** English words. Expected what, but found what, by name; then one thing to do. */
export const english = {
  list: ', ',
  nothing: '(none)',
  words: {
    what: {
      bytes: 'bytes',
      elements: 'elements',
      depth: 'levels of nesting',
      namespaces: 'namespace declarations',
      fields: 'fields',
      nesting: 'levels of nesting',
      options: 'options',
    },
    answer: { true: 'yes', false: 'no' },
    of: { number: 'value', length: 'length', rows: 'number of rows' },
    type: {
      text: 'text',
      number: 'a number',
      integer: 'a whole number',
      boolean: 'yes or no',
      list: 'a list of options',
      rows: 'rows',
      date: 'a date',
      time: 'a time',
      dateTime: 'a date and time',
      files: 'uploaded files',
      option: 'one of the options',
      object: 'a group of fields',
    },
    reason: {
      noId: 'it has no id',
      noDecision: 'it holds no decision',
      circle: 'it requires itself through other decisions',
      noLogic: 'it has no rules',
      noOutput: 'it has no output column',
      sameOutput: 'two output columns have the same name',
      aggregation: 'an aggregated table may have one output column only',
      noPriorities: 'its hit policy goes by priority, but no output values are listed',
      columns: 'the row has another number of cells than the table has columns',
      hitPolicy: 'the hit policy is unknown',
      language: 'only FEEL expressions are evaluated',
      notJson: 'it is not a JSON object',
      notForm: 'it is not a form',
      schemaVersion: 'its schema version is not supported',
      noFormId: 'it has no id',
      noComponents: 'it has no components',
      notAComponent: 'an entry is not a component',
      typeNotSupported: 'the type is not supported',
      noKey: 'it has no key',
      keyInvalid: 'the key cannot be used',
      keyTwice: 'the key is used twice',
      keyClash: 'the key lies on the path of another field',
      pattern: 'the pattern cannot be used',
      limit: 'a limit is not a number',
      optionValue: 'the value of an option is not text, number or boolean',
      optionTwice: 'two options have the same value',
      noOptions: 'it has no options',
      path: 'the path cannot be used',
      reference: 'it refers to another schema',
      checkMessage: 'its check has no message',
      subtype: 'the kind of date is not supported',
      action: 'the button action is not supported',
    },
  },
  texts: {
    XML_UNREADABLE: {
      text: 'Expected "{resource}" to be well-formed XML, but it cannot be read⟦ at line {line}⟧⟦: {message}⟧.',
      todo: 'Export it again from the modeller.',
    },
    DOCTYPE_NOT_ALLOWED: {
      text: 'Expected "{resource}" to have no DOCTYPE, but there is one⟦ at line {line}⟧.',
      todo: 'Remove the DOCTYPE declaration.',
    },
    RESOURCE_TOO_LARGE: {
      text: 'Expected "{resource}" to have at most {limit} {what}, but it has {found}.',
      todo: 'Split it, or remove what is not used.',
    },
    MODEL_WARNING: {
      text: 'Expected every part of "{resource}" to be understood, but⟦ at "{elementName}"⟧: {message}.',
      todo: 'Remove or correct that part.',
    },
    DUPLICATE_ID: {
      text: 'Expected ids to be unique, but "{id}" is used twice.',
      todo: 'Give one of the two another id.',
    },
    DANGLING_REFERENCE: {
      text: 'Expected⟦ {property} of "{elementName}"⟧ to name an element of the file, but there is no "{id}".',
      todo: 'Point it to an existing element, or remove it.',
    },
    ELEMENT_NOT_EXECUTED: {
      text: 'Expected an element that can be executed, but "{elementName}" is a {type}.',
      todo: 'Replace it with one that is executed, or remove it.',
    },
    EVENT_NOT_EXECUTED: {
      text: 'Expected an event that can be executed at this place, but "{elementName}" is not⟦ ({type})⟧.',
      todo: 'Use a timer, message or error event, or remove it.',
    },
    PROCESS_NOT_EXECUTABLE: {
      text: 'Expected process "{elementName}" to be executable, but it is not marked so.',
      todo: 'Tick "executable" in the properties of the process.',
    },
    START_EVENT_MISSING: {
      text: 'Expected "{elementName}" to have a start event, but it has none.',
      todo: 'Draw a start event and connect it.',
    },
    EXPRESSION_INVALID: {
      text: 'Expected a FEEL expression⟦ as {property}⟧ of "{elementName}"⟦, row {row}⟧, but "{expression}" cannot be read⟦ at character {position}⟧⟦: {message}⟧.',
      todo: 'Correct the expression.',
    },
    EXPRESSION_MISSING: {
      text: 'Expected "{elementName}" to have an expression⟦ ({property})⟧, but it is empty.',
      todo: 'Fill in the expression.',
    },
    CONDITION_MISSING: {
      text: 'Expected every flow out of "{elementName}" to have a condition or to be the default, but one⟦ ("{flow}")⟧ has none.',
      todo: 'Give it a condition, or make it the default.',
    },
    FORM_NOT_FOUND: {
      text: 'Expected form "{formId}" of "{elementName}" to exist, but it does not.',
      todo: 'Deploy the form together with the process.',
    },
    DECISION_NOT_FOUND: {
      text: 'Expected decision "{decisionId}" of "{elementName}" to exist, but it does not.',
      todo: 'Deploy the decision together with the process.',
    },
    FORM_INVALID: {
      text: 'Expected form "{resource}" to be usable, but⟦ field "{field}":⟧ {reason}⟦ ({found})⟧.',
      todo: 'Correct it in the form editor.',
    },
    DECISION_INVALID: {
      text: 'Expected decision "{elementName}" to be usable, but⟦ in row {row}⟧ {reason}⟦ ({found})⟧.',
      todo: 'Correct it in the decision editor.',
    },
    JOB_TYPE_MISSING: {
      text: 'Expected service task "{elementName}" to name a job type, but it has none.',
      todo: 'Fill in the job type.',
    },
    MESSAGE_MISSING: {
      text: 'Expected "{elementName}" to name a message, but it names none.',
      todo: 'Fill in the message name.',
    },
    TIMER_INVALID: {
      text: 'Expected the timer of "{elementName}" to be a date, a duration or an expression for one, but it is⟦ "{value}"⟧⟦ ({expression})⟧.',
      todo: 'Write a date (2026-05-18T08:00:00+08:00), a duration (P8D) or an expression.',
    },
    CYCLE_WITHOUT_WAIT: {
      text: 'Expected every loop to wait somewhere, but⟦ {elements}⟧ would run round for ever.',
      todo: 'Put a task, timer or message into the loop, or remove the flow that leads back.',
    },
    PACKAGE_FILE_INVALID: {
      text: 'Expected "{resource}" to be a package file that can be read, but it has a fault⟦: {found}⟧.',
      todo: 'Correct that entry.',
    },
    RESOURCE_NOT_SUPPORTED: {
      text: 'Expected a process, decision, form or package file, but found "{resource}".',
      todo: 'Leave it out, or give it the right file extension.',
    },
    NO_FLOW_TAKEN: {
      text: 'Expected a condition on gateway "{elementName}" to be true, but all⟦ {count}⟧ were false and it has no default flow.',
      todo: 'Correct the data of the case and retry; mark one flow as default for later cases.',
    },
    CONDITION_NOT_BOOLEAN: {
      text: 'Expected the condition⟦ "{expression}"⟧ at "{elementName}" to be true or false, but it is⟦ {result}⟧.',
      todo: 'Complete the data it reads, then retry.',
    },
    EXPRESSION_FAILED: {
      text: 'Expected expression⟦ "{expression}"⟧ of "{elementName}" to have a value, but it failed⟦: {message}⟧.',
      todo: 'Correct the data it reads, then retry.',
    },
    DECISION_FAILED: {
      text: 'Expected decision⟦ "{decisionId}"⟧ of "{elementName}" to have a result, but it failed⟦: {message}⟧.',
      todo: 'Correct the decision or the data it reads, then retry.',
    },
    CANDIDATE_UNIT_NOT_FOUND: {
      text: 'Expected a unit⟦ of level {level}⟧⟦ above {unit}⟧ for role "{role}" of "{elementName}", but there is none.',
      todo: 'Add the unit to the organisation, then retry.',
    },
    ERROR_NOT_CAUGHT: {
      text: 'Expected error "{errorCode}" of "{elementName}" to be caught, but no boundary or event sub-process catches it⟦: {message}⟧.',
      todo: 'Remove the cause and retry; draw an error boundary for later cases.',
    },
    JOB_RETRIES_EXHAUSTED: {
      text: 'Expected job⟦ {type}⟧ of "{elementName}" to succeed, but all retries are used up⟦: {message}⟧.',
      todo: 'Repair the other system, then retry.',
    },
    COLLECTION_NOT_A_LIST: {
      text: 'Expected the collection⟦ "{expression}"⟧ of "{elementName}" to be a list, but it is⟦ {found}⟧ something else.',
      todo: 'Correct where the list comes from, then retry.',
    },
    COLLECTION_TOO_LARGE: {
      text: 'Expected the list of "{elementName}" to have at most {limit} items, but it has {found}.',
      todo: 'Shorten the list, then retry.',
    },
    STEP_TOO_LONG: {
      text: 'Expected the case to wait somewhere, but at "{elementName}" it had taken more than⟦ {limit}⟧ steps at once.',
      todo: 'Look for a flow that leads back, correct it, then retry.',
    },
    CORRELATION_KEY_INVALID: {
      text: 'Expected the correlation key⟦ "{expression}"⟧ of "{elementName}" to be text or a number, but it is⟦ {found}⟧ something else.',
      todo: 'Complete the data it reads, then retry.',
    },
    NOT_FOUND: {
      text: 'There is nothing here, or you may not see it.',
      todo: 'Check the address; ask the person in charge for the case of others.',
    },
    NOT_SIGNED_IN: {
      text: 'Nobody is signed in, or the session has ended.',
      todo: 'Sign in again; what you have written is kept.',
    },
    SIGN_IN_FAILED: {
      text: 'The user name or the password is wrong.',
      todo: 'Check both and try again; the system administrator can set a new password.',
    },
    FORBIDDEN: {
      text: 'You may not do this.',
      todo: 'Ask someone in that position, or have the security administrator check yours.',
    },
    ORIGIN_REFUSED: {
      text: 'Expected the request to come from this site, but it came from another.',
      todo: 'Return to the page of this system.',
    },
    BODY_UNREADABLE: {
      text: 'The content sent cannot be read⟦: {why}⟧.',
      todo: 'Correct the format and send it again.',
    },
    BODY_INVALID: {
      text: 'Expected "{field}" to have the shape the interface describes, but it has not⟦: {why}⟧.',
      todo: 'Correct this entry.',
    },
    BODY_TOO_LARGE: {
      text: 'The content sent is too large⟦; at most {limit:size} are taken⟧.',
      todo: 'Send less, in several parts.',
    },
    DEPLOYMENT_REFUSED: {
      text: 'Nothing was deployed⟦: {count} parts cannot run⟧. The version in use goes on.',
      todo: 'Correct them one by one and deploy again.',
    },
    ANSWERS_REFUSED: {
      text: 'Nothing was submitted⟦: {count} answers need a change⟧. What you have written is kept.',
      todo: 'Correct the fields that are marked.',
    },
    FIELD_REQUIRED: { text: 'Expected "{field}" to be filled in, but it is empty.', todo: 'Fill it in.' },
    FIELD_TYPE: { text: 'Expected "{field}" to be {type}, but it is something else.', todo: 'Change it to {type}.' },
    FIELD_UNKNOWN: { text: 'This form has no field "{field}".', todo: 'Leave it out.' },
    FIELD_NOT_WRITABLE: { text: '"{field}" cannot be changed in this step.', todo: 'Leave it as it was.' },
    FIELD_OUT_OF_RANGE: {
      text: 'Expected the {of} of "{field}" to be⟦ at least {min}⟧⟦ at most {max}⟧, but it is not.',
      todo: 'Bring it within the limits.',
    },
    FIELD_PATTERN: {
      text: 'Expected "{field}" to have the required form⟦: {message}⟧.',
      todo: 'Write it in that form.',
    },
    FIELD_NOT_AN_OPTION: {
      text: 'Expected one of the options for "{field}", but the answer is not among them.',
      todo: 'Choose from the options.',
    },
    FIELD_CHECK_FAILED: { text: '{message}', todo: 'Check "{field}".' },
    USER_TASK_COMPLETED: {
      text: 'This task is already completed or canceled.',
      todo: 'Reload the inbox to see where the case stands.',
    },
    USER_TASK_ASSIGNED: {
      text: 'Expected the task to be free, but it is assigned to somebody else⟦ ({assignee})⟧.',
      todo: 'Ask them to release it, or have it reassigned.',
    },
    USER_TASK_NOT_ASSIGNED: {
      text: 'Expected the task to be claimed, but nobody has claimed it.',
      todo: 'Claim it first.',
    },
    FORM_VERSION_STALE: {
      text: 'The form has a new version since you opened it.',
      todo: 'Reload, check your answers and submit again; they are kept.',
    },
    PROCESS_INSTANCE_ENDED: { text: 'This case has ended.', todo: 'Start a new one.' },
    STATE_CONFLICT: { text: 'Somebody else acted on this step just before.', todo: 'Reload to see where it stands.' },
    IDEMPOTENCY_KEY_REUSED: {
      text: 'The same idempotency key came with other content.',
      todo: 'Reload the page and submit again.',
    },
    FILE_TYPE_REFUSED: {
      text: 'Expected a picture, PDF or document, but the content of⟦ "{name}"⟧ the file is something else⟦ ({found})⟧.',
      todo: 'Choose another file⟦: {allowed}⟧.',
    },
    FILE_TOO_LARGE: {
      text: 'The file⟦ "{name}"⟧ is too large⟦; at most {limit:size} are taken⟧.',
      todo: 'Compress or crop it.',
    },
    FILE_EMPTY: { text: 'The file⟦ "{name}"⟧ is empty.', todo: 'Choose another file.' },
    TOO_MANY_REQUESTS: { text: 'There were too many attempts.', todo: 'Try again⟦ in {seconds} seconds⟧.' },
    STORAGE_UNAVAILABLE: {
      text: 'Nothing was saved: the disk is full or not available.',
      todo: 'Tell the system administrator; submit again later.',
    },
    SHUTTING_DOWN: { text: 'The system is restarting.', todo: 'Try again in a minute; what you have written is kept.' },
    UNEXPECTED: {
      text: 'Something went wrong on our side, and this step was not done.',
      todo: 'Try again in a moment; if it stays so, tell the system administrator.',
    },
  },
} as const satisfies Catalogue
