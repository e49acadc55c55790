import type { AuditedRow } from '@bihuan/runtime/contract'
import { au, auMaybe } from '../../i18n/audit.ts'
import { t } from '../../i18n/i18n.ts'
import { exactText } from '../moment.ts'

/** Who did it: a person, a system outside, or a part of this one. */
export function actorText({ type, id, name }: AuditedRow['actor']): string {
  if (type === 'client') return au('client', { name })
  return type === 'system' ? (auMaybe(`actors.${id}`) ?? au('system')) : name
}

/** Facts that are told in the list, too; the others are for who looks closer. */
const SHORT = ['case', 'person', 'role', 'unit', 'name', 'reason']

/** What a row is about, in one line: the case, or whom and what. */
export function aboutText({ case: of, says }: AuditedRow): string {
  const parts = of ? [of.number ?? au('noNumber'), of.processName, of.unitName] : SHORT.map((fact) => says[fact] ?? '')
  return parts.filter(Boolean).join(t('app.separator'))
}

/** What a row says, fact by fact, under the name of each. */
export const factsOf = ({ says }: AuditedRow): readonly { readonly name: string; readonly text: string }[] =>
  Object.entries(says).flatMap(([fact, text]) => {
    const name = auMaybe(`facts.${fact}`)
    return name === undefined ? [] : [{ name, text: isMoment(text) ? exactText(text) : text }]
  })

const isMoment = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)
