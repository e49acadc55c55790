import type { Fact, Key } from '../record/record.ts'
import { hasEnded, type Job, ownerOf, type State } from '../state/state.ts'
import type { Ledger } from './random-ledger.ts'

/** What is rebuilt when state is restored, as text: it must be as it was. */
export function indexText(state: State): string {
  const elements = [...state.elements.values()].map((one) => [
    one.key,
    [...one.children],
    one.timers,
    one.subscriptions,
    one.incidents,
    one.task,
    one.job,
  ])
  return JSON.stringify([elements, [...state.conditionals].sort(), [...state.joining].sort()])
}

/** Facts hold JSON and nothing else. Throws with the path of what is not. */
export function judgeJson(facts: readonly Fact[]): void {
  const judge = (value: unknown, path: string): void => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return
    if (typeof value === 'number' && Number.isFinite(value)) return
    const isPlain =
      typeof value === 'object' && [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(value))
    if (!isPlain) throw new Error(`ST4 a fact is JSON: ${path} is ${String(value)}`)
    for (const [name, part] of Object.entries(value)) judge(part, `${path}.${name}`)
  }
  for (const fact of facts) judge(fact, fact.kind)
}

/** Facts by which a case moves. */
const MOVES =
  /^(sequenceFlow\.taken|join\.arrived|element\.completed|job\.created|userTask\.creat\w+|\w+\.(triggered|correlated))$/

/** A suspended case rests, whatever its operator does to it. Throws with the fact that moves it. */
export function judgeRest(facts: readonly Fact[]): void {
  const moved = facts.find(({ kind }) => MOVES.test(kind))
  if (moved) throw new Error(`OP1 a suspended case does not move: ${JSON.stringify(moved)}`)
}

/** What must hold of the state after every step. Throws with the rule in words. */
export function judgeState(state: State, ledger: Ledger): void {
  const { instance } = state
  if (!instance) return
  const owned = [state.tasks, state.timers, state.subscriptions, state.jobs, state.incidents]
  for (const all of owned) for (const one of all.values()) ownerOf(state, one)
  for (const one of state.jobs.values())
    if (one.status !== 'created' && !isCaught(state, one) && !hasIncident(state, one))
      throw new Error(`JO2 a job that nobody does has an incident: ${JSON.stringify(one)}`)
  const jobs = [...state.incidents.values()].flatMap((one) => one.jobKey ?? [])
  if (new Set(jobs).size < jobs.length) throw new Error(`JO11 a job has one incident at most: ${jobs}`)
  for (const one of state.incidents.values()) {
    if (one.jobKey !== null && !state.jobs.has(one.jobKey))
      throw new Error(`ST2 the job of an incident lives: ${JSON.stringify(one)}`)
    if (one.subscriptionKey !== undefined && !state.subscriptions.has(one.subscriptionKey))
      throw new Error(`CN7 the condition of an incident waits: ${JSON.stringify(one)}`)
  }
  judgeCompensations(state)
  if (hasEnded(instance)) {
    const left = owned.reduce((sum, all) => sum + all.size, state.compensations.size + state.elements.size)
    if (left !== 1) throw new Error(`PI2 nothing is left of a case that has ended: ${left - 1} things are`)
    return
  }
  const live = [...state.elements.keys()].sort((a, b) => a - b).join()
  if (
    live !==
    ledger
      .live()
      .sort((a, b) => a - b)
      .join()
  )
    throw new Error(
      `the elements of the state are those that facts began and did not end: ${live} and ${ledger.live()}`,
    )
  const waiting = [...state.elements.values()].reduce((sum, one) => sum + one.joins.length, 0)
  if (waiting !== ledger.waiting())
    throw new Error(`the tokens at joins are those that arrived: ${waiting} and ${ledger.waiting()}`)
  for (const key of state.elements.keys())
    if (!canMove(state, key))
      throw new Error(`SC1 every element instance has something that can move it: ${JSON.stringify(shown(state, key))}`)
}

const hasIncident = (state: State, { key }: Job): boolean =>
  [...state.incidents.values()].some((incident) => incident.jobKey === key)

/** Whether the error of a job was caught, and its element only waits for what is being canceled in it. */
const isCaught = (state: State, { status, elementInstanceKey }: Job): boolean =>
  status === 'errorThrown' && (state.elements.get(elementInstanceKey)?.ending ?? null) !== null

/** Something that can be undone stands in a scope that lives, or in a completed one that can be undone itself. */
function judgeCompensations(state: State): void {
  for (const one of state.compensations.values()) {
    const outer = [...state.compensations.values()].some((other) => other.elementInstanceKey === one.scopeKey)
    if (!outer && !state.elements.has(one.scopeKey))
      throw new Error(`CM4 what a scope could undo is forgotten with it: ${JSON.stringify(one)}`)
    if (one.handlerKey !== null && !state.elements.has(one.handlerKey))
      throw new Error(`CM5 what undoes lives until it has undone: ${JSON.stringify(one)}`)
  }
}

/** Whether something outside, or something inside it, can move an element instance. */
function canMove(state: State, key: Key): boolean {
  const element = state.elements.get(key)
  if (!element) return false
  // It follows when the case is resumed.
  if (state.instance?.held?.some((one) => one.key === key)) return true
  const { children, task, job, timers, subscriptions, incidents, joins, adHoc, multi } = element
  if (children.size > 0 || task !== null || incidents.length > 0 || joins.length > 0) return true
  if (job !== null && state.jobs.get(job)?.status === 'created') return true
  const own = (one: { readonly elementId: string } | undefined) => one?.elementId === element.elementId
  const gateway = element.elementType === 'bpmn:EventBasedGateway'
  if (timers.some((one) => gateway || own(state.timers.get(one)))) return true
  if (subscriptions.some((one) => gateway || own(state.subscriptions.get(one)))) return true
  if (adHoc) return !adHoc.decided
  if (multi && multi.created < multi.items.length) return true
  return [...state.compensations.values()].some((one) => one.throwKey === key && one.handlerKey !== null)
}

function shown(state: State, key: Key): unknown {
  const element = state.elements.get(key)
  return { ...element, children: [...(element?.children ?? [])], variables: undefined }
}
