import {
  type CommandValues,
  type DefinitionBundle,
  type Fact,
  type JobResult,
  type Key,
  readDecisions,
  type Subscription,
  type Variables,
} from '../src/index.ts'
import { type Between, bundleOf, type Play, play, START, units } from '../src/testing/index.ts'
import { modificationOf } from './modification-words.ts'

/**
 * A story beside a drawing (`<case>.trace`): lines that start with `>` are commands, the lines below each are the facts
 * it led to. Commands: `start [<start event>] {variables}`, `complete <task> {answers}`, `assign <task> <person>`, `unassign <task>`,
 * `prioritise <task> <number>`, `fire <timer>`, `message <name> {variables}`, `signal <name> {variables}`,
 * `job <element> {variables}` (with `result`), `late <element> {variables}`, `activate <ad-hoc sub-process> [elements]`,
 * `fail <element> <retries>`, `error <element> <code> {variables}`, `resolve <element>`, `set [<element>] {variables}`,
 * `continue`, `cancel`, `suspend`, `resume`, `migrate <process of the file> {mappings}`, `modify <modification in short>`.
 */
export interface Case {
  /** BPMN. */
  readonly drawing: string
  /** Commands, and the facts as they were. */
  readonly story: string
  /** DMN; null when the drawing names no decision. */
  readonly table: string | null
}

export interface Told {
  /** The story told anew: the same commands, the facts as they are now. */
  readonly text: string
  readonly facts: readonly Fact[]
  readonly game: Play
  readonly bundle: DefinitionBundle
}

export async function tell({ drawing, story, table }: Case, between?: Between): Promise<Told> {
  const decisions = table === null ? [] : (await readDecisions(table, 'case.dmn')).decisions
  const bound = decisions.map((decision) => [decision.id, { key: 2 ** 20 + 9, decision }] as const)
  const bundle = await bundleOf(drawing, Object.fromEntries(bound))
  const game = play(bundle, between)
  const lines: string[] = []
  for (const line of story.split('\n').filter((one) => one.startsWith('>') || one.startsWith('#'))) {
    lines.push(line)
    if (line.startsWith('#')) continue
    const { facts, rejection } = perform(game, bundle, line.slice(1).trim())
    lines.push(...shortened(facts.map((fact) => `  ${factLine(fact)}`)))
    if (rejection) lines.push(`  refused: ${rejection.code} ${JSON.stringify(rejection.facts)}`)
    for (const { elementId, facts: why } of rejection?.problems ?? [])
      lines.push(`    ${elementId} ${sentence([why.reason, why.target && `to ${why.target}`, why.message])}`)
  }
  return { text: `${lines.join('\n')}\n`, facts: game.facts, game, bundle }
}

/** Hundreds of facts alike are told by the first and the last. */
function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= 200) return lines
  return [...lines.slice(0, 12), `  … ${lines.length - 18} facts`, ...lines.slice(-6)]
}

