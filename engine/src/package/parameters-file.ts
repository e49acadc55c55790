import { invalidFile, isMapping, type Read, readYaml } from '../field/yaml.ts'
import type { Problem } from '../problem/problem.ts'
import type { Json } from '../record/json.ts'

/** A parameter as `parameters.yaml` declares it: where its value comes from is written beside it. */
export interface ParameterDeclaration {
  readonly name: string
  readonly title: { readonly [language: string]: string }
  readonly type: string | null
  readonly unit: string | null
  /** `L` law, checked; `L°` law, from memory; `P` practice. */
  readonly mark: string | null
  readonly value: Json
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Reads `parameters.yaml`: a list `parameters` of name, title, type, default (or value), unit, mark. */
export function readParametersFile(resource: string, source: string): Read<readonly ParameterDeclaration[] | null> {
  const { value, problems } = readYaml(resource, source)
  if (problems.length > 0) return { value: null, problems }
  if (!isMapping(value) || !Array.isArray(value.parameters))
    return { value: null, problems: [invalidFile(resource, 'parameters')] }
  const faults: Problem[] = []
  const seen = new Set<string>()
  const declarations = value.parameters.flatMap((entry: unknown, index): ParameterDeclaration[] => {
    const name = isMapping(entry) ? textOf(entry.name) : null
    if (!isMapping(entry) || !name || !/^[A-Za-z_]\w{0,99}$/.test(name) || seen.has(name)) {
      faults.push(invalidFile(resource, `parameters[${index}].name`))
      return []
    }
    seen.add(name)
    const initial = 'default' in entry ? entry.default : entry.value
    if (initial === undefined || !isPlain(initial)) {
      faults.push(invalidFile(resource, `parameters[${index}].default (${name})`))
      return []
    }
    const { title } = entry
    return [
      {
        name,
        title: isMapping(title)
          ? Object.fromEntries(Object.entries(title).filter(isTitle))
          : { zh: textOf(title) ?? name },
        type: textOf(entry.type),
        unit: textOf(entry.unit),
        mark: textOf(entry.mark),
        value: initial,
      },
    ]
  })
  return faults.length > 0 ? { value: null, problems: faults } : { value: declarations, problems: [] }
}

const isTitle = (pair: [string, unknown]): pair is [string, string] => typeof pair[1] === 'string'

/** A JSON value: no dates, no numbers that JSON cannot write. */
function isPlain(value: unknown): value is Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isPlain)
  return isMapping(value) && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain)
}
