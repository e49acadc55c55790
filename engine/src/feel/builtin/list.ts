import { orderOf } from '../compare.ts'
import type { Env } from '../env.ts'
import { isSame } from '../equality.ts'
import { FeelFunction, type FeelValue, isList } from '../value.ts'
import {
  type Arguments,
  type Builtin,
  builtin,
  exactWholeOf,
  type Family,
  indexOf,
  isNil,
  listOf,
  verdict,
  wholeOf,
} from './builtin.ts'
import { groupsOf } from './distinct.ts'
import { sorted } from './sort.ts'

type Items = readonly FeelValue[]

/** A function whose first argument is a list; null when that is null. */
const ofList = (
  name: string,
  parameters: string | readonly string[],
  compute: (list: Items, args: Arguments, env: Env) => FeelValue,
): readonly [string, Builtin] =>
  builtin(name, parameters, (args, env) => {
    const list = listOf(args[0], env)
    return list && compute(list, args, env)
  })

/** All lists laid one behind the other; what is no list counts as an item. */
function joined(lists: Arguments, env: Env): Items {
  return lists.flatMap((list) => {
    if (!isList(list)) return [list ?? null]
    env.work(list.length)
    return list
  })
}

function sublist(list: Items, [, start, length]: Arguments): FeelValue {
  const from = indexOf(start, list.length, true)
  const count = isNil(length) ? list.length : wholeOf(length)
  return from === null || count === null || count < 0 ? null : list.slice(from, from + count)
}

/** `newItem` at a position, or in place of each item `match` is true of; null when its answer is neither true nor false. */
function replaced(list: Items, [, where, item]: Arguments, env: Env): FeelValue {
  const newItem = item ?? null
  if (!(where instanceof FeelFunction)) {
    const at = indexOf(where, list.length)
    return at === null ? null : [...list.slice(0, at), newItem, ...list.slice(at + 1)]
  }
  const result: FeelValue[] = []
  for (const old of list) {
    const isMatch = verdict(where, [old, newItem], env)
    if (isMatch === null) return null
    result.push(isMatch ? newItem : old)
  }
  return result
}

/** Lists in lists laid out flat, with a stack of its own: no nesting is too deep for it. */
function flattened(list: Items, env: Env): Items {
  const result: FeelValue[] = []
  const open: { readonly items: Items; at: number }[] = [{ items: list, at: 0 }]
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const item = level.items[level.at++]
    if (item === undefined) open.pop()
    else if (isList(item)) {
      env.work(item.length)
      open.push({ items: item, at: 0 })
    } else result.push(item)
  }
  return result
}

/** Sorted by `precedes`; in the natural order without it. */
function sort(list: Items, [, precedes]: Arguments, env: Env): FeelValue {
  if (isNil(precedes)) {
    return sorted(
      list,
      (a, b) => {
        const order = orderOf(a, b, env)
        return order === null ? env.unlike('<', a, b) : order < 0
      },
      env,
    )
  }
  if (!(precedes instanceof FeelFunction) || precedes.parameters.length !== 2) return null
  return sorted(list, (a, b) => verdict(precedes, [a, b], env), env)
}

function partition(list: Items, [, size]: Arguments): FeelValue {
  const count = exactWholeOf(size)
  if (count === null || count < 1) return null
  return Array.from({ length: Math.ceil(list.length / count) }, (_, part) =>
    list.slice(part * count, (part + 1) * count),
  )
}

const positions = (list: Items, match: FeelValue, env: Env): Items =>
  list.flatMap((item, index) => (isSame(item, match, env) ? [index + 1] : []))

/** DMN 1.5 §10.3.4.4, and those Camunda adds. A position counts from 1, or from the end when negative. */
export const listFunctions: Family = [
  ofList('list contains', 'list, element', (list, [, element], env) =>
    list.some((item) => isSame(item, element ?? null, env)),
  ),
  ofList('sublist', 'list, start position, length', (list, args, env) => env.built(sublist(list, args))),
  ofList('append', ['list, item...', 'list, items...'], (list, [, ...items], env) =>
    env.built([...list, ...items.map((item) => item ?? null)]),
  ),
  builtin('concatenate', ['list...', 'lists...'], (lists, env) => env.built(joined(lists, env))),
  ofList('insert before', 'list, position, newItem', (list, [, position, item], env) => {
    const at = indexOf(position, list.length)
    return at === null ? null : env.built([...list.slice(0, at), item ?? null, ...list.slice(at)])
  }),
  ofList('remove', 'list, position', (list, [, position], env) => {
    const at = indexOf(position, list.length)
    return at === null ? null : env.built([...list.slice(0, at), ...list.slice(at + 1)])
  }),
  ofList('list replace', ['list, position, newItem', 'list, match, newItem'], (list, args, env) =>
    env.built(replaced(list, args, env)),
  ),
  ofList('reverse', 'list', (list, _, env) => env.built([...list].reverse())),
  ofList('index of', 'list, match', (list, [, match], env) => env.built(positions(list, match ?? null, env))),
  builtin('union', ['list...', 'lists...'], (lists, env) =>
    env.built(groupsOf(joined(lists, env), env).map(({ item }) => item)),
  ),
  ofList('distinct values', 'list', (list, _, env) => env.built(groupsOf(list, env).map(({ item }) => item))),
  ofList('duplicate values', 'list', (list, _, env) =>
    env.built(groupsOf(list, env).flatMap(({ item, count }) => (count > 1 ? [item] : []))),
  ),
  ofList('flatten', 'list', (list, _, env) => env.built(flattened(list, env))),
  ofList('sort', 'list, precedes', (list, args, env) => env.built(sort(list, args, env))),
  ofList('partition', 'list, size', (list, args, env) => env.built(partition(list, args))),
  ofList('is empty', 'list', (list) => list.length === 0),
]