function perform(game: Play, bundle: DefinitionBundle, command: string): ReturnType<Play['send']> {
  const [verb = '', ...words] = command.split(' ')
  const rest = words.join(' ')
  const [, about = '', given = ''] = /^([^\s{]*)\s*(.*)$/.exec(rest) ?? []
  const variables = (): Variables => (given === '' ? {} : (JSON.parse(given) as Variables))
  const { state } = game
  const find = <T extends { readonly elementId: string }>(all: ReadonlyMap<Key, T>, fits = (_: T) => true): Key => {
    for (const [key, one] of all) if (one.elementId === about && fits(one)) return key
    throw new Error(`nothing is open at ${about}: ${command}`)
  }
  switch (verb) {
    case 'start':
      if (about === '') return game.start(variables())
      return game.send('processInstance.create', undefined, {
        units,
        variables: variables(),
        parameters: {},
        businessId: null,
        startEventId: about,
      })
    case 'complete':
      return game.complete(about, variables())
    case 'assign':
      return game.send('userTask.assign', find(state.tasks), { assignee: given, allowOverride: false })
    case 'unassign':
      return game.send('userTask.unassign', find(state.tasks), {})
    case 'prioritise':
      return game.send('userTask.update', find(state.tasks), { priority: Number(given) })
    case 'fire':
      return game.fire(about)
    case 'message': {
      const waits = (one: Subscription) => one.kind === 'message' && one.messageName === about
      const [key] = [...state.subscriptions].find(([, one]) => waits(one)) ?? []
      return game.send('message.correlate', key, {
        messageName: about,
        messageKey: 4 * 2 ** 20 + 1,
        variables: variables(),
      })
    }
    case 'signal': {
      const waits = (one: Subscription) => one.kind === 'signal' && one.signalName === about
      const [key] = [...state.subscriptions].find(([, one]) => waits(one)) ?? []
      return game.send('signal.trigger', key, { signalName: about, signalKey: 5 * 2 ** 20 + 1, variables: variables() })
    }
    case 'activate': {
      const elements = JSON.parse(given) as CommandValues['adHocSubProcess.activate']['elements']
      const [key] = [...state.elements].find(([, one]) => one.elementId === about) ?? []
      return game.send('adHocSubProcess.activate', key, { elements, cancelRemainingInstances: false })
    }
    case 'late':
      // A worker that answers although its retries have run out.
      return game.send('job.complete', find(state.jobs), { variables: variables() })
    case 'job': {
      // What the worker decided goes under `result`, the rest are variables.
      const { result, ...rest } = variables() as Variables & { result?: JobResult }
      const job = find(state.jobs, (one) => one.status === 'created')
      return game.send('job.complete', job, { variables: rest, ...(result ? { result } : {}) })
    }
    case 'fail':
      return game.send('job.fail', find(state.jobs), { retries: Number(given), message: 'unreachable', retryAt: null })
    case 'error': {
      const [, errorCode = '', brought = ''] = /^(\S*)\s*(.*)$/.exec(given) ?? []
      const errorVariables = brought === '' ? {} : (JSON.parse(brought) as Variables)
      return game.send('job.throwError', find(state.jobs), { errorCode, message: 'refused', variables: errorVariables })
    }
    case 'resolve':
      return game.send('incident.resolve', find(state.incidents), {})
    case 'set': {
      const scopeKey = about === '' ? (state.instance?.key ?? 0) : find(state.elements)
      return game.send('variables.set', scopeKey, { scopeKey, variables: variables(), local: about !== '' })
    }
    case 'continue': {
      const body = [...state.elements.values()].find((one) => one.multi && one.multi.created < one.multi.items.length)
      return game.send('multiInstance.continue', body?.key, {})
    }
    case 'cancel':
      return game.send('processInstance.cancel', undefined, { reason: 'asked' })
    case 'migrate': {
      const target = bundle.others?.find(about, { kind: 'latest' }, bundle)?.key ?? 0
      const mappings = Object.entries(variables()).map(([sourceElementId, targetElementId]) => ({
        sourceElementId,
        targetElementId: String(targetElementId),
      }))
      return game.send('processInstance.migrate', undefined, {
        reason: 'asked',
        targetDefinitionKey: target,
        mappings,
      })
    }
    case 'suspend':
      return game.send('processInstance.suspend', undefined, { reason: 'asked' })
    case 'resume':
      return game.send('processInstance.resume', undefined, { reason: 'answered' })
    case 'modify':
      return game.send('processInstance.modify', undefined, { reason: 'asked', ...modificationOf(rest) })
    default:
      throw new Error(`no such command: ${command}`)
  }
}

/** A fact as one line: what, where, and what a reader has to know of it. Keys are told from the first key on. */
function factLine(fact: Fact): string {
  const { kind, key, value } = fact
  const base = 1024 * 2 ** 20
  const about = 'flowId' in value ? value.flowId : 'elementId' in value ? value.elementId : null
  const told = [kind, about, `#${key - base}`]
  if (kind === 'element.activated') {
    const { scopeKey, causes, loopCounter, elementType } = fact.value
    told.push(`in #${scopeKey - base}`, `after ${causes.map((cause) => `#${cause - base}`).join(' ')}`)
    if (loopCounter !== null) told.push(`item ${loopCounter}`)
    if (elementType === 'multiInstanceBody') told.push('body')
    if (elementType === 'adHocSubProcessInnerInstance') told.push('activation')
  }
  if (kind === 'variables.set') told.push(JSON.stringify(fact.value.variables))
  if (kind === 'incident.created') told.push(fact.value.code, `retry ${fact.value.retry}`)
  if (kind === 'signal.broadcast') told.push(fact.value.signalName, JSON.stringify(fact.value.variables))
  if (kind === 'escalation.thrown') told.push(fact.value.escalationCode, `caught by ${fact.value.catcherId}`)
  if (kind === 'userTask.created') told.push(fact.value.assignee ?? '')
  if (kind === 'userTask.assigned') told.push(fact.value.assignee)
  if (kind === 'userTask.assigning') told.push(String(fact.value.assignee))
  if (kind === 'userTask.denied') told.push(`${fact.value.event}: ${fact.value.reason}`)
  if (kind === 'userTask.corrected') {
    const { elementId: _, ...changes } = fact.value
    told.push(JSON.stringify(changes))
  }
  if (kind === 'job.created' && fact.value.listener)
    told.push(`listener ${fact.value.listener.event} ${fact.value.type}`)
  if (kind === 'processInstance.migrated') told.push(`to ${fact.value.processId}`)
  if (kind === 'element.migrated') told.push(`from ${fact.value.sourceElementId}`)
  if (kind === 'join.migrated') told.push(`at ${fact.value.elementId}`, `from ${fact.value.sourceFlowId}`)
  if (kind === 'compensationSubscription.migrated' && fact.value.handlerId !== null)
    told.push(`undone by ${fact.value.handlerId}`)
  if (kind === 'processInstance.held')
    told.push(fact.value.following.map(({ go, key: at }) => `${go} #${at - base}`).join(', '))
  if (kind === 'element.ending') told.push(fact.value.then.kind)
  if (kind === 'timer.created') told.push(`after ${(fact.value.dueAt - START) / 3_600_000} h`)
  if (kind === 'multiInstance.collected') told.push(`${fact.value.index}: ${JSON.stringify(fact.value.value)}`)
  if (kind === 'adHocSubProcess.collected') told.push(JSON.stringify(fact.value.value))
  if (kind === 'multiInstance.updated') told.push(JSON.stringify(fact.value.items))
  if ('why' in value && value.why && !Array.isArray(value.why)) {
    const why = value.why as { readonly rule: string; readonly result: unknown }
    told.push(`because ${why.rule} is ${JSON.stringify(why.result)}`)
  }
  return sentence(told)
}

/** Words in a line; what is absent is left out. */
function sentence(words: readonly (string | number | boolean | null | undefined | readonly string[])[]): string {
  return words.filter((word) => word !== null && word !== undefined && word !== '').join(' ')
}
