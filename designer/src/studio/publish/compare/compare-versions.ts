import {
  emptyDictionary,
  type FieldDictionary,
  type PackageFiles,
  type ParameterDeclaration,
  readDictionary,
  readParametersFile,
  type Step,
} from '@bihuan/engine'
import { compareDecisions } from './compare-decisions.ts'
import { compareAccess, compareFields } from './compare-fields.ts'
import { compareForms } from './compare-forms.ts'
import { compareModels } from './compare-models.ts'
import type { Change, Comparison, OtherChange } from './comparison.ts'
import { changesOf, type Thing, textOf } from './details.ts'

const FIELDS = 'fields.yaml'
const PARAMETERS = 'parameters.yaml'

/**
 * All that differs between two versions of a package, in the terms of those who keep it. What cannot be read is told
 * as changed, never left out.
 * @param steps the steps of the later version: they give the matrix its order and names
 */
export async function compareVersions(
  before: PackageFiles,
  after: PackageFiles,
  steps: readonly Step[],
): Promise<Comparison> {
  const [models, decisions] = await Promise.all([compareModels(before, after), compareDecisions(before, after)])
  const [was, is] = [dictionaryOf(before), dictionaryOf(after)]
  const both = was && is
  const fields = both ? compareFields(was, is) : []
  const access = both ? compareAccess(was, is, steps) : []
  const parameters = compareParameters(before[PARAMETERS], after[PARAMETERS])
  const told = (name: string): boolean =>
    /\.(bpmn|dmn|form)$/.test(name) ||
    (name === FIELDS && both !== null) ||
    (name === PARAMETERS && parameters !== null)
  const others = [...new Set([...Object.keys(after), ...Object.keys(before)])]
    .filter((name) => !told(name) && before[name] !== after[name])
    .sort()
    .map((resource): OtherChange => {
      const kind = before[resource] === undefined ? 'added' : after[resource] === undefined ? 'removed' : 'changed'
      return { kind, resource }
    })
  return { models, fields, access, forms: compareForms(before, after), decisions, parameters: parameters ?? [], others }
}

/** Null when it cannot be read. */
function dictionaryOf(files: PackageFiles): FieldDictionary | null {
  const text = files[FIELDS]
  return text === undefined ? emptyDictionary : readDictionary(text, FIELDS).dictionary
}

/** Null when one of them cannot be read. */
function compareParameters(before: string | undefined, after: string | undefined): Change[] | null {
  const read = (text: string | undefined) => (text === undefined ? [] : readParametersFile(PARAMETERS, text).value)
  const [was, is] = [read(before), read(after)]
  return was && is ? changesOf(was.map(parameterThing), is.map(parameterThing)) : null
}

function parameterThing({ name, title, type, unit, mark, value }: ParameterDeclaration): Thing {
  return {
    id: name,
    name: title.zh ?? Object.values(title)[0] ?? name,
    type,
    facts: { name: textOf(title), value: textOf(value), kind: type, unit, mark },
  }
}
