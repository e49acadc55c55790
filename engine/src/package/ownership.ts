import type { Problem } from '../problem/problem.ts'
import type { JudgedPackage } from './judged.ts'

/** Ids that belong to other packages. */
export interface TakenIds {
  readonly processes: readonly string[]
  readonly decisions: readonly string[]
  readonly forms: readonly string[]
}

function fault(code: Problem['code'], resource: string, facts: Problem['facts'] = {}): Problem {
  return { code, severity: 'error', resource, elementId: null, elementName: null, facts: { resource, ...facts } }
}

/** Findings about ids that belong to another package: who publishes one must not take over the processes of another. */
export function idsTaken(
  judged: Pick<JudgedPackage, 'processes' | 'decisions' | 'forms'>,
  taken: TakenIds,
): readonly Problem[] {
  const own = [
    ...judged.processes.map(({ process, resource }) => ({ id: process.id, resource, by: taken.processes })),
    ...judged.decisions.map(({ decision, resource }) => ({ id: decision.id, resource, by: taken.decisions })),
    ...judged.forms.map(({ id, resource }) => ({ id, resource, by: taken.forms })),
  ]
  return own
    .filter(({ id, by }) => by.includes(id))
    .map(({ id, resource }) => fault('ID_OF_ANOTHER_PACKAGE', resource, { id }))
}

/**
 * Why files cannot be a version of a package, whatever stands in each: a part without which there is none, or the
 * `package.yaml` of another.
 *
 * @param names of the files, as they lie in the package
 * @param found id in its `package.yaml`; null when there is none that can be read
 */
export function unfitFor(packageId: string, names: readonly string[], found: string | null): readonly Problem[] {
  return [
    ...(names.includes('package.yaml') ? [] : [fault('PACKAGE_FILE_MISSING', 'package.yaml')]),
    ...(names.some((name) => name.endsWith('.bpmn')) ? [] : [fault('PACKAGE_FILE_MISSING', 'process.bpmn')]),
    ...(found === null || found === packageId
      ? []
      : [fault('PACKAGE_ID_DIFFERS', 'package.yaml', { id: packageId, found })]),
  ]
}
