import { readdirSync, readFileSync } from 'node:fs'
import {
  type Command,
  type CommandKind,
  compile,
  compileExpression,
  compileUnaryTests,
  contextOf,
  type DefinitionBundle,
  evaluate,
  evaluateDecision,
  isProblemCode,
  type Key,
  type Problem,
  readDecisions,
  type State,
  sayProblem,
  stateText,
} from '../../src/index.ts'
import { betweens, bundleOf, type Play, play, START } from '../../src/testing/index.ts'
import { caseNames, readCase } from '../cases.ts'
import { caseFiles, casesOf } from '../feel/cases.ts'
import {
  anyJson,
  anyVariables,
  type Chance,
  chanceOf,
  hostileNumbers,
  hostileTexts,
  mutate,
  mutateXml,
} from './mutate.ts'

/** What hostile input is made of. */
export const groups = ['xml', 'dmn', 'feel', 'commands'] as const
export type Group = (typeof groups)[number]

/** An input that the engine did not stand: what it was, and what went wrong. */
export interface FuzzFault {
  readonly group: Group
  /** Makes the same input again. */
  readonly seed: number
  readonly message: string
  readonly input: string
}

export interface FuzzVerdict {
  readonly group: Group
  readonly inputs: number
  /** Inputs that were taken: a model that could be started, an expression with a value, commands that led to facts. */
  readonly taken: number
  readonly faults: readonly FuzzFault[]
}

/** One hostile input; gives whether it was taken, tells by `note` what it is, throws when a law does not hold. */
type Attack = (chance: Chance, note: (input: string) => void) => boolean | Promise<boolean>

/** Attacks with `count` inputs of one group; input `n` is made of `seed + n`. Never throws. */
export async function fuzz(group: Group, count: number, seed: number): Promise<FuzzVerdict> {
  const faults: FuzzFault[] = []
  let taken = 0
  for (let n = 0; n < count; n += 1) {
    let input = ''
    try {
      const note = (text: string) => {
        input = text
      }
      if (await attacks[group](chanceOf(seed + n), note)) taken += 1
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
      faults.push({ group, seed: seed + n, message, input })
    }
  }
  return { group, inputs: count, taken, faults }
}

const attacks: { readonly [group in Group]: Attack } = {
  async xml(chance, note) {
    const xml = mutateXml(undrawn(readCase(chance.pick(caseNames)).drawing), chance)
    note(xml)
    const { processes, problems } = await compile(xml, 'a.bpmn')
    judgeProblems(problems)
    const [process] = processes
    if (!process) return false
    const game = play({ key: 2 ** 20 + 1, version: 1, process, decisions: {}, forms: {} }, betweens.refold)
    wander(game, chance, 4)
    return game.facts.length > 0
  },
  async dmn(chance, note) {
    const xml = mutateXml(undrawn(chance.pick(tables)), chance)
    note(xml)
    const { decisions, problems } = await readDecisions(xml, 'a.dmn')
    judgeProblems(problems)
    if (problems.some(({ severity }) => severity === 'error')) return false
    let taken = false
    for (const decision of decisions.slice(0, 10)) {
      const outcome = evaluateDecision(decision, contextOf(anyVariables(chance)), START)
      assert(isJson(outcome), `the outcome of ${decision.id} is no JSON`)
      taken ||= outcome.ok
    }
    return taken
  },
  feel(chance, note) {
    const { source, kind } = chance.pick(expressions)
    const changed = mutate(source, chance, [...signs, ...hostileTexts, chance.pick(expressions).source])
    note(changed)
    const compiled = kind === 'tests' ? compileUnaryTests(changed) : compileExpression(changed)
    if ('error' in compiled) {
      assert(compiled.error !== '' && compiled.at >= 0, 'an error without words or place')
      return false
    }
    const variables = { ...anyVariables(chance), x: anyJson(chance), y: anyJson(chance), '?': anyJson(chance) }
    const before = JSON.stringify(variables)
    const result = evaluate(compiled.expression, contextOf(variables), START)
    assert(JSON.stringify(variables) === before, 'variables were changed')
    assert(isJson(result.inputs) && (!result.ok || isJson(result.value)), 'the result is no JSON')
    return result.ok
  },
  async commands(chance, note) {
    const bundle = await fixtureOf(chance)
    const game = play(bundle, betweens.refold)
    const told: unknown[] = []
    try {
      for (let count = 0; count < 8; count += 1) told.push(attackWith(game, bundle, chance))
    } finally {
      note(`${bundle.process.id} ${game.taken.map(({ command }) => JSON.stringify(command)).join('\n')}`)
    }
    return told.some(Boolean)
  },
}

