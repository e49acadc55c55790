import { type ProcessDefinition, Rejection, type StartEvent } from '@bihuan/engine'
import {
  type JudgeAnswers,
  type MemoryHostOptions,
  memoryHost,
  type Outcome,
  refoldHost,
  runScenario,
  type Scenario,
  type ScenarioHost,
  saveLoadHost,
} from '@bihuan/engine/testing'
import { type OrganisationFile, OrganisationFileError, readOrganisationFile } from '../identity/organisation-file.ts'
import {
  type PackageFile,
  type PackageFolder,
  PackageFolderError,
  readPackageFolder,
} from '../package/package-folder.ts'
import { checkPeople } from './check-people.ts'
import { type CompiledPackage, compilePackage } from './compiled-package.ts'
import { testDecisions } from './decision-rows.ts'
import { judgeByForms } from './judge-by-forms.ts'
import type { PackageReport, ScenarioReport } from './package-report.ts'
import { type LocatedScenario, readScenarioFile, ScenarioFileError } from './scenario-file.ts'
import { toScenario } from './to-scenario.ts'

/** Opens the host on which one scenario runs; it is closed afterwards. */
export type OpenScenarioHost = (folder: PackageFolder, compiled: CompiledPackage) => Promise<ScenarioHost>

const inMemory =
  (make: (options: MemoryHostOptions) => ScenarioHost): OpenScenarioHost =>
  async (_, compiled) =>
    make({
      bundle: (processId) => {
        const bundle = compiled.bundles.get(processId)
        if (!bundle)
          throw new PackageFolderError(
            `Expected process ${processId} in the package, but it has ${[...compiled.bundles.keys()].join(', ') || 'none'}.`,
          )
        return bundle
      },
    })

/** Hosts without a database: plain, saved and loaded after each step, folded anew from its facts after each step. */
export const memoryHosts = {
  memory: inMemory(memoryHost),
  'save-load': inMemory(saveLoadHost),
  refold: inMemory(refoldHost),
} as const satisfies { [name: string]: OpenScenarioHost }

/**
 * Compiles a package and runs the rows that test its decisions, and its scenarios, each on a fresh host. `only` names
 * the files to run (`main.yaml`).
 * Throws `PackageFolderError` when the folder is no package.
 */
export async function testPackage(
  path: string,
  host: { readonly name: string; readonly open: OpenScenarioHost },
  only?: readonly string[],
): Promise<PackageReport> {
  const folder = await readPackageFolder(path)
  const compiled = await compilePackage(folder)
  // A choice of scenarios proves nothing about the ways that the others take.
  const flows = only ? [] : [...compiled.bundles.values()].flatMap(({ process }) => Object.keys(process.flows))
  const report = { folder: path, host: host.name, isPart: only !== undefined, problems: compiled.problems, flows }
  if (compiled.problems.some((problem) => problem.severity === 'error'))
    return { ...report, faults: [], scenarios: [], decisions: [] }

  const faults: string[] = []
  const isWanted = (name: string) => !only || only.some((one) => name === one || name.endsWith(`/${one}`))
  const decisions = testDecisions(folder, compiled, isWanted, faults)
  const organisation = readOrganisation(folder.organisation, faults)
  if (!organisation) return { ...report, faults, scenarios: [], decisions }
  const scenarios: ScenarioReport[] = []
  for (const file of folder.scenarios) {
    if (!isWanted(file.name)) continue
    const located = readScenario(file, faults)
    if (located) scenarios.push(await testScenario({ located, folder, compiled, organisation, open: host.open }))
  }
  return { ...report, faults, scenarios, decisions }
}

async function testScenario(given: {
  readonly located: LocatedScenario
  readonly folder: PackageFolder
  readonly compiled: CompiledPackage
  readonly organisation: OrganisationFile
  readonly open: OpenScenarioHost
}): Promise<ScenarioReport> {
  const { located, folder, compiled, organisation } = given
  const about = { name: located.scenario.name, source: located.source, taken: [] as string[] }
  try {
    const host = await given.open(folder, compiled)
    try {
      const judge = judgeByForms(compiled)
      const outcome = await runScenario(
        host,
        judgedStart(toScenario(located, organisation, compiled.parameters), compiled, judge),
        judge,
      )
      return {
        ...about,
        taken: takenIn(outcome),
        failures: [...failuresOf(outcome, located), ...peopleOf(outcome, organisation)],
      }
    } finally {
      await host.close()
    }
  } catch (error) {
    if (error instanceof ScenarioFileError) return { ...about, failures: error.faults }
    if (error instanceof Rejection) return { ...about, failures: [{ line: 1, text: `start: ${refusalText(error)}` }] }
    if (error instanceof PackageFolderError) return { ...about, failures: [{ line: 1, text: error.message }] }
    throw error
  }
}

/** The scenario with its start answers judged by the form of the start event. Throws `ANSWERS_REFUSED`. */
function judgedStart(scenario: Scenario, compiled: CompiledPackage, judge: JudgeAnswers): Scenario {
  const process = compiled.bundles.get(scenario.process)?.process
  const start = process?.startEvents.find(({ elementId, trigger }) =>
    scenario.startEvent === undefined ? trigger === null : elementId === scenario.startEvent,
  )
  const formId = process && start ? startFormOf(process, start) : null
  if (!start || formId === null) return scenario
  const at = Date.parse(scenario.startedAt)
  return {
    ...scenario,
    variables: judge({
      elementId: start.elementId,
      formId,
      answers: scenario.variables,
      variables: {},
      parameters: scenario.parameters,
      at,
    }),
  }
}

/** The form of a start event: of the process, or of the act that begins it; null when it has none. */
function startFormOf({ startForm }: ProcessDefinition, { trigger }: StartEvent): string | null {
  if (trigger === null) return startForm?.formId ?? null
  return trigger.kind === 'message' ? (trigger.action?.formId ?? null) : null
}

function refusalText(rejection: Rejection): string {
  const fields = rejection.fields.map((field) => `${field.field} (${field.code})`)
  return `Expected the start answers to be taken, but they were refused for ${fields.join(', ') || rejection.code}.`
}

function failuresOf(outcome: Outcome, located: LocatedScenario): ScenarioReport['failures'] {
  return outcome.failures.map(({ step, text }) => ({
    line: located.lines[step - 1] ?? 1,
    text: step === 0 ? `start: ${text}` : `step ${step}: ${text}`,
  }))
}

function takenIn(outcome: Outcome): string[] {
  return [...new Set(outcome.facts.flatMap((fact) => (fact.kind === 'sequenceFlow.taken' ? [fact.value.flowId] : [])))]
}

function peopleOf(outcome: Outcome, organisation: OrganisationFile): ScenarioReport['failures'] {
  return checkPeople(outcome.facts, organisation).map((text) => ({ line: 1, text }))
}

function readOrganisation(file: PackageFile | null, faults: string[]): OrganisationFile | null {
  if (!file) {
    faults.push('Expected organisation.yaml beside the scenarios, but there is none: it names their units and people.')
    return null
  }
  try {
    return readOrganisationFile(file.text)
  } catch (error) {
    if (!(error instanceof OrganisationFileError)) throw error
    faults.push(...error.faults.map((fault) => `${file.name}: ${fault}`))
    return null
  }
}

function readScenario(file: PackageFile, faults: string[]): LocatedScenario | null {
  try {
    return readScenarioFile(file.text, file.name)
  } catch (error) {
    if (!(error instanceof ScenarioFileError)) throw error
    faults.push(...error.message.split('\n'))
    return null
  }
}
