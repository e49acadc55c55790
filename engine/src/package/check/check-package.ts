import { accessAt } from '../../field/access.ts'
import { holdsKind } from '../../field/component.ts'
import type { FieldDictionary, FieldEntry } from '../../field/dictionary.ts'
import { fieldsIn } from '../../field/merge-form.ts'
import type { ProblemCode } from '../../problem/catalog.ts'
import type { Facts, Problem } from '../../problem/problem.ts'
import type { JudgedPackage } from '../judged.ts'
import { builtInJobs } from './built-in.ts'
import { optionsMissing } from './options.ts'
import { tasksForNobody } from './people.ts'
import { type Place, placesOf } from './places.ts'
import { publishedNames } from './published.ts'
import { unwrittenReads } from './unwritten.ts'
import { variableUse } from './variables.ts'

const FIELDS = 'fields.yaml'

type Parts = Omit<JudgedPackage, 'problems'>

/** What the checks look at, read once. */
interface Subject {
  readonly judged: Parts
  readonly dictionary: FieldDictionary
  readonly places: readonly Place[]
}

/**
 * How the parts of a package fit together, once each has been read: dictionary and matrix, steps, forms, notices,
 * conditions. A package without `fields.yaml` is taken as it is, but for user tasks nobody could get. Warnings, except
 * what would publish or break.
 */
export function checkPackage(judged: Parts): Problem[] {
  return [...tasksForNobody(judged), ...builtInJobs(judged), ...checkParts(judged)]
}

function checkParts(judged: Parts): Problem[] {
  const { fields: dictionary, processes } = judged
  // A model that is refused has no steps yet; its own faults come first.
  if (!dictionary || processes.length === 0) return []
  const subject = { judged, dictionary, places: placesOf(judged) }
  return [
    ...strangers(subject),
    ...uses(subject),
    ...namesTwice(subject),
    ...steps(subject),
    ...kinds(subject),
    ...published(subject),
    ...unwritten(subject),
    ...optionsMissing(judged),
    ...titles(subject),
  ]
}

function problem(
  code: ProblemCode,
  severity: Problem['severity'],
  at: { readonly resource: string; readonly elementId?: string; readonly elementName?: string },
  facts: Facts,
): Problem {
  const { resource, elementId = null, elementName = null } = at
  return { code, severity, resource, elementId, elementName, facts }
}

const ofField = ({ key, name }: FieldEntry): Facts => ({ field: name, key })

/** Access for steps and fields that are not there. */
function strangers({ dictionary, places }: Subject): Problem[] {
  const steps = new Set(places.map(({ elementId }) => elementId))
  const keys = new Set(dictionary.fields.map(({ key }) => key))
  return Object.entries(dictionary.access).flatMap(([elementId, row]) => {
    if (!steps.has(elementId))
      return [problem('ACCESS_STEP_MISSING', 'warning', { resource: FIELDS }, { step: elementId })]
    return Object.keys(row)
      .filter((key) => !keys.has(key))
      .map((key) =>
        problem(
          'ACCESS_FIELD_MISSING',
          'warning',
          { resource: FIELDS },
          { field: key, step: nameOf(places, elementId) },
        ),
      )
  })
}

const nameOf = (places: readonly Place[], elementId: string): string =>
  places.find((place) => place.elementId === elementId)?.name ?? elementId

/** Fields that nobody fills, and fields that are kept from all but those who filled them and decide nothing. */
function uses({ judged, dictionary, places }: Subject): Problem[] {
  const { read } = variableUse(judged)
  const { written } = variableUse({ ...judged, forms: [] })
  return dictionary.fields.flatMap((field) => {
    const cells = places.map(({ elementId }) => accessAt(dictionary, elementId, field.key))
    const filled = cells.filter((access) => access === 'required' || access === 'write').length
    const seen = cells.filter((access) => access !== 'none').length
    if (filled === 0)
      return written.has(field.key)
        ? []
        : [problem('FIELD_NOT_FILLED', 'warning', { resource: FIELDS }, ofField(field))]
    // What is public is read by whoever may see the case.
    if (seen > 1 || field.grade === 'public' || read.has(field.key)) return []
    return [problem('FIELD_NOT_READ', 'warning', { resource: FIELDS }, ofField(field))]
  })
}

