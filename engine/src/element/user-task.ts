import type { Expression } from '../feel/index.ts'
import { parseInstant } from '../model/time.ts'
import type { Json } from '../record/json.ts'
import type { Why } from '../record/record.ts'
import { parseCandidates } from './candidate.ts'
import { type Context, element, wait } from './element.ts'
import { Fault } from './fault.ts'
import { typeName } from './type-name.ts'

const DEFAULT_PRIORITY = 50

/** Native user task (Zeebe: "User tasks", implementation "Camunda user task"): people complete it. */
export const userTask = element({
  type: 'bpmn:UserTask',
  waits: true,
  properties: ['implementation', 'renderings'],
  extensions: [
    'zeebe:UserTask',
    'zeebe:AssignmentDefinition',
    'zeebe:TaskSchedule',
    'zeebe:PriorityDefinition',
    'zeebe:FormDefinition',
    'zeebe:TaskHeaders',
  ],
  read: (bo, reader) => {
    const assignment = reader.extension(bo, 'zeebe:AssignmentDefinition')
    const schedule = reader.extension(bo, 'zeebe:TaskSchedule')
    return {
      assignee: reader.expression(assignment?.assignee),
      candidateGroups: reader.expression(assignment?.candidateGroups),
      candidateUsers: reader.expression(assignment?.candidateUsers),
      dueDate: reader.expression(schedule?.dueDate),
      followUpDate: reader.expression(schedule?.followUpDate),
      priority: reader.expression(reader.extension(bo, 'zeebe:PriorityDefinition')?.priority),
      form: reader.form(bo),
    }
  },
  activate: (node, context) => {
    const { own } = node
    const why: Why[] = []
    const assignee = text(own.assignee, context, why)
    const groups = list(own.candidateGroups, context, why)
    const candidates = context.resolve(groups.flatMap((group) => parseCandidates(group)))
    const candidateUsers = list(own.candidateUsers, context, why)
    const dueAt = time(own.dueDate, context, why)
    const followUpAt = time(own.followUpDate, context, why)
    const priority = own.priority ? whole(own.priority, context, why) : DEFAULT_PRIORITY
    context.write('userTask.created', context.newKey(), {
      elementId: node.id,
      elementInstanceKey: context.key,
      name: node.name ?? node.id,
      assignee,
      candidates,
      candidateUsers,
      formId: own.form?.formId ?? null,
      formKey: own.form ? context.formKey(own.form.formId) : null,
      dueAt,
      followUpAt,
      priority,
      why,
    })
    return wait
  },
})

function value(expression: Expression | null, context: Context, why: Why[]): Json {
  if (!expression) return null
  const judged = context.judge(expression)
  why.push(judged.why)
  return judged.value
}

function failed(expression: Expression, expected: string, found: Json): Fault {
  return new Fault('EXPRESSION_FAILED', {
    expression: expression.source,
    message: `expected ${expected}, found ${typeName(found)}`,
  })
}

function text(expression: Expression | null, context: Context, why: Why[]): string | null {
  const found = value(expression, context, why)
  if (found === null || found === '') return null
  if (typeof found === 'string') return found
  throw failed(expression!, 'a text', found)
}

/** A list of texts, or one text with commas. */
function list(expression: Expression | null, context: Context, why: Why[]): string[] {
  const found = value(expression, context, why)
  if (found === null) return []
  const items = typeof found === 'string' ? found.split(',') : found
  if (!Array.isArray(items) || !items.every((item) => typeof item === 'string'))
    throw failed(expression!, 'a list of texts', found)
  return items.map((item) => item.trim()).filter((item) => item !== '')
}

function time(expression: Expression | null, context: Context, why: Why[]): number | null {
  const found = value(expression, context, why)
  if (found === null || found === '') return null
  const at = typeof found === 'string' ? parseInstant(found) : null
  if (at === null) throw failed(expression!, 'a date and time', found)
  return at
}

/** Whether a number is a priority of Camunda 8: an integer from 0 to 100. */
export function isPriority(value: Json): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100
}

function whole(expression: Expression, context: Context, why: Why[]): number {
  const found = value(expression, context, why)
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found
  if (number === null) return DEFAULT_PRIORITY
  if (!isPriority(number)) throw failed(expression, 'a whole number from 0 to 100', found)
  return number
}
