import type { UnitRef, Variables } from '@bihuan/engine'
import type { Scenario, ScenarioStep } from '@bihuan/engine/testing'
import type { OrganisationFile } from '../identity/organisation-file.ts'
import { type LocatedScenario, ScenarioFileError, stepVerbs, type WrittenStep } from './scenario-file.ts'

/**
 * A written scenario with the organisation and the parameters of its package filled in: what the hosts run.
 * Throws `ScenarioFileError` for a unit, person or parameter that the package does not have.
 */
export function toScenario(located: LocatedScenario, organisation: OrganisationFile, defaults: Variables): Scenario {
  const { scenario, lines, source } = located
  const faults: { line: number; text: string }[] = []
  const units = unitsUp(organisation, scenario.unit)
  if (units.length === 0)
    faults.push({ line: 1, text: `Expected a unit of organisation.yaml, but there is no ${scenario.unit}.` })
  const people = new Set(organisation.people.map((person) => person.username))
  const known = (username: string | undefined, line: number) => {
    if (username !== undefined && !people.has(username)) {
      faults.push({ line, text: `Expected a person of organisation.yaml, but there is no ${username}.` })
    }
  }
  known(scenario.startedBy, 1)
  for (const [index, step] of scenario.steps.entries()) {
    known(step.as, lines[index] ?? 1)
    known(step.to, lines[index] ?? 1)
  }
  for (const name of Object.keys(scenario.parameters ?? {})) {
    if (!Object.hasOwn(defaults, name))
      faults.push({ line: 1, text: `Expected a parameter of parameters.yaml, but there is no ${name}.` })
  }
  if (faults.length > 0) throw new ScenarioFileError(source, faults)
  return {
    name: scenario.name,
    process: scenario.process,
    units,
    startedBy: scenario.startedBy,
    ...(scenario.startEvent !== undefined && { startEvent: scenario.startEvent }),
    variables: scenario.start ?? {},
    parameters: { ...defaults, ...scenario.parameters },
    startedAt: scenario.startedAt,
    people: holdersIn(organisation, units),
    steps: scenario.steps.map(toStep),
  }
}

/** The unit and its ancestors up to the root; empty when there is no such unit. */
function unitsUp(organisation: OrganisationFile, id: string): UnitRef[] {
  const way: UnitRef[] = []
  let unit = organisation.units.find((one) => one.id === id)
  while (unit) {
    way.push({ id: unit.id, name: unit.name, level: unit.level })
    const { parent } = unit
    unit = parent === null ? undefined : organisation.units.find((one) => one.id === parent)
  }
  return way
}

/**
 * Who holds each role, named as candidates are, in the order of the file: `role` in the unit of the case, `role@level` in
 * the nearest of its line (`units`) that is of the level.
 */
function holdersIn(organisation: OrganisationFile, units: readonly UnitRef[]): NonNullable<Scenario['people']> {
  const holders: { [role: string]: { id: string; name: string }[] } = {}
  const nearest = units.filter((unit, at) => units.findIndex(({ level }) => level === unit.level) === at)
  for (const person of organisation.people) {
    for (const { role, unit: unitId } of person.positions) {
      const above = nearest.find(({ id }) => id === unitId)
      const names = [...(unitId === units[0]?.id ? [role] : []), ...(above ? [`${role}@${above.level}`] : [])]
      for (const name of names) holders[name] = [...(holders[name] ?? []), { id: person.username, name: person.name }]
    }
  }
  return holders
}

/** The file's step is the engine's step; the schema and `stepVerbs` have made sure of its parts. */
function toStep(step: WrittenStep): ScenarioStep {
  const verb = (Object.keys(stepVerbs) as (keyof typeof stepVerbs)[]).find((name) => step[name] !== undefined)
  if (verb === undefined) throw new Error('Expected a checked step to have a verb')
  return step as ScenarioStep
}
