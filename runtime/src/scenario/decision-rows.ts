import { type DecisionTest, type Json, readDecisionTests, runDecisionTest } from '@bihuan/engine'
import type { PackageFolder } from '../package/package-folder.ts'
import type { CompiledPackage } from './compiled-package.ts'
import type { DecisionReport } from './package-report.ts'

/**
 * Runs the rows kept beside decisions (`<file>.dmn.tests.yaml`) with the package's own parameters, as the studio does.
 * A file that cannot be read whole is told in `faults`.
 */
export function testDecisions(
  folder: PackageFolder,
  compiled: CompiledPackage,
  isWanted: (name: string) => boolean,
  faults: string[],
): DecisionReport[] {
  const utf8 = new TextDecoder()
  const files = folder.resources.filter(({ name }) => name.endsWith('.dmn.tests.yaml') && isWanted(name))
  return files.flatMap(({ name: source, content }) => {
    const { tests, whole } = readDecisionTests(utf8.decode(content))
    if (!whole)
      faults.push(`${source}: Expected a list "tests", each with decision and inputs, but an entry cannot be read.`)
    return tests.map((test, index) => ({
      name: test.name === '' ? `${test.decision} ${index + 1}` : test.name,
      source,
      failures: failuresOf(test, compiled),
    }))
  })
}

function failuresOf(test: DecisionTest, { decisions, parameters }: CompiledPackage): string[] {
  const decision = decisions.get(test.decision)
  if (!decision) {
    const known = [...decisions.keys()].join(', ') || 'none'
    return [`Expected a decision "${test.decision}" in the package, but it has ${known}.`]
  }
  const run = runDecisionTest(decision, test, parameters)
  if (!run.ok) return [`Expected a result, but it cannot be decided: ${run.message}.`]
  return run.differences.map(
    ({ result, expected, found }) =>
      `Expected ${result ?? 'the result'} to be ${wordOf(expected)}, but found ${wordOf(found)}.`,
  )
}

const wordOf = (value: Json): string => JSON.stringify(value)
