import type { TrailEntry } from '@bihuan/runtime/contract'
import { deadlineText } from '../../i18n/dates.ts'
import { t, tMaybe, type WordKey } from '../../i18n/i18n.ts'

/** One line of the trail in words. */
export interface TrailSentence {
  /** What happened. */
  readonly head: string
  /** Who did it, and what else the record says, each a phrase. */
  readonly parts: readonly string[]
}

/** Why something was decided, ready to be read: the rule and the values it read. */
export interface TrailReason {
  readonly rule: string
  readonly inputs: readonly string[]
  readonly result: string | null
}

/** Facts in the order they are said. */
const FACTS = [
  'number', 'unit', 'title', 'version', 'notice', 'action', 'assignee', 'previous', 'candidates', 'flow', 'target',
  'decision', 'dueAt', 'until', 'reason', 'message', 'text',
] as const
type FactName = (typeof FACTS)[number]

const MOMENTS: readonly FactName[] = ['dueAt', 'until']

/** Says one record of the trail in the reader's language: who, what, and the facts that belong to it. */
export function sayEntry(entry: TrailEntry): TrailSentence {
  const { text, used } = head(entry)
  const facts = FACTS.flatMap((name) => {
    const value = entry.facts[name]
    if (value === undefined || value === '' || used.includes(name)) return []
    return [t(`trail.fact.${name}`, { value: MOMENTS.includes(name) ? moment(value) : value })]
  })
  const who = sayActor(entry.actor)
  return { head: text, parts: who === null ? facts : [who, ...facts] }
}

/** Who acted, or null for the system itself: what it does needs no doer. */
export function sayActor(actor: TrailEntry['actor']): string | null {
  if (actor.type === 'person') return actor.name
  return actor.type === 'client' ? t('trail.client', { name: actor.name }) : null
}

/** Why, or null when the record holds no reason. A plain `true` says nothing more than the rule and is left out. */
export function sayReason(why: TrailEntry['why']): TrailReason | null {
  if (why === null) return null
  return {
    rule: why.rule,
    inputs: Object.entries(why.inputs).map(([name, value]) => t('trail.where', { name, value: plain(value) })),
    result: why.result === true || why.result === null ? null : t('trail.result', { value: plain(why.result) }),
  }
}

function head(entry: TrailEntry): { text: string; used: readonly FactName[] } {
  const { facts } = entry
  const element = entry.elementName ?? facts.name ?? ''
  if (facts.action) return { text: t('trail.headWith.action', { action: facts.action }), used: ['action', 'message'] }
  if (facts.notice) return { text: t('trail.headWith.notice', { notice: facts.notice }), used: ['notice', 'title'] }
  if (entry.kind === 'sequenceFlow.taken' && facts.flow) {
    return { text: t('trail.headWith.flow', { flow: facts.flow }), used: ['flow'] }
  }
  if (/^userTask\.assign(ed)?$/.test(entry.kind) && facts.assignee) {
    // Taking a task is not said twice: the one who acts is the one it goes to.
    const self = facts.assignee === entry.actor.name
    const text = self ? null : t('trail.headWith.assignedTo', { assignee: facts.assignee, element })
    return { text: text ?? wordsOfKind(entry.kind, element), used: ['assignee'] }
  }
  return { text: wordsOfKind(entry.kind, element), used: [] }
}

function wordsOfKind(kind: string, element: string): string {
  const key: WordKey = element ? 'trail.otherAt' : 'trail.other'
  const words = tMaybe(`trail.head.${kind}`, { element })
  return words ?? t(key, { element })
}

const moment = (value: string): string => (Number.isNaN(Date.parse(value)) ? value : deadlineText(value))

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
