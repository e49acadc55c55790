import { typeName } from '../../element/type-name.ts'
import { contextOf, type Expression, evaluate } from '../../feel/index.ts'
import { parseInstant } from '../../model/time.ts'
import { Rejection } from '../../problem/problem.ts'
import type { Json, Variables } from '../../record/json.ts'
import type { Command } from '../../record/record.ts'
import { hasEnded } from '../../state/state.ts'
import { enter } from '../enter.ts'
import { elementOf, newKey, type Run, write } from '../run.ts'
import { assign, caseOf, setLocal } from '../scope.ts'
import { cancelJob, closeOwned, endAfter, terminate } from '../terminate.ts'
import { forgetToUndo } from '../undo.ts'

/** Starts the instance. Title and due date are judged first: when one fails, the start is refused and nothing is kept. */
export function createProcessInstance(run: Run, { value }: Command<'processInstance.create'>): void {
  if (run.state.instance) throw new Rejection('STATE_CONFLICT', { state: 'processInstance.created' })
  const { process, key: definitionKey, version } = run.bundle
  const { units, variables, parameters, businessId, startEventId, startDepth } = value
  if (!process.startEvents.some((one) => one.elementId === startEventId || (!startEventId && one.trigger === null)))
    throw new Rejection('START_EVENT_NOT_FOUND', { startEventId: startEventId ?? null })
  // What a start event brought is the process's, unless its output mappings say what becomes of it.
  const isMapped = startEventId !== undefined && (process.nodes[startEventId]?.outputs.length ?? 0) > 0
  const key = newKey(run)
  const names = assign({}, variables)
  assign(names, { parameters, case: caseOf(key, businessId, units[0]) })
  const title = judge(run, process.title, names)
  const dueDate = judge(run, process.dueDate, names)
  const dueAt = typeof dueDate === 'string' && dueDate !== '' ? parseInstant(dueDate) : null
  if (process.dueDate && dueDate !== null && dueAt === null)
    throw failed(process.dueDate, `expected a date and time, found ${typeName(dueDate)}`)
  write(run, 'processInstance.created', key, {
    definitionKey,
    processId: process.id,
    processName: process.name,
    version,
    units,
    businessId,
    title: title === null ? null : typeof title === 'string' ? title : JSON.stringify(title),
    dueAt,
    parameters,
    ...(startEventId === undefined ? {} : { startEventId }),
    ...(isMapped ? { startVariables: variables } : {}),
    ...(startDepth === undefined ? {} : { startDepth }),
  })
  if (!isMapped) setLocal(run, key, variables)
  enter(run, key)
}

/** Ends the case with all that is in it (SPEC PI2). */
export function cancelProcessInstance(run: Run, { value }: Command<'processInstance.cancel'>): void {
  const { instance } = run.state
  if (!instance) throw new Rejection('NOT_FOUND', {})
  if (hasEnded(instance)) throw new Rejection('PROCESS_INSTANCE_ENDED', { status: instance.status })
  const { key } = instance
  const root = elementOf(run, key)
  if (root.ending?.kind === 'cancel') throw new Rejection('STATE_CONFLICT', { state: 'terminating' })
  for (const child of [...root.children]) terminate(run, child)
  cancelJob(run, key)
  closeOwned(run, key)
  forgetToUndo(run, key)
  const { reason } = value
  if (root.children.size > 0) {
    // Listeners of user tasks have to be heard first: they are held back no more.
    if (instance.status === 'suspended') write(run, 'processInstance.resumed', key, { reason })
    endAfter(run, key, { kind: 'cancel', reason })
  } else write(run, 'processInstance.terminated', key, { reason })
}

function judge(run: Run, expression: Expression | null, names: Variables): Json {
  if (!expression) return null
  const result = evaluate(expression, contextOf(names), run.around)
  if (!result.ok) throw failed(expression, result.message)
  return result.value
}

function failed(expression: Expression, message: string): Rejection {
  return new Rejection('EXPRESSION_FAILED', { expression: expression.source, message })
}
