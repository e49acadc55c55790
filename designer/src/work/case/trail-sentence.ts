import type { Why } from '@bihuan/engine'
import type { TrailEntry } from '@bihuan/runtime/contract'
import { deadlineText } from '../../i18n/dates.ts'
import { inLanguage, t, tMaybe, type WordKey } from '../../i18n/i18n.ts'

/** One line of the trail in words. */
export interface TrailSentence {
  /** What happened. */
  readonly head: string
  /** Who did it; null for the system itself. */
  readonly who: string | null
  /** What else the record says, each a phrase. */
  readonly facts: readonly string[]
}

/** Why something was decided, ready to be read: the rule and the values it read. */
export interface TrailReason {
  /** Null where naming the rule would say nothing to people. */
  readonly rule: string | null
  readonly inputs: readonly string[]
  readonly result: string | null
  /** What the rule could not go by, each a sentence: data that is not there, values that do not compare. */
  readonly doubts: readonly string[]
}

/** A reason as the server tells it, or as the engine gives it in a trial. */
type AnyWhy = NonNullable<TrailEntry['why']> | Why

/** Facts in the order they are said. Names for machines (message, decision, job type) are not among them. */
const FACTS = [
  'number',
  'unit',
  'version',
  'notice',
  'action',
  'assignee',
  'previous',
  'candidates',
  'flow',
  'target',
  'dueAt',
  'until',
  'reason',
  'message',
  'text',
] as const
type FactName = (typeof FACTS)[number]

const MOMENTS: readonly FactName[] = ['dueAt', 'until']

/**
 * Kinds that are somebody's act. Other facts follow from an act: their record names the same actor, but saying that
 * this person opened a step or took a way would be untrue.
 */
const ACTS =
  /^(processInstance\.(create|created|migrated?|cancel|terminated|suspend(ed)?|resumed?|modify|modified)|userTask\.((un)?assign|update|complete).*|userTask\.(updating|completing)|adHocSubProcess\.activate|messageSubscription\.correlated|message\..*|incident\.resolved?)$/

/** Says one record of the trail in the reader's language: who, what, and the facts that belong to it. */
export function sayEntry(entry: TrailEntry): TrailSentence {
  const { text, used } = head(entry)
  const said = entry.messages ? inLanguage(entry.messages) : undefined
  const facts = FACTS.flatMap((name) => {
    if (said && (name === 'text' || name === 'reason'))
      return name === 'text' ? [said.text, said.todo].filter(Boolean) : []
    const value = entry.facts[name]
    if (value === undefined || value === '' || used.includes(name)) return []
    // The name of a message is for machines; what a failed job says is for people.
    if (name === 'message' && !entry.kind.startsWith('job.')) return []
    if (name === 'dueAt' && entry.kind === 'timer.triggered') return []
    if (name === 'dueAt' && entry.kind === 'timer.created') return [t('trail.fact.timer', { value: moment(value) })]
    return [t(`trail.fact.${name}`, { value: MOMENTS.includes(name) ? moment(value) : value })]
  })
  return { head: text, who: ACTS.test(entry.kind) ? inCapacity(sayActor(entry.actor), entry.facts.as) : null, facts }
}

/** The whole line in one sentence, for places where nothing stands above it: who did what, then the facts. */
export function saySentence(words: TrailSentence): string {
  const did = words.who === null ? words.head : t('trail.did', { who: words.who, what: words.head })
  return [did, ...words.facts].join(t('trail.separator'))
}

/** Who acted, with the position in which he did. */
const inCapacity = (who: string | null, as: string | undefined): string | null =>
  who && as ? t('trail.as', { who, as }) : who

/** Who acted, or null for the system itself: what it does needs no doer. */
export function sayActor(actor: TrailEntry['actor']): string | null {
  if (actor.type === 'person') return actor.name
  return actor.type === 'client' ? t('trail.client', { name: actor.name }) : null
}

/**
 * Why, or null when the record holds no reason that people need: whom a task was offered to is said by its candidates,
 * and which decision was asked by its name.
 */
export function sayReason(entry: { readonly kind: string; readonly why: AnyWhy | null }): TrailReason | null {
  const { kind, why } = entry
  if (why === null || kind === 'userTask.created') return null
  // Numbers that were weighed against each other stand in the rule itself.
  const inputs = isReckoned(why) ? [] : Object.entries(why.inputs).filter(([, value]) => value !== null)
  return {
    rule: kind === 'decision.evaluated' ? null : isReckoned(why) ? reckon(why.rule, why.inputs) : why.rule,
    inputs: inputs.map(([name, value]) => t('trail.where', { name, value: plain(value) })),
    result: sayResult(why.result),
    doubts: sayDoubts(why),
  }
}

