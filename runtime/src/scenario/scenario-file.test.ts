import { describe, expect, test } from 'vitest'
import { readScenarioFile, ScenarioFileError } from './scenario-file.ts'

const head = `name: One
process: village_decision
unit: huayuan
startedBy: clerk
startedAt: 2026-03-02T09:00:00+08:00
`

function faultsOf(text: string): readonly { line: number; text: string }[] {
  try {
    readScenarioFile(text, 'one.yaml')
  } catch (error) {
    if (error instanceof ScenarioFileError) return error.faults
    throw error
  }
  throw new Error('Expected faults, but the file was read')
}

describe('a scenario file', () => {
  test('is read with the line of each step; dates stay text', () => {
    const { scenario, lines } = readScenarioFile(
      `${head}steps:\n  - complete: a\n    answers: { day: 2026-03-02 }\n\n  - expect: { ended: true }\n`,
      'one.yaml',
    )
    expect(lines).toEqual([7, 10])
    expect(scenario.steps[0]).toEqual({ complete: 'a', answers: { day: '2026-03-02' } })
    expect(scenario.startedAt).toBe('2026-03-02T09:00:00+08:00')
  })

  test('takes values written once by alias and merge', () => {
    const { scenario } = readScenarioFile(
      `${head}shared: { votes: &votes { yes: 4, no: 0 } }\nsteps:\n  - complete: a\n    answers: { <<: *votes, no: 1 }\n`,
      'one.yaml',
    )
    expect(scenario.steps[0]?.answers).toEqual({ yes: 4, no: 1 })
  })

  test('that is no YAML is refused with the line', () => {
    expect(faultsOf(`${head}steps: [\n`)[0]?.line).toBeGreaterThanOrEqual(6)
  })

  test('with an unknown name is refused at that name', () => {
    expect(faultsOf(`${head}colour: red\nsteps:\n  - advance: P1D\n`)).toEqual([
      { line: 6, text: 'Expected the scenario to have known names only, but it has colour.' },
    ])
  })

  test('with a part of the wrong kind is refused at that part', () => {
    expect(faultsOf(`${head}steps:\n  - advance: P1D\n  - advance: three days\n`).map((fault) => fault.line)).toEqual([
      8,
    ])
  })

  test('with a step of no verb, two verbs, a stray or a missing part is refused at the step', () => {
    const faults = faultsOf(
      `${head}steps:\n  - as: clerk\n  - complete: a\n    advance: P1D\n  - advance: P1D\n    as: clerk\n  - assign: a\n`,
    )
    expect(faults.map((fault) => fault.line)).toEqual([7, 8, 10, 12])
    expect(faults[3]?.text).toBe('Expected step 4 (assign) to say to, but it does not.')
  })

  test('names every fault at once', () => {
    expect(faultsOf('name: One\nsteps: []\n').length).toBeGreaterThan(3)
  })

  test('too large is refused before it is parsed', () => {
    expect(faultsOf(`#${'x'.repeat(1_000_001)}`)).toHaveLength(1)
  })
})
