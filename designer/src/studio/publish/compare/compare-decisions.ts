import { type Decision, type PackageFiles, readDecisions } from '@bihuan/engine'
import type { DecisionChange } from './comparison.ts'
import { detailsOf, type Facts } from './details.ts'

const NONE = { added: 0, removed: 0, changed: 0 }

/** What differs between the decisions of two versions. */
export async function compareDecisions(before: PackageFiles, after: PackageFiles): Promise<DecisionChange[]> {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])].filter((name) => name.endsWith('.dmn'))
  const changed = names.filter((name) => before[name] !== after[name])
  return (await Promise.all(changed.map((name) => compareFile(name, before[name], after[name])))).flat()
}

async function compareFile(
  resource: string,
  before: string | undefined,
  after: string | undefined,
): Promise<DecisionChange[]> {
  const [was, is] = await Promise.all([read(resource, before), read(resource, after)])
  const file = resource.replace(/\.dmn$/, '')
  // A table that cannot be read differs; in what, nobody can say.
  if (!was || !is)
    return [
      { kind: 'changed', resource, name: file, details: [{ what: 'other', before: null, after: null }], rows: NONE },
    ]
  const kept = [...is.values()].flatMap((decision): DecisionChange[] => {
    const earlier = was.get(decision.id)
    if (!earlier) return [{ kind: 'added', resource, name: decision.name, details: [], rows: NONE }]
    const details = detailsOf(factsOf(earlier), factsOf(decision))
    const rows = rowsOf(earlier, decision)
    const differs = details.length > 0 || rows.added + rows.removed + rows.changed > 0
    return differs ? [{ kind: 'changed', resource, name: decision.name, details, rows }] : []
  })
  const gone = [...was.values()].flatMap(({ id, name }): DecisionChange[] =>
    is.has(id) ? [] : [{ kind: 'removed', resource, name, details: [], rows: NONE }],
  )
  return [...kept, ...gone]
}

async function read(resource: string, xml: string | undefined): Promise<Map<string, Decision> | null> {
  if (xml === undefined) return new Map()
  const { decisions, problems } = await readDecisions(xml, resource)
  if (decisions.length === 0 && problems.some(({ severity }) => severity === 'error')) return null
  return new Map(decisions.map((decision) => [decision.id, decision]))
}

function factsOf({ name, logic, expressions }: Decision): Facts {
  return logic.kind !== 'table'
    ? { name, value: expressions.map(({ source }) => source).join('\n') }
    : {
        name,
        hitPolicy: logic.hitPolicy,
        inputs: logic.inputs.map(({ label, expression }) => label ?? expression.source).join(', '),
        outputs: logic.outputs.map((output) => output.name).join(', '),
        other: JSON.stringify([
          logic.inputs.map(({ expression, type }) => [expression.source, type?.name ?? null]),
          logic.outputs.map(({ priorities, fallback, type }) => [
            priorities,
            fallback?.source ?? null,
            type?.name ?? null,
          ]),
        ]),
      }
}

function rowsOf(before: Decision, after: Decision): DecisionChange['rows'] {
  const [was, is] = [rows(before), rows(after)]
  const both = [...is].filter(([id]) => was.has(id))
  return {
    added: is.size - both.length,
    removed: was.size - both.length,
    changed: both.filter(([id, text]) => was.get(id) !== text).length,
  }
}

function rows({ logic }: Decision): Map<string, string> {
  if (logic.kind !== 'table') return new Map()
  return new Map(
    logic.rules.map(({ id, tests, results }) => [
      id,
      JSON.stringify([tests, results].map((cells) => cells.map((cell) => cell?.source ?? null))),
    ]),
  )
}
