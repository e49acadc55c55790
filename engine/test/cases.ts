import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Case } from './story.ts'

export const fixtures = new URL('./fixtures/', import.meta.url)

/** Names of the cases: each has a drawing and a trace, some a decision table. */
export const caseNames = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.bpmn'))
  .map((name) => name.slice(0, -'.bpmn'.length))

export function readCase(name: string): Case {
  const read = (extension: string) => readFileSync(new URL(`${name}.${extension}`, fixtures), 'utf8')
  const table = existsSync(new URL(`${name}.dmn`, fixtures)) ? read('dmn') : null
  return { drawing: read('bpmn'), story: read('trace'), table }
}
