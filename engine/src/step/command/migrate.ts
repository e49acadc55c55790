import { Fault } from '../../element/fault.ts'
import { type MigrationPlan, type MigrationProblem, type PlannedElement, planMigration } from '../../migration/index.ts'
import type { DefinitionBundle, FlowNode } from '../../model/definition.ts'
import type { DrawnEvent } from '../../model/drawn-event.ts'
import { type Problem, Rejection } from '../../problem/problem.ts'
import type { CaseAction, Command, Key } from '../../record/record.ts'
import { type ElementInstance, hasEnded } from '../../state/state.ts'
import { isActivation } from '../activation.ts'
import { Draft } from '../draft.ts'
import { elementOf, nodeBeside, type Run, write } from '../run.ts'
import { closeEvents } from '../terminate.ts'

/** How many of the things that cannot move are listed; all are counted. */
const LISTED = 100

/**
 * Lets the case go on in another definition, whole or not at all (SPEC MG1). Refused with `NOT_FOUND` for a definition
 * nobody has, with `MIGRATION_NOT_POSSIBLE` and everything that cannot move.
 */
export function migrateProcessInstance(run: Run, { value }: Command<'processInstance.migrate'>): void {
  const { instance } = run.state
  if (!instance) throw new Rejection('NOT_FOUND', {})
  if (hasEnded(instance)) throw new Rejection('PROCESS_INSTANCE_ENDED', { status: instance.status })
  const { reason, targetDefinitionKey, mappings } = value
  const source = run.bundle
  const target = source.key === targetDefinitionKey ? source : source.others?.byKey(targetDefinitionKey)
  if (!target) throw new Rejection('NOT_FOUND', { definitionKey: String(targetDefinitionKey) })
  const plan = planMigration(source.process, target.process, run.state, mappings)
  if (!plan.ok) throw refused(source, plan.problems)
  run.bundle = target
  const openings = judgeOpenings(run, source, plan.elements)
  const startEventId = mappings.find((one) => one.sourceElementId === instance.startEventId)?.targetElementId
  write(run, 'processInstance.migrated', instance.key, {
    ...named(target),
    processName: target.process.name,
    from: named(source),
    mappings,
    reason,
    ...(startEventId === undefined ? {} : { startEventId }),
  })
  for (const planned of plan.elements) moveElement(run, planned, openings.get(planned.key))
  moveArrivals(run, plan.arrivals)
  moveCompensations(run, plan.compensations)
}

type Moved = Extract<MigrationPlan, { ok: true }>

function named({ key: definitionKey, version, process }: DefinitionBundle) {
  return { definitionKey, processId: process.id, version }
}

/** Evaluates what the events that are opened wait for; nothing is written yet. Throws when one of them cannot be opened. */
function judgeOpenings(
  run: Run,
  source: DefinitionBundle,
  elements: readonly PlannedElement[],
): ReadonlyMap<Key, Draft> {
  const drafts = new Map<Key, Draft>()
  const problems: MigrationProblem[] = []
  for (const { key, opened } of elements) {
    if (opened.length === 0) continue
    const draft = new Draft(run, key)
    for (const event of opened) {
      const problem = armed(run, draft, event)
      if (problem) problems.push(problem)
    }
    drafts.set(key, draft)
  }
  if (problems.length > 0) throw refused(source, problems)
  return drafts
}

/** Arms an event; gives why it cannot be. */
function armed(run: Run, draft: Draft, event: DrawnEvent): MigrationProblem | null {
  try {
    draft.arm([event])
    return null
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { elementId } = event
    const message = String(error.facts.message ?? error.facts.expression ?? error.code)
    const elementName = run.bundle.process.nodes[elementId]?.name ?? null
    const elementInstanceKey = draft.key
    return { reason: 'eventFails', elementId, elementName, targetElementId: null, elementInstanceKey, message }
  }
}

/** Moves an element instance and what hangs on it; the process itself has moved already. */
function moveElement(run: Run, { key, targetId, kept }: PlannedElement, opening: Draft | undefined): void {
  const element = elementOf(run, key)
  if (element.scopeKey !== null) {
    const node = nodeBeside(run, element, targetId)
    write(run, 'element.migrated', key, {
      elementId: targetId,
      sourceElementId: element.elementId,
      name: node.name,
      scopeKey: element.scopeKey,
      stage: node.stage !== null && element.loopCounter === null && !isActivation(element),
    })
    moveTask(run, element, node)
  }
  moveOwned(run, element)
  closeEvents(run, key, (elementId) => !kept.has(elementId))
  keepEvents(run, element, kept)
  opening?.perform()
}

