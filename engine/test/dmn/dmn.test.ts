import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { evaluateDecision, readDecisions } from '../../src/dmn/index.ts'
import { contextOf } from '../../src/feel/index.ts'
import type { Json, Variables } from '../../src/record/json.ts'

/** A decision of the file, what it is given, and what it is to give; what is not named is not checked. */
interface Case {
  /** The rules of SPEC.md it shows, and what it shows of them. */
  readonly it: string
  readonly decide: string
  readonly with?: Variables
  readonly value?: Json
  readonly rules?: readonly string[]
  readonly inputs?: Variables
  readonly steps?: readonly Json[]
  readonly misfits?: readonly Json[]
  /** Part of the message of a failure. */
  readonly fails?: string
}

/** 2026-05-18, eight in the morning in Beijing. */
const AT = Date.UTC(2026, 4, 18)

const folder = new URL('.', import.meta.url)
const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const features = readdirSync(folder).flatMap((name) => (name.endsWith('.dmn') ? [name.slice(0, -4)] : []))

describe.each(features)('%s.dmn', (feature) => {
  const cases = parse(textOf(`${feature}.yaml`)) as readonly Case[]
  const file = readDecisions(textOf(`${feature}.dmn`), `${feature}.dmn`)

  it('DM1 is read without a problem', async () => {
    expect((await file).problems).toEqual([])
  })
  it('DM1 has an expectation for every decision that nothing requires', async () => {
    const { decisions } = await file
    const required = new Set(decisions.flatMap(({ requires }) => requires.map(({ id }) => id)))
    const asked = new Set(cases.map(({ decide }) => decide))
    expect(decisions.filter(({ id }) => !required.has(id) && !asked.has(id)).map(({ id }) => id)).toEqual([])
  })
  it.each(cases.map((one) => [one.it, one] as const))('%s', async (_, expected) => {
    const { decisions } = await file
    const decision = decisions.find(({ id }) => id === expected.decide)
    if (!decision) throw new Error(`Expected a decision ${expected.decide} in ${feature}.dmn, but there is none`)
    const outcome = evaluateDecision(decision, contextOf(expected.with ?? {}), AT)
    if (expected.fails !== undefined) {
      expect(outcome).toMatchObject({ ok: false, message: expect.stringContaining(expected.fails) })
      return
    }
    const { it: _title, decide: _id, with: _given, fails: _fails, ...wanted } = expected
    expect(outcome).toMatchObject({ ok: true })
    const found = Object.fromEntries(Object.keys(wanted).map((key) => [key, outcome[key as keyof typeof outcome]]))
    expect(found).toEqual(wanted)
  })
})
