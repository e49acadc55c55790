import { ot } from '../i18n/oversight.ts'

/** Unit and number: all that is said of whose case it is. One without a number is told apart by its key, as commands name it. */
export const caseName = (one: { unit: { name: string }; caseNumber: string | null; caseKey: string }): string =>
  ot('oneCase', { unit: one.unit.name, number: one.caseNumber ?? ot('unnumbered', { key: one.caseKey }) })

/** Name of a step for people: one without a name is said to be so. */
export const stepName = (step: { name: string | null }): string => step.name ?? ot('untitled')
