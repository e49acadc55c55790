import type { PackageFiles, Step } from '@bihuan/engine'
import { readSchema } from './schema.ts'

/** A form of the package: its file, and the steps that name it. */
export interface FormFile {
  readonly file: string
  /** Id by which steps name it; null when the file has none. */
  readonly formId: string | null
  readonly title: string | null
  readonly steps: readonly Step[]
}

/**
 * The forms of a package in the order of their steps, those no step names at the end by file name.
 * @returns the forms, and the steps that have none: their form is not named, or no file holds it
 */
export function formsOf(files: PackageFiles, steps: readonly Step[]): { forms: FormFile[]; without: Step[] } {
  const read = Object.keys(files)
    .filter((name) => name.endsWith('.form'))
    .sort()
    .map((file): FormFile => {
      const schema = readSchema(files[file] ?? '')
      const formId = typeof schema?.id === 'string' && schema.id !== '' ? schema.id : null
      const properties = schema?.properties as { title?: unknown } | null | undefined
      const title = typeof properties?.title === 'string' && properties.title !== '' ? properties.title : null
      return { file, formId, title, steps: steps.filter((step) => formId !== null && step.formId === formId) }
    })
  const firstStep = (form: FormFile): number => (form.steps[0] ? steps.indexOf(form.steps[0]) : steps.length)
  const named = new Set(read.map((form) => form.formId))
  return {
    forms: read.sort((a, b) => firstStep(a) - firstStep(b)),
    without: steps.filter((step) => step.formId === null || !named.has(step.formId)),
  }
}
