import type { Variables } from '../../record/json.ts'
import type { Command, Key } from '../../record/record.ts'
import { enter } from '../enter.ts'
import { leave } from '../leave.ts'
import { BATCH, createNext } from '../multi-instance.ts'
import { elementOf, nodeOf, type Run, write } from '../run.ts'
import { propagate, setLocal, visible } from '../scope.ts'
import { notFound } from './find.ts'

/** Resolves an incident: what failed is done again, as the incident says (SPEC IN3). */
export function resolveIncident(run: Run, command: Command<'incident.resolve'>): void {
  const incident = run.state.incidents.get(command.key ?? 0)
  if (!incident) throw notFound(run)
  const { key, elementId, elementInstanceKey, code, jobKey, retry } = incident
  write(run, 'incident.resolved', key, { elementId, code })
  if (retry === 'activate') enter(run, elementInstanceKey)
  else if (retry === 'complete') leave(run, elementInstanceKey)
  else {
    const job = run.state.jobs.get(jobKey ?? 0)
    if (!job) return
    const { type, initialRetries: retries } = job
    const variables = jobVariables(run, elementInstanceKey)
    write(run, 'job.retriesUpdated', job.key, { elementId, type, retries, variables })
  }
}

/** What the worker of a job sees now: somebody may have corrected it meanwhile (Zeebe: variables at activation). */
function jobVariables(run: Run, key: Key): Variables {
  const element = elementOf(run, key)
  return nodeOf(run, element.elementId).inputs.length > 0 ? { ...element.variables } : visible(run.state, key)
}

/** Sets variables at a scope alone, or propagated from there (Camunda 8: update variables, `local`). */
export function setVariables(run: Run, command: Command<'variables.set'>): void {
  const { scopeKey, variables, local } = command.value
  if (run.state.instance?.status !== 'active' || !run.state.elements.has(scopeKey)) throw notFound(run)
  if (local) setLocal(run, scopeKey, variables)
  else propagate(run, scopeKey, variables)
}

/** Creates the next instances of a multi-instance that announced more. */
export function continueMultiInstance(run: Run, command: Command<'multiInstance.continue'>): void {
  const body = run.state.elements.get(command.key ?? 0)
  if (!body?.multi || body.multi.created >= body.multi.items.length) throw notFound(run)
  createNext(run, body.key, BATCH)
}