const asWritten = (name: string): string => name

/** What a rule could not go by: names that nothing has, kinds of values that do not go together. */
export function sayDoubts(
  { missing = [], unlike = [] }: Pick<Why, 'missing' | 'unlike'>,
  nameOf = asWritten,
): string[] {
  const kind = (name: string): string => tMaybe(`trail.kind.${name}`) ?? name
  const unfit = unlike.map(({ left, right }) => t('trail.unlike', { left: kind(left), right: kind(right) }))
  return [
    ...(missing.length > 0 ? [t('trail.missing', { names: missing.map(nameOf).join(t('case.list')) })] : []),
    ...new Set(unfit),
  ]
}

/** Whether a rule only weighs numbers against each other, such as votes against a majority. */
export function isReckoned(why: AnyWhy | null): boolean {
  const values = Object.values(why?.inputs ?? {})
  return values.length > 0 && values.every((value) => typeof value === 'number') && !/["(]|\bif\b/.test(why?.rule ?? '')
}

/** The rule with the numbers it read in the place of their names, as one would write it on paper. */
function reckon(rule: string, inputs: Record<string, unknown>): string {
  const names = Object.keys(inputs).sort((a, b) => b.length - a.length)
  const written = names.reduce((text, name) => text.replaceAll(name, String(inputs[name])), rule)
  return written.replaceAll('*', '×').replaceAll('>=', '≥').replaceAll('<=', '≤')
}

/** That a condition holds is not said: it is why the way was taken. That it does not hold is. */
function sayResult(result: unknown): string | null {
  if (result === true || result === null) return null
  if (result === false) return t('trail.holdsNot')
  const words = humanWords(result)
  return words === '' ? null : t('trail.result', { value: words })
}

function head(entry: TrailEntry): { text: string; used: readonly FactName[] } {
  const { facts } = entry
  const element = entry.elementName ?? facts.task ?? ''
  if (facts.action) return { text: t('trail.headWith.action', { action: facts.action }), used: ['action'] }
  if (facts.notice) return { text: t('trail.headWith.notice', { notice: facts.notice }), used: ['notice'] }
  if (entry.kind === 'sequenceFlow.taken' && facts.flow) {
    return { text: t('trail.headWith.flow', { flow: facts.flow }), used: ['flow', 'target'] }
  }
  if (/^userTask\.assign(ed)?$/.test(entry.kind) && facts.assignee) {
    // Taking a task is not said twice: the one who acts is the one it goes to.
    const self = facts.assignee === entry.actor.name
    const text = self ? null : t('trail.headWith.assignedTo', { assignee: facts.assignee, element })
    return { text: text ?? wordsOfKind(entry.kind, element), used: ['assignee'] }
  }
  if (entry.kind === 'userTask.updated' && !facts.dueAt)
    return { text: t(`trail.headWith.${facts.candidates ? 'offered' : 'changed'}`, { element }), used: [] }
  const denied = entry.kind === 'userTask.denied' && tMaybe(`trail.headWith.denied.${facts.event}`, { element })
  return { text: denied || wordsOfKind(entry.kind, element), used: [] }
}

function wordsOfKind(kind: string, element: string): string {
  const key: WordKey = element ? 'trail.otherAt' : 'trail.other'
  const words = tMaybe(`trail.head.${kind}`, { element })
  return words ?? t(key, { element })
}

/** The parts of a result that are written for people: text, not codes, flags or numbers of a table. */
export function humanWords(result: unknown): string {
  if (typeof result === 'string' || typeof result === 'number') return String(result)
  if (typeof result !== 'object' || result === null) return ''
  const texts = Object.values(result).filter(
    (value): value is string => typeof value === 'string' && !/^[\w.-]*$/.test(value),
  )
  return [...new Set(texts)].join(t('case.list'))
}

const moment = (value: string): string => (Number.isNaN(Date.parse(value)) ? value : deadlineText(value))

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** What a reader wants first: what the record calls important, and votes that decided the way; not mere arrivals. */
export const isKey = (entry: TrailEntry): boolean =>
  (entry.important && !isArrival(entry)) || (entry.kind === 'sequenceFlow.taken' && isReckoned(entry.why))

/** Whether an entry only says that a step was reached. */
export const isArrival = (entry: TrailEntry): boolean => entry.kind === 'element.activated'