/** The task stays whose it is and until when; it shows the form of its new element (SPEC MG9). */
function moveTask(run: Run, { key, task }: ElementInstance, node: FlowNode): void {
  if (task === null || node.type !== 'bpmn:UserTask') return
  const { form } = node.own
  write(run, 'userTask.migrated', task, {
    elementId: node.id,
    name: node.name ?? node.id,
    formId: form?.formId ?? null,
    formKey: form ? new Draft(run, key).formKey(form.formId) : null,
  })
}

function moveOwned(run: Run, { elementId, name, job, incidents }: ElementInstance): void {
  if (job !== null) write(run, 'job.migrated', job, { elementId, name })
  for (const incident of incidents) write(run, 'incident.migrated', incident, { elementId, elementName: name })
}

/** What is mapped goes on waiting for what it waits for: its time, its correlation key. */
function keepEvents(
  run: Run,
  { key: elementInstanceKey, timers, subscriptions }: ElementInstance,
  kept: PlannedElement['kept'],
): void {
  for (const key of timers) {
    const event = kept.get(run.state.timers.get(key)?.elementId ?? '')
    if (event) write(run, 'timer.migrated', key, moved(event))
  }
  for (const key of subscriptions) {
    const subscription = run.state.subscriptions.get(key)
    const event = kept.get(subscription?.elementId ?? '')
    if (!subscription || !event) continue
    if (subscription.kind === 'message') {
      const { messageName, action } = subscription
      const shown = action && actionOf(run, elementInstanceKey, action, event)
      write(run, 'messageSubscription.migrated', key, { ...moved(event), messageName, action: shown })
    } else if (subscription.kind === 'signal')
      write(run, 'signalSubscription.migrated', key, { ...moved(event), signalName: subscription.signalName })
    else write(run, 'conditionalSubscription.migrated', key, moved(event))
  }
}

/** What people may send is called as the target calls it, with its form; as before where the target has no such act. */
function actionOf(run: Run, key: Key, action: CaseAction, { trigger }: DrawnEvent): CaseAction {
  if (trigger.kind !== 'message' || !trigger.action) return action
  const { label, formId } = trigger.action
  return { ...action, label, formId, formKey: formId === null ? null : new Draft(run, key).formKey(formId) }
}

const moved = ({ elementId, interrupting }: DrawnEvent) => ({ elementId, interrupting })

/** A join may wait for less in the target: each is looked at again. */
function moveArrivals(run: Run, arrivals: Moved['arrivals']): void {
  for (const { scopeKey, from, to } of arrivals) {
    const { elementId: sourceElementId, flowId: sourceFlowId } = from
    write(run, 'join.migrated', scopeKey, { ...to, sourceElementId, sourceFlowId })
    run.moved.add(scopeKey)
  }
}

function moveCompensations(run: Run, compensations: Moved['compensations']): void {
  for (const [key, planned] of compensations) {
    if (planned) write(run, 'compensationSubscription.migrated', key, planned)
    else {
      const elementId = run.state.compensations.get(key)?.elementId ?? ''
      write(run, 'compensationSubscription.deleted', key, { elementId })
    }
  }
}

/** The refusal with everything that cannot move. */
function refused({ process }: DefinitionBundle, problems: readonly MigrationProblem[]): Rejection {
  return new Rejection(
    'MIGRATION_NOT_POSSIBLE',
    { count: problems.length },
    { problems: problems.slice(0, LISTED).map((problem) => problemOf(process.id, problem)) },
  )
}

function problemOf(resource: string, given: MigrationProblem): Problem {
  const { reason, elementId, elementName, targetElementId, elementInstanceKey, message } = given
  return {
    code: 'ELEMENT_NOT_MIGRATED',
    severity: 'error',
    resource,
    elementId,
    elementName,
    facts: {
      reason,
      target: targetElementId,
      elementInstanceKey: elementInstanceKey === null ? null : String(elementInstanceKey),
      ...(message === undefined ? {} : { message }),
    },
  }
}
