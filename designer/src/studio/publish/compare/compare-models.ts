import { type PackageFiles, parseModel } from '@bihuan/engine'
import { diff } from 'bpmn-js-differ'
import type { Change, ModelChange } from './comparison.ts'
import { changesOf, type Thing } from './details.ts'
import { thingsOf, withNames } from './model-facts.ts'

/** What differs between the drawings of two versions, a file each. */
export async function compareModels(before: PackageFiles, after: PackageFiles): Promise<ModelChange[]> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name.endsWith('.bpmn'))
  const changed = names.sort().filter((name) => before[name] !== after[name])
  const compared = await Promise.all(
    changed.map((name) => compareModel(name, before[name] ?? null, after[name] ?? null)),
  )
  return compared.filter(({ changes, moved, unreadable }) => unreadable || changes.length > 0 || moved.length > 0)
}

async function compareModel(resource: string, before: string | null, after: string | null): Promise<ModelChange> {
  const nothing: ModelChange = { resource, before, after, changes: [], moved: [], unreadable: false }
  const read = (xml: string | null) => (xml === null ? null : parseModel(xml))
  const [was, is] = await Promise.all([read(before), read(after)])
  if ((before !== null && !was) || (after !== null && !is)) return { ...nothing, unreadable: true }
  const [earlier, later] = [was ? thingsOf(was) : [], is ? thingsOf(is) : []]
  const [oldNames, names] = [namesOf(earlier), namesOf(later)]
  const changes = changesOf(earlier, later).map(
    (change): Change => ({
      ...change,
      details: change.details.map(({ what, before, after }) => ({
        what,
        before: withNames(what, before, oldNames),
        after: withNames(what, after, names),
      })),
    }),
  )
  if (!was || !is) return { ...nothing, changes }
  const found = diff(was, is)
  const told = new Set(changes.map(({ id }) => id))
  // What the differ sees and no fact of ours names is told as "something else": nothing is passed over in silence.
  const others = later
    .filter(({ id }) => !told.has(id) && hasOther(found._changed[id]))
    .map(
      ({ id, name, type }): Change => ({
        kind: 'changed',
        id,
        name,
        type,
        details: [{ what: 'other', before: null, after: null }],
      }),
    )
  const all = [...changes, ...others]
  const named = new Set(all.map(({ id }) => id))
  const moved = Object.keys(found._layoutChanged).filter((id) => !named.has(id))
  return { ...nothing, changes: all, moved }
}

/** Which flows come and go at a node is told at the flows. */
const hasOther = (changed: { attrs: Record<string, unknown> } | undefined): boolean =>
  changed !== undefined &&
  Object.keys(changed.attrs).some((name) => !/^(incoming|outgoing|flowNodeRef|lanes)(\[|$)/.test(name))

const namesOf = (things: readonly Thing[]): ReadonlyMap<string, string> =>
  new Map(things.map(({ id, name }) => [id, name]))
