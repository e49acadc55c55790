import { type FieldEntry, type FieldKind, fieldKinds, type Grade, grades, type StepAccess } from '@bihuan/engine'
import { st, stMaybe } from '../../i18n/studio.ts'
import { accesses, type FieldWords, type WordsFor } from './clipboard.ts'

export const accessWord = (access: StepAccess): string => st(`fields.access.${access}`)
export const kindWord = (kind: FieldKind): string => st(`fields.kind.${kind}`)
export const gradeWord = (grade: Grade): string => st(`fields.grade.${grade}`)
export const groupWord = (group: string | undefined): string => group ?? st('fields.noGroup')

/** How a field is filled, in a few words: its kind with what matters most of it. */
export function kindLine(field: FieldEntry): string {
  const kind = kindWord(field.kind)
  const count = (number: number): string => stMaybe(`fields.count.${number}`) ?? `${number} `
  switch (field.kind) {
    case 'text':
      return field.maxLength === undefined ? kind : st('fields.kindLine.length', { kind, max: field.maxLength })
    case 'number':
      return field.unit === undefined ? kind : st('fields.kindLine.unit', { unit: field.unit })
    case 'choice':
      return st('fields.kindLine.pick', { count: count(field.options?.length ?? 0) })
    case 'choices':
      return st('fields.kindLine.pickMany', { count: count(field.options?.length ?? 0) })
    case 'table':
      return st('fields.kindLine.columns', { count: field.columns?.length ?? 0 })
    case 'attachments':
      return st('fields.kindLine.papers', { count: field.items?.length ?? 0 })
    default:
      return field.multiple === true ? st('fields.kindLine.many', { kind }) : kind
  }
}

const split = (words: string): string[] => words.split(' ')

/** Words for access that the clipboard may hold. */
export const accessWords = (): WordsFor<StepAccess> => {
  const words = Object.fromEntries(
    accesses.map((access) => [access, split(st(`fields.accessWords.${access}`))]),
  ) as unknown as { [K in StepAccess]: string[] }
  return { ...words, none: [...words.none, ''] }
}

/** Words for kinds and grades that a spreadsheet may hold. */
export const fieldWords = (): FieldWords => ({
  kinds: Object.fromEntries(
    fieldKinds.map((kind) => [kind, split(st(`fields.kindWords.${kind}`))]),
  ) as unknown as WordsFor<FieldKind>,
  grades: Object.fromEntries(
    grades.map((grade) => [grade, split(st(`fields.gradeWords.${grade}`))]),
  ) as unknown as WordsFor<Grade>,
  heads: split(st('fields.headWords')),
})

/** What a choice or a table begins with. */
export const begin = () => ({
  options: [st('fields.detail.option', { number: 1 }), st('fields.detail.option', { number: 2 })],
  column: st('fields.column.name'),
})
