import { type Problem, sayProblem } from '@bihuan/engine'

/** How one scenario of a package went. */
export interface ScenarioReport {
  readonly name: string
  /** File of the scenario, below the package folder. */
  readonly source: string
  /** Sequence flows that were taken, each once. */
  readonly taken: readonly string[]
  /** Failed expectations in words, with the line of the step; empty when it passed. */
  readonly failures: readonly { readonly line: number; readonly text: string }[]
}

/** How one row of the tests of a decision went. */
export interface DecisionReport {
  readonly name: string
  /** File of the row, below the package folder. */
  readonly source: string
  /** What it gave instead, in words; empty when it passed. */
  readonly failures: readonly string[]
}

/** How a whole package went. */
export interface PackageReport {
  readonly folder: string
  readonly host: string
  /** Whether only files that were named were run. */
  readonly isPart: boolean
  readonly problems: readonly Problem[]
  /** Faults of the package's own files (organisation, parameters, scenarios), in words. */
  readonly faults: readonly string[]
  readonly scenarios: readonly ScenarioReport[]
  readonly decisions: readonly DecisionReport[]
  /** Every sequence flow of the package's processes. */
  readonly flows: readonly string[]
}

/**
 * Whether nothing is broken: no error in the models, no unreadable file, at least one scenario, and all of them and all
 * rows of decisions passed.
 */
export function isSound(report: PackageReport): boolean {
  return (
    report.faults.length === 0 &&
    !isUnproved(report) &&
    !report.problems.some((problem) => problem.severity === 'error') &&
    [...report.scenarios, ...report.decisions].every(({ failures }) => failures.length === 0)
  )
}

/** A package is proved by its scenarios; a part of it by whatever was run. */
const isUnproved = ({ isPart, scenarios, decisions }: PackageReport): boolean =>
  scenarios.length === 0 && !(isPart && decisions.length > 0)

/** Sequence flows that no scenario takes: ways through the process that nothing proves. */
export function flowsNotTaken(report: PackageReport): string[] {
  const taken = new Set(report.scenarios.flatMap((scenario) => scenario.taken))
  return report.flows.filter((flow) => !taken.has(flow))
}

/**
 * The report as lines of text: problems and faults first, then one line a row of a decision, one a scenario, and one a
 * failed expectation.
 */
export function linesOf(report: PackageReport): string[] {
  const unproved = flowsNotTaken(report)
  const cases = [...report.decisions, ...report.scenarios]
  const failed = cases.filter(({ failures }) => failures.length > 0).length
  return [
    ...report.problems.map(problemLine),
    ...report.faults.map((fault) => `error ${fault}`),
    ...report.decisions.flatMap(decisionLines),
    ...report.scenarios.flatMap(scenarioLines),
    ...(isUnproved(report) ? [`error Expected scenarios in ${report.folder}/scenarios, but none could be run.`] : []),
    ...(report.scenarios.length > 0 && unproved.length > 0
      ? [`Sequence flows that no scenario takes: ${unproved.join(', ')}`]
      : []),
    `${cases.length - failed} passed, ${failed} failed (host: ${report.host})`,
  ]
}

function decisionLines({ name, source, failures }: DecisionReport): string[] {
  if (failures.length === 0) return [`ok     ${name}  ${source}`]
  return [`failed ${name}  ${source}`, ...failures.map((text) => `       ${source} ${text}`)]
}

function scenarioLines({ name, source, failures }: ScenarioReport): string[] {
  if (failures.length === 0) return [`ok     ${name}  ${source}`]
  return [`failed ${name}  ${source}`, ...failures.map((failure) => `       ${source}:${failure.line} ${failure.text}`)]
}

function problemLine(problem: Problem): string {
  const where = problem.elementId
    ? `${problem.resource} ${problem.elementName ?? ''} (${problem.elementId})`
    : problem.resource
  const { text, todo } = sayProblem(problem, 'en')
  return `${problem.severity} ${where}: ${text} ${todo}`
}