const signs = ['(', ')', '[', ']', '{', '}', '..', ' in ', ' if ', ' then ', ' return ', '**', '-', '"', '\\', '@', '?']
const tables = readdirSync(new URL('../dmn/', import.meta.url))
  .filter((name) => name.endsWith('.dmn'))
  .map((name) => readFileSync(new URL(`../dmn/${name}`, import.meta.url), 'utf8'))
const expressions = caseFiles().flatMap(casesOf)
const drawn = caseNames.filter((name) => readCase(name).table === null)
const compiledFixtures = new Map<string, DefinitionBundle>()

async function fixtureOf(chance: Chance): Promise<DefinitionBundle> {
  const name = chance.pick(drawn)
  const bundle = compiledFixtures.get(name) ?? (await bundleOf(undrawn(readCase(name).drawing)))
  compiledFixtures.set(name, bundle)
  return bundle
}

const DRAWING = /<(\w+:)?(?:BPMNDiagram|DMNDI)\b[\s\S]*<\/(\w+:)?(?:BPMNDiagram|DMNDI)>/
const undrawn = (xml: string): string => xml.replace(DRAWING, '')

/** Starts a case and does what can be done in it, with answers of any kind. */
function wander(game: Play, chance: Chance, commands: number): void {
  game.start(anyVariables(chance))
  for (let count = 0; count < commands; count += 1) {
    const command = fitting(game.state, chance)
    if (!command) return
    game.send(command.kind, command.key, command.value as never)
  }
}

type Fitting = { readonly [K in CommandKind]: Pick<Command<K>, 'kind' | 'key' | 'value'> }[CommandKind]

/** A command that something in the case waits for; null when nothing does. */
function fitting(state: State, chance: Chance): Fitting | null {
  const variables = anyVariables(chance)
  const all: Fitting[] = []
  const [task] = state.tasks.keys()
  const [timer] = state.timers.keys()
  const [job] = state.jobs.keys()
  const [incident] = state.incidents.keys()
  if (task) all.push({ kind: 'userTask.complete', key: task, value: { variables, formKey: null } })
  if (timer) all.push({ kind: 'timer.trigger', key: timer, value: {} })
  if (job) all.push({ kind: 'job.complete', key: job, value: { variables } })
  if (job) all.push({ kind: 'job.throwError', key: job, value: { errorCode: 'refused', message: '', variables } })
  if (incident) all.push({ kind: 'incident.resolve', key: incident, value: {} })
  for (const [key, one] of state.subscriptions)
    if (one.kind === 'message')
      all.push({ kind: 'message.correlate', key, value: { messageName: one.messageName, messageKey: 1, variables } })
    else if (one.kind === 'signal')
      all.push({ kind: 'signal.trigger', key, value: { signalName: one.signalName, signalKey: 1, variables } })
  if (state.instance?.status === 'active') {
    const { key: scopeKey } = state.instance
    all.push({ kind: 'variables.set', key: scopeKey, value: { scopeKey, variables, local: chance.once(2) } })
  }
  return all.length === 0 ? null : chance.pick(all)
}

