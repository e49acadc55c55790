import type { Env } from '../env.ts'
import type { FeelValue } from '../value.ts'

const DEEPEST = 64

/** Whether lists and objects of a JSON text go deeper than a value may. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let isInText = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (isInText) {
      if (sign === '\\') at += 1
      else if (sign === '"') isInText = false
    } else if (sign === '"') isInText = true
    else if (sign === '[' || sign === '{') {
      depth += 1
      if (depth > DEEPEST) return true
    } else if (sign === ']' || sign === '}') depth -= 1
  }
  return false
}

/** The value of a JSON text (Camunda `from json`); null for a text that is none, or nested too deep. */
export function parseJson(text: string, env: Env): FeelValue {
  env.work(text.length)
  if (isTooDeep(text)) return null
  try {
    return env.built(JSON.parse(text, ENDLESS.test(text) ? finite : undefined) as FeelValue)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Numbers that may be too large for JavaScript, which reads them as endless. */
const ENDLESS = /\d[eE]\+?0*\d{3}|\d{300}/

/** Endless numbers are none. */
const finite = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value
