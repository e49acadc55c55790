import {
  type AccessMatrix,
  accessAt,
  applyDictionary,
  type FieldDictionary,
  formText,
  type PackageFiles,
  type Step,
} from '@bihuan/engine'
import { type Component, componentsOf, dictionaryKey, readSchema } from './schema.ts'

/** A form of steps, and what it is made from. */
export interface FormOrigin {
  readonly file: string
  readonly files: PackageFiles
  /** All steps that name this form. */
  readonly steps: readonly Step[]
  readonly dictionary: FieldDictionary
  readonly packageId: string
}

/** The dictionary with other rows of the matrix for the steps of this form. */
function withRows({ dictionary, steps }: FormOrigin, row: (step: Step) => AccessMatrix[string]): FieldDictionary {
  const rows = Object.fromEntries(steps.map((step) => [step.elementId, row(step)]))
  return { ...dictionary, access: { ...dictionary.access, ...rows } }
}

/**
 * The form brought up to dictionary and matrix, keeping what was laid out by hand: fields these steps may see and that
 * do not stand on it come onto it, those they may not see leave it.
 * @returns the text of the file, the same when there is nothing to do
 */
export function broughtUp(origin: FormOrigin): string {
  const { file, files, steps, dictionary, packageId } = origin
  const present = new Set(componentsOf(readSchema(files[file] ?? '')).map(dictionaryKey))
  const before = withRows(origin, ({ elementId }) =>
    Object.fromEntries(
      dictionary.fields
        .filter(({ key }) => present.has(key))
        .map(({ key }) => {
          const access = accessAt(dictionary, elementId, key)
          return [key, access === 'none' ? 'read' : access]
        }),
    ),
  )
  const changes = applyDictionary(files, { before, after: dictionary, steps, packageId })
  return changes[file] ?? files[file] ?? ''
}

/** The form made anew from dictionary and matrix; id and title stay, all else is as generated. */
export function madeAnew(origin: FormOrigin): string {
  const { file, files, steps, dictionary, packageId } = origin
  const { id, properties } = readSchema(files[file] ?? '') ?? {}
  const title = (properties as { title?: unknown } | undefined)?.title
  const empty = {
    schemaVersion: 19,
    type: 'default',
    id: String(id ?? ''),
    ...(typeof title === 'string' && { properties: { title } }),
    components: [],
  }
  const without = { ...files, [file]: formText(empty) }
  const before = withRows(origin, () => ({}))
  const changes = applyDictionary(without, { before, after: dictionary, steps, packageId })
  return changes[file] ?? without[file] ?? ''
}

/** The component that dictionary and matrix make of a field for these steps; null when they may not see it. */
export function componentFor(origin: FormOrigin, key: string): Component | null {
  return componentsOf(readSchema(madeAnew(origin))).find((component) => dictionaryKey(component) === key) ?? null
}

/** Fields these steps may see that do not stand on the form, in the order of the dictionary. */
export function fieldsOff(origin: FormOrigin): string[] {
  const { dictionary, steps, files, file } = origin
  const components = componentsOf(readSchema(files[file] ?? ''))
  const present = new Set(components.flatMap((component) => [dictionaryKey(component), component.key]))
  return dictionary.fields
    .filter(({ key }) => steps.some(({ elementId }) => accessAt(dictionary, elementId, key) !== 'none'))
    .map(({ key }) => key)
    .filter((key) => !present.has(key))
}

/** What making a form anew would take away: components of its own, and what was changed by hand on the others. */
export interface Lost {
  /** Labels (or texts) of components that dictionary and matrix do not make. */
  readonly own: readonly string[]
  /** Fields that were changed by hand, with the members that differ. */
  readonly changed: readonly { readonly label: string; readonly members: readonly string[] }[]
  /** Whether order, rows or groups were laid out by hand. */
  readonly layout: boolean
}

const PLACE = new Set(['layout', 'id', 'components'])

/** Compares a form with the same form made anew. */
export function lostAnew(mine: string, anew: string): Lost {
  const here = componentsOf(readSchema(mine))
  const there = componentsOf(readSchema(anew))
  const made = new Map(there.map((component) => [nameOf(component), component]))
  const own = here.filter((component) => !made.has(nameOf(component)))
  const changed = here.flatMap((component) => {
    const other = made.get(nameOf(component))
    if (!other) return []
    const members = [...new Set([...Object.keys(component), ...Object.keys(other)])].filter(
      (name) => !PLACE.has(name) && JSON.stringify(component[name]) !== JSON.stringify(other[name]),
    )
    return members.length > 0 ? [{ label: labelOf(component), members }] : []
  })
  const outline = (components: readonly Component[]) =>
    JSON.stringify(components.map((component) => [nameOf(component), component.layout ?? null]))
  const shared = here.filter((component) => made.has(nameOf(component)))
  return {
    own: own.map(labelOf),
    changed,
    layout: outline(shared) !== outline(there.filter((one) => shared.some((mine) => nameOf(mine) === nameOf(one)))),
  }
}

const nameOf = (component: Component): string => String(component.key ?? component.path ?? component.id ?? '')

function labelOf(component: Component): string {
  const text = [component.label, component.text, component.dateLabel, component.key, component.type].find(
    (value): value is string => typeof value === 'string' && value.trim() !== '',
  )
  return (text ?? '')
    .replace(/[#*_`]/g, '')
    .trim()
    .slice(0, 40)
}