const kinds: readonly CommandKind[] = [
  'processInstance.create',
  'processInstance.cancel',
  'userTask.assign',
  'userTask.unassign',
  'userTask.complete',
  'userTask.update',
  'timer.trigger',
  'message.correlate',
  'signal.trigger',
  'job.complete',
  'job.fail',
  'job.throwError',
  'incident.resolve',
  'variables.set',
  'adHocSubProcess.activate',
  'multiInstance.continue',
]

/** One command of any kind to any key; gives whether it led to facts. A refusal has a code and changes nothing. */
function attackWith(game: Play, bundle: DefinitionBundle, chance: Chance): boolean {
  if (!game.state.instance && chance.once(2)) return game.start(anyVariables(chance)).facts.length > 0
  const fits = chance.once(2) ? fitting(game.state, chance) : null
  const kind = fits?.kind ?? chance.pick(kinds)
  const before = stateText(game.state)
  const value = fits?.value ?? valueFor(kind, game.state, bundle, chance)
  if (chance.once(4)) game.at += chance.pick([1, 3_600_000, 86_400_000 * 365])
  const { facts, rejection } = game.send(kind, fits ? fits.key : anyKey(game.state, chance), value as never)
  if (!rejection) return facts.length > 0
  assert(isProblemCode(rejection.code), `a refusal with ${rejection.code}`)
  assert(facts.length === 0 && stateText(game.state) === before, 'a refused command changed something')
  return false
}

/** A value of the right shape with any content. */
function valueFor(kind: CommandKind, state: State, bundle: DefinitionBundle, chance: Chance): unknown {
  const variables = anyVariables(chance)
  const text = () => chance.pick(hostileTexts)
  const number = () => chance.pick(hostileNumbers)
  const nodes = Object.keys(bundle.process.nodes)
  return {
    units: [],
    parameters: anyVariables(chance),
    businessId: null,
    ...(chance.once(3) ? { startEventId: chance.once(2) ? text() : chance.pick(nodes) } : {}),
    reason: text(),
    assignee: text(),
    allowOverride: chance.once(2),
    formKey: null,
    priority: number(),
    messageName: text(),
    messageKey: 1,
    signalName: text(),
    signalKey: 1,
    retries: number(),
    retryAt: null,
    message: text(),
    errorCode: text(),
    scopeKey: anyKey(state, chance) ?? 0,
    local: chance.once(2),
    elements: [{ elementId: chance.once(2) ? text() : chance.pick(nodes), variables }],
    cancelRemainingInstances: chance.once(2),
    ...(kind === 'userTask.update' && chance.once(2) ? { dueAt: number() } : {}),
    variables,
  }
}

/** A key of this case, mostly of the wrong kind, of another stream, or none at all. */
function anyKey({ elements, tasks, jobs, timers, incidents, subscriptions }: State, chance: Chance): Key | undefined {
  const known = [elements, tasks, jobs, timers, incidents, subscriptions].flatMap((all) => [...all.keys()])
  return chance.pick([...known, ...known, undefined, 0, -1, 7 * 2 ** 20 + 1, 1024 * 2 ** 20, 2 ** 53])
}

function judgeProblems(problems: readonly Problem[]): void {
  for (const problem of problems) {
    assert(isProblemCode(problem.code), `a problem with ${problem.code}`)
    for (const language of ['zh-CN', 'en'] as const) {
      const { text, todo } = sayProblem(problem, language)
      assert(text !== '' && todo !== '', `${problem.code} has no words`)
    }
  }
}

/** Whether a value comes back from JSON as it was; what is absent is absent. */
function isJson(value: unknown): boolean {
  const text = JSON.stringify(value)
  return text === JSON.stringify(JSON.parse(text)) && !hasOther(value)
}

/** Whether something in a value is no JSON: what `JSON.stringify` would turn into null or leave out. */
function hasOther(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol') return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasOther)
}

function assert(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message)
}
