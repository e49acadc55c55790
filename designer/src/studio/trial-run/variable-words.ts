import { type FieldEntry, readParametersFile } from '@bihuan/engine'
import { st } from '../../i18n/studio.ts'
import { humanWords } from '../../work/case/trail-sentence.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { VariableWords } from './why-list.tsx'

const PARAMETERS = 'parameters.yaml'

/** Names of fields, parameters and results of decisions, and their values by the labels of the options they stand for. */
export function wordsOf(workspace: Workspace): VariableWords {
  const fields = new Map(workspace.dictionary().fields.map((field) => [field.key, field]))
  const text = workspace.files[PARAMETERS]
  const parameters = text === undefined ? [] : (readParametersFile(PARAMETERS, text).value ?? [])
  const titles = new Map(parameters.map(({ name, title }) => [`parameters.${name}`, title.zh ?? name]))
  const { labels, rows } = tablesOf(workspace.files)
  const last = (variable: string): string => variable.slice(variable.lastIndexOf('.') + 1)
  /** `review.opinion` is the field `opinion` as a step kept it. */
  const fieldOf = (variable: string): FieldEntry | undefined => fields.get(variable) ?? fields.get(last(variable))
  const nameOf = (variable: string): string =>
    titles.get(variable) ?? fieldOf(variable)?.name ?? labels.get(last(variable)) ?? variable
  return {
    nameOf,
    wordOf: (variable, value) => valueWords(fieldOf(variable), value),
    rowOf: (ruleId) => rows.get(ruleId),
    ruleOf(rule, variables) {
      const said = [...variables]
        .sort((a, b) => b.length - a.length)
        .reduce((sofar, variable) => inOptions(sofar.replaceAll(variable, nameOf(variable)), fieldOf(variable)), rule)
      return said
        .replace(/\b(true|false)\b/g, (flag) => st(flag === 'true' ? 'decisions.yes' : 'decisions.no'))
        .replace(/ (and|or) /g, (_, joint: string) => st(joint === 'and' ? 'trial.and' : 'trial.or'))
    },
  }
}

/** The rule with the labels of a field's options in the place of their values. */
const inOptions = (rule: string, field: FieldEntry | undefined): string =>
  (field?.options ?? []).reduce((text, { value, label }) => text.replaceAll(`"${value}"`, label), rule)

/** What the results of decision tables are called, and the place of each rule in its table. */
function tablesOf(files: { readonly [name: string]: string }): {
  readonly labels: ReadonlyMap<string, string>
  readonly rows: ReadonlyMap<string, number>
} {
  const labels = new Map<string, string>()
  const rows = new Map<string, number>()
  for (const [name, text] of Object.entries(files)) {
    if (!name.endsWith('.dmn')) continue
    for (const table of text.split(/<(?:[\w.-]+:)?decisionTable\b/).slice(1)) {
      for (const [tag] of table.matchAll(/<(?:[\w.-]+:)?output\s[^>]*>/g)) {
        const [result, label] = ['name', 'label'].map((member) => attributeOf(tag, member))
        if (result && label) labels.set(result, label)
      }
      const rules = [...table.matchAll(/<(?:[\w.-]+:)?rule\s[^>]*>/g)]
      for (const [index, [tag]] of rules.entries()) rows.set(attributeOf(tag, 'id') ?? '', index + 1)
    }
  }
  return { labels, rows }
}

const attributeOf = (tag: string, name: string): string | undefined => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]

function valueWords(field: FieldEntry | undefined, value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => valueWords(field, each)).join(st('shell.comma'))
  if (typeof value === 'boolean') return st(value ? 'decisions.yes' : 'decisions.no')
  const label = field?.options?.find((option) => option.value === value)?.label
  return label ?? (typeof value === 'string' ? value : humanWords(value))
}
