import type { Key, MigrationFacts } from '../../record/record.ts'
import type { Subscription } from '../event.ts'
import { liveElement, type State } from '../state.ts'
import type { TaskAct, UserTask } from '../user-task.ts'
import type { Appliers } from './applier.ts'

/** Facts of a case that goes on in another definition: what there is keeps its key and its place in the order. */
export const migrationAppliers: Appliers<keyof MigrationFacts> = {
  'processInstance.migrated': (state, key, value) => {
    const { definitionKey, processId, processName, startEventId } = value
    if (!state.instance) return
    state.instance = {
      ...state.instance,
      definitionKey,
      processId,
      ...(startEventId === undefined ? {} : { startEventId }),
    }
    const root = liveElement(state, key)
    root.elementId = processId
    root.name = processName
  },
  'element.migrated': (state, key, { elementId, name }) => {
    const element = liveElement(state, key)
    element.elementId = elementId
    element.name = name
  },
  'join.migrated': (state, key, { elementId, flowId, sourceElementId, sourceFlowId, source }) => {
    const scope = liveElement(state, key)
    const at = scope.joins.findIndex(
      (one) => one.elementId === sourceElementId && one.flowId === sourceFlowId && one.source === source,
    )
    if (at >= 0) scope.joins = scope.joins.with(at, { elementId, flowId, source })
  },
  'userTask.migrated': (state, key, value) => {
    const task = state.tasks.get(key)
    if (task) state.tasks.set(key, migratedTask(task, value))
  },
  'job.migrated': (state, key, { elementId }) => {
    const job = state.jobs.get(key)
    if (job) state.jobs.set(key, { ...job, elementId })
  },
  'incident.migrated': (state, key, { elementId }) => {
    const incident = state.incidents.get(key)
    if (incident) state.incidents.set(key, { ...incident, elementId })
  },
  'timer.migrated': (state, key, { elementId, interrupting }) => {
    const timer = state.timers.get(key)
    if (timer) state.timers.set(key, { ...timer, elementId, interrupting })
  },
  'messageSubscription.migrated': (state, key, { elementId, interrupting, action }) => {
    const subscription = state.subscriptions.get(key)
    if (subscription?.kind === 'message')
      state.subscriptions.set(key, { ...subscription, elementId, interrupting, action })
  },
  'signalSubscription.migrated': moveSubscription,
  'conditionalSubscription.migrated': moveSubscription,
  'compensationSubscription.migrated': (state, key, { elementId, handlerId }) => {
    const compensation = state.compensations.get(key)
    if (compensation) state.compensations.set(key, { ...compensation, elementId, handlerId })
  },
}

function moveSubscription(
  state: State,
  key: Key,
  { elementId, interrupting }: Pick<Subscription, 'elementId' | 'interrupting'>,
): void {
  const subscription = state.subscriptions.get(key)
  if (subscription) state.subscriptions.set(key, { ...subscription, elementId, interrupting })
}

/** A task at its new element, with the form of that; what waits for listeners is asked of the new element, too. */
function migratedTask(
  task: UserTask,
  { elementId, name, formId, formKey }: MigrationFacts['userTask.migrated'],
): UserTask {
  const { details, pending } = task
  return {
    ...task,
    elementId,
    name,
    formKey,
    ...(details ? { details: { ...details, formKey } } : {}),
    ...(pending
      ? { pending: { ...askedOf(pending, { elementId, name, formId, formKey }), corrections: pending.corrections } }
      : {}),
  }
}

function askedOf(act: TaskAct, moved: MigrationFacts['userTask.migrated']): TaskAct {
  if (act.event === 'creating') return { event: act.event, asked: { ...act.asked, ...moved } }
  return { ...act, asked: { ...act.asked, elementId: moved.elementId } } as TaskAct
}
