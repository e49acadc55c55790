import type { Env } from '../env.ts'
import type { FeelValue } from '../value.ts'
import { type Arguments, type Family, isNil, isText, scalar } from './builtin.ts'
import { searchOf } from './pattern.ts'
import { replaced, replacementOf } from './replacement.ts'

const isFlags = (flags: FeelValue | undefined): flags is string | null | undefined => isNil(flags) || isText(flags)

function matches([text, source, flags]: Arguments, env: Env): FeelValue {
  if (!isText(text) || !isText(source) || !isFlags(flags)) return null
  return searchOf(source, flags ?? '', text, env)?.found() ?? null
}

function replace([text, source, replacement, flags]: Arguments, env: Env): FeelValue {
  if (!isText(text) || !isText(source) || !isText(replacement) || !isFlags(flags)) return null
  const search = searchOf(source, flags ?? '', text, env)
  if (!search) return null
  env.work(replacement.length)
  const pieces = replacementOf(replacement, search.groupCount)
  if (!pieces) return null
  const found = search.matches()
  // The most that can come out: judged before it is built.
  env.work(Math.ceil(((found.length + 1) * replacement.length + pieces.length * text.length) / 16))
  env.work(found.length * pieces.length)
  return env.built(replaced(text, found, pieces))
}

/** The pieces between matches; an empty match at the beginning makes none (Java). */
function split([text, delimiter]: Arguments, env: Env): FeelValue {
  if (!isText(text) || !isText(delimiter)) return null
  const search = searchOf(delimiter, '', text, env)
  if (!search) return null
  const pieces: string[] = []
  let from = 0
  for (const { start, end } of search.matches()) {
    if (end === 0) continue
    pieces.push(text.slice(from, start))
    from = end
  }
  return env.built([...pieces, text.slice(from)])
}

function extract([text, source]: Arguments, env: Env): FeelValue {
  if (!isText(text) || !isText(source)) return null
  const search = searchOf(source, '', text, env)
  return search && env.built(search.matches().map(({ groups }) => groups[0] ?? ''))
}

/** DMN 1.5 §10.3.4.3: what works by a pattern; null for a pattern that cannot be matched in linear time. */
export const matchFunctions: Family = [
  scalar('matches', 'input, pattern, flags', matches),
  scalar('replace', 'input, pattern, replacement, flags', replace),
  scalar('split', 'string, delimiter', split),
  scalar('extract', ['string, pattern', 'input, pattern'], extract),
]
