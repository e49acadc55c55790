import type { Variables } from '@bihuan/engine'
import type { Expectation } from '@bihuan/engine/testing'
import { Ajv, type ErrorObject } from 'ajv'
import { isCollection, isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import schema from './scenario.schema.json' with { type: 'json' }

/** A step as written: exactly one of the verbs of `stepVerbs`, with what belongs to it. */
export interface WrittenStep {
  readonly complete?: string
  readonly completeAll?: string
  readonly assign?: string
  readonly to?: string
  readonly action?: string
  readonly advance?: string
  readonly completeJob?: string
  readonly failJob?: string
  readonly throwError?: string
  readonly setVariables?: Variables
  readonly resolveIncident?: string
  readonly cancel?: string
  readonly expect?: Expectation
  readonly as?: string
  readonly item?: number
  readonly answers?: Variables
  readonly refused?: readonly string[]
  readonly variables?: Variables
  readonly retries?: number
  readonly message?: string
  readonly errorCode?: string
}

/** A scenario as written in `scenarios/*.yaml` of a process package. */
export interface ScenarioFile {
  readonly name: string
  readonly description?: string
  readonly process: string
  readonly unit: string
  readonly startedBy: string
  readonly startedAt: string
  readonly parameters?: Variables
  /** Answers of the start form, or what the start event brings. */
  readonly start?: Variables
  /** The start event that begins it, by element id; absent for the none start event. */
  readonly startEvent?: string
  readonly steps: readonly WrittenStep[]
}

/** A scenario with the line of each of its steps, for messages. */
export interface LocatedScenario {
  /** File name, for messages. */
  readonly source: string
  readonly scenario: ScenarioFile
  /** Line of step n at index n − 1. */
  readonly lines: readonly number[]
}

/** Every fault of a scenario file at once, each with its line. */
export class ScenarioFileError extends Error {
  readonly faults: readonly { readonly line: number; readonly text: string }[]

  constructor(source: string, faults: readonly { line: number; text: string }[]) {
    super(faults.map((fault) => `${source}:${fault.line} ${fault.text}`).join('\n'))
    this.name = 'ScenarioFileError'
    this.faults = faults
  }
}

/** What belongs to each verb beside it. `as`, `item` and the like mean nothing elsewhere. */
export const stepVerbs = {
  complete: ['as', 'answers', 'item', 'refused'],
  completeAll: ['answers'],
  assign: ['to', 'item'],
  action: ['as', 'answers', 'item', 'refused'],
  advance: [],
  completeJob: ['variables', 'item'],
  failJob: ['retries', 'message', 'item'],
  throwError: ['errorCode', 'variables', 'item'],
  setVariables: [],
  resolveIncident: [],
  cancel: [],
  expect: [],
} as const satisfies { [verb in keyof WrittenStep]: readonly (keyof WrittenStep)[] }

/** Parts a verb cannot do without. */
const needed: { readonly [verb in keyof typeof stepVerbs]?: keyof WrittenStep } = {
  assign: 'to',
  failJob: 'retries',
  throwError: 'errorCode',
}

const MAX_TEXT = 1_000_000
const validate = new Ajv({ allErrors: true, strict: true }).compile<ScenarioFile>(schema)

/**
 * Reads a scenario file. Dates stay text (YAML 1.2 core schema); `<<` merges and aliases are taken.
 * Throws `ScenarioFileError` with every fault and its line.
 */
export function readScenarioFile(text: string, source: string): LocatedScenario {
  if (text.length > MAX_TEXT) {
    throw new ScenarioFileError(source, [
      { line: 1, text: `Expected at most ${MAX_TEXT} characters, but there are ${text.length}.` },
    ])
  }
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, merge: true, uniqueKeys: true })
  const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : counter.linePos(offset).line)
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      line: lineAt(error.pos[0]),
      text: `Expected YAML, but ${firstLine(error.message)}`,
    }))
    throw new ScenarioFileError(source, faults)
  }
  const line = (path: readonly (string | number)[]) => lineAt(offsetOf(document.contents, path))
  const written: unknown = document.toJS({ maxAliasCount: 500 })
  if (!validate(written)) {
    const faults = (validate.errors ?? []).map((error) => ({ line: line(pathOf(error)), text: wordsOf(error) }))
    throw new ScenarioFileError(source, faults)
  }
  const faults = written.steps.flatMap((step, index) =>
    faultsOfStep(step).map((words) => ({ line: line(['steps', index]), text: `Expected step ${index + 1} ${words}` })),
  )
  if (faults.length > 0) throw new ScenarioFileError(source, faults)
  return { source, scenario: written, lines: written.steps.map((_, index) => line(['steps', index])) }
}

function faultsOfStep(step: WrittenStep): string[] {
  const names = Object.keys(step) as (keyof WrittenStep)[]
  const verbs = names.filter((name): name is keyof typeof stepVerbs => Object.hasOwn(stepVerbs, name))
  const [verb] = verbs
  if (!verb || verbs.length > 1) {
    return [
      `to have one verb, but it has ${verbs.length === 0 ? 'none' : verbs.join(', ')}. Verbs are ${Object.keys(stepVerbs).join(', ')}.`,
    ]
  }
  const allowed: readonly string[] = stepVerbs[verb]
  const stray = names.filter((name) => name !== verb && !allowed.includes(name))
  const missing = needed[verb]
  return [
    ...stray.map((name) => `(${verb}) to have ${allowed.join(', ') || 'nothing beside it'}, but it has ${name}.`),
    ...(missing && step[missing] === undefined ? [`(${verb}) to say ${missing}, but it does not.`] : []),
  ]
}

function pathOf(error: ErrorObject): (string | number)[] {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  const extra = error.keyword === 'additionalProperties' ? (error.params.additionalProperty as string) : null
  return extra === null ? path : [...path, extra]
}

function wordsOf(error: ErrorObject): string {
  const where = error.instancePath || 'the scenario'
  if (error.keyword === 'additionalProperties') {
    return `Expected ${where} to have known names only, but it has ${String(error.params.additionalProperty)}.`
  }
  return `Expected ${where} to be right, but it ${error.message ?? 'is not'}.`
}

/** Where in the text the value at a path begins, or the nearest that exists above it. */
function offsetOf(root: unknown, path: readonly (string | number)[]): number | undefined {
  let node = root
  let offset = startOf(node)
  for (const part of path) {
    if (!isCollection(node)) break
    const pair = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part))
      : node.items[Number(part)]
    if (!pair) break
    offset = startOf(isPair(pair) ? pair.key : pair) ?? offset
    node = isPair(pair) ? pair.value : pair
  }
  return offset
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0]
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text
}
