import type { PackageFiles } from '@bihuan/engine'
import type { Directory } from '@bihuan/runtime/contract'
import { t } from '../../i18n/i18n.ts'
import { type StudioKey, st, stMaybe } from '../../i18n/studio.ts'
import { readDeadline } from '../bpmn/sentence/feel/span.ts'
import { decisionNames, formTitle } from '../shell/file-names.ts'
import type { Detail, What } from './compare/comparison.ts'

/** Names that stand for keys: of roles, levels, forms, fields. */
export interface Names {
  readonly role: (group: string) => string
  readonly form: (id: string) => string
  readonly decision: (id: string) => string
}

/** Told as changed without their values: long, or written for the machine. */
const QUIET: ReadonlySet<What> = new Set([
  'inputs',
  'outputs',
  'job',
  'other',
  'order',
  'columns',
  'layout',
  'source',
  'action',
])

export function namesOf(directory: Directory | undefined, ...versions: PackageFiles[]): Names {
  const roles = new Map(directory?.roles.map(({ key, name }) => [key, name]))
  const levels = new Map(directory?.levels.map(({ key, name }) => [key, name]))
  const forms = new Map(versions.flatMap((files) => Object.values(files).flatMap(formTitle)))
  const decisions = new Map(versions.flatMap((files) => Object.values(files).flatMap(decisionNames)))
  return {
    role(group) {
      const [role = '', level] = group.split('@')
      const name = roles.get(role) ?? role
      return level ? st('publish.atLevel', { level: levels.get(level) ?? level, role: name }) : name
    },
    form: (id) => forms.get(id) ?? id,
    decision: (id) => decisions.get(id) ?? id,
  }
}

/** What differs, in words: `何时办完，3 天 改为 5 天`. */
export function detailWords(detail: Detail, names: Names): string {
  const what = st(`publish.what.${detail.what}`)
  if (QUIET.has(detail.what)) return what
  const before = detail.before === null ? null : valueWords(detail.what, detail.before, names)
  const after = detail.after === null ? null : valueWords(detail.what, detail.after, names)
  const change =
    before === null
      ? st('publish.set', { after: after ?? '' })
      : after === null
        ? st('publish.unset', { before })
        : st('publish.to', { before, after })
  return `${what} ${change}`
}

function valueWords(what: What, value: string, names: Names): string {
  const short = value.length > 80 ? `${value.slice(0, 80)}…` : value
  switch (what) {
    case 'who':
      return value
        .split(/\s*,\s*/)
        .map(names.role)
        .join(st('shell.comma'))
    case 'form':
      return names.form(value)
    case 'decision':
      return names.decision(value)
    case 'kind':
      return value.startsWith('bpmn:') ? typeWords(value) : kindWords(value)
    case 'due':
      return dueWords(value) ?? short
    case 'grade':
      return stMaybe(`fields.grade.${value}`) ?? value
    case 'required':
    case 'anew':
      return st(`publish.value.${what}`)
    case 'many':
    case 'wait': {
      const [head = '', ...rest] = value.split(', ')
      const word = stMaybe(`publish.value.${head}`)
      return word ? [word, ...rest].join(st('shell.comma')) : short
    }
    case 'hitPolicy':
      return stMaybe(`decisions.hitPolicy.${value}`) ?? value
    default:
      return short
  }
}

/** `3 天` for a due date that is so long after the task begins; null for any other. */
function dueWords(value: string): string | null {
  const due = readDeadline(value.startsWith('=') ? value : `=${value}`)
  if (due?.kind !== 'within' || due.span.kind !== 'amount') return null
  return st(`pieces.due.spans.${due.span.unit}`, { amount: due.span.amount })
}

/** A kind of field, or type of form component, in words. */
export const kindWords = (kind: string): string =>
  stMaybe(`fields.kind.${kind}`) ?? stMaybe(`publish.component.${kind}`) ?? kind

const TYPES: readonly [RegExp, string][] = [
  [/Process$/, 'process'],
  [/^bpmn:(User|Manual)Task$|^bpmn:Task$/, 'step'],
  [/Task$|CallActivity$/, 'automatic'],
  [/Gateway$/, 'decision'],
  [/StartEvent$/, 'start'],
  [/EndEvent$/, 'end'],
  [/BoundaryEvent$/, 'limit'],
  [/Event$/, 'wait'],
  [/Flow$|Association$/, 'flow'],
  [/Lane$|Participant$/, 'lane'],
  [/TextAnnotation$/, 'note'],
]

/** What a BPMN element is called by those who draw it. */
export function typeWords(type: string): string {
  const word = /SubProcess$/.test(type) ? 'sub' : (TYPES.find(([pattern]) => pattern.test(type))?.[1] ?? 'other')
  return st(`publish.type.${word}` as StudioKey)
}

/** An access in words. */
export const accessWords = (access: 'required' | 'write' | 'read' | 'none'): string => st(`fields.access.${access}`)

/** Details as one line. */
export const detailLine = (details: readonly Detail[], names: Names): string =>
  details.map((detail) => detailWords(detail, names)).join(t('app.separator'))