/** Fields of one name that stand under one heading of a form: whoever fills it cannot tell them apart. */
function namesTwice({ dictionary, places }: Subject): Problem[] {
  return dictionary.fields.flatMap((field, at) => {
    const same = dictionary.fields.slice(0, at).filter((other) => nameIn(other) === nameIn(field))
    const isSeen = (place: Place, { key }: FieldEntry) => accessAt(dictionary, place.elementId, key) !== 'none'
    const step = places.find((place) => isSeen(place, field) && same.some((other) => isSeen(place, other)))
    return step
      ? [problem('FIELD_NAME_TWICE', 'warning', { resource: FIELDS }, { ...ofField(field), step: step.name })]
      : []
  })
}

const nameIn = ({ group, name }: FieldEntry): string => JSON.stringify([group, name.trim()])

/** Steps without anybody to do them, and steps at which nothing can be done. */
function steps({ judged, dictionary, places }: Subject): Problem[] {
  const forms = new Map(judged.forms.map(({ id, form }) => [id, form]))
  const keys = new Set(dictionary.fields.map(({ key }) => key))
  return places.flatMap((place) => {
    const { elementId, name, kind, resource, formId, hasPeople } = place
    const at = { resource, elementId, elementName: name }
    // A task is told of as such: nobody could ever get it.
    const found: Problem[] = hasPeople || kind === 'task' ? [] : [problem('PEOPLE_MISSING', 'warning', at, {})]
    const cells = dictionary.fields.map(({ key }) => accessAt(dictionary, elementId, key))
    const form = formId === null ? undefined : forms.get(formId)
    // Fields that stand in the form alone are as the form has them; a form of another package is not known here.
    const isForeign = formId !== null && !form
    const own = (form?.fields ?? []).filter(({ path }) => !keys.has(path[0]!))
    const isFilled =
      cells.some((access) => access === 'required' || access === 'write') || own.some((one) => one.readonly !== true)
    const isRead = cells.includes('read') || own.length > 0
    // A task to take note of something has only what is read.
    if (!isForeign && !isFilled && !(kind === 'task' && isRead))
      found.push(problem('STEP_WITHOUT_FIELDS', 'warning', at, {}))
    return found
  })
}

/** Components that cannot hold what the dictionary says their field is. */
function kinds({ judged, dictionary, places }: Subject): Problem[] {
  return judged.forms.flatMap(({ id, title, schema, resource }) => {
    const at = places.filter(({ formId }) => formId === id)
    const components = fieldsIn(schema)
    return dictionary.fields.flatMap((field) => {
      const component = components.get(field.key)
      const isShown = at.some(({ elementId }) => accessAt(dictionary, elementId, field.key) !== 'none')
      if (!component || !isShown || holdsKind(component, field.kind)) return []
      return [problem('FORM_FIELD_KIND', 'error', { resource }, { ...ofField(field), form: title ?? id })]
    })
  })
}

/** Sensitive fields that a public notice would show. */
function published({ judged, dictionary }: Subject): Problem[] {
  return judged.processes.flatMap(({ process, resource }) =>
    publishedNames(process).flatMap(({ node, names }) =>
      dictionary.fields
        .filter(({ key, grade }) => grade === 'sensitive' && names.has(key))
        .map((field) => {
          const at = { resource, elementId: node.id, elementName: node.name ?? node.id }
          return problem('FIELD_PUBLISHED', 'error', at, ofField(field))
        }),
    ),
  )
}

/** Expressions that read what nothing can have written. */
function unwritten({ judged, dictionary }: Subject): Problem[] {
  const use = variableUse(judged)
  return use.isOpen ? [] : unwrittenReads(judged, use, new Set(dictionary.fields.map(({ key }) => key)))
}

/** Titles of cases that tell everybody what some steps may not see. */
function titles({ judged, dictionary, places }: Subject): Problem[] {
  return judged.processes.flatMap(({ process, resource }) => {
    const names = new Set(process.title?.names ?? [])
    const at = { resource, elementId: process.id, elementName: process.name }
    return dictionary.fields
      .filter(({ key, grade }) => names.has(key) && grade !== 'public')
      .filter(({ key }) => places.some(({ elementId }) => accessAt(dictionary, elementId, key) === 'none'))
      .map((field) => problem('TITLE_FIELD_HIDDEN', 'warning', at, ofField(field)))
  })
}
