import type { IncidentFacts } from '../../record/fact/incident.ts'
import type { JobFacts } from '../../record/fact/job.ts'
import type { Key } from '../../record/record.ts'
import { disown, own } from '../element-instance.ts'
import { ownerOf, type State } from '../state.ts'
import type { Appliers } from './applier.ts'
import { noteCorrections } from './user-task.ts'

/** Facts of jobs, and of the incidents that jobs and elements have. */
export const jobAppliers: Appliers<keyof JobFacts | keyof IncidentFacts> = {
  'job.created': (state, key, value) => {
    const { elementId, elementInstanceKey, type, retries: initialRetries, listener = null } = value
    state.jobs.set(key, { key, elementId, elementInstanceKey, type, initialRetries, listener, status: 'created' })
    ownerOf(state, value).job = key
  },
  'job.completed': (state, key, value) => {
    noteCorrections(state, key, value.result)
    dropJob(state, key)
  },
  'job.failed': (state, key, value) => {
    const job = state.jobs.get(key)
    if (job) job.status = value.retries > 0 ? 'created' : 'failed'
  },
  'job.retriesUpdated': (state, key, value) => {
    const job = state.jobs.get(key)
    if (!job) return
    job.status = 'created'
    job.initialRetries = value.retries
  },
  'job.errorThrown': (state, key) => {
    const job = state.jobs.get(key)
    if (job) job.status = 'errorThrown'
  },
  'job.canceled': (state, key) => dropJob(state, key),

  'incident.created': (state, key, value) => {
    const { elementId, elementInstanceKey, code, jobKey, retry, subscriptionKey } = value
    const about = subscriptionKey === undefined ? {} : { subscriptionKey }
    state.incidents.set(key, { key, elementId, elementInstanceKey, code, jobKey, retry, ...about })
    own(ownerOf(state, value), 'incidents', key)
  },
  'incident.resolved': (state, key) => {
    const incident = state.incidents.get(key)
    if (incident) disown(state.elements.get(incident.elementInstanceKey), 'incidents', key)
    state.incidents.delete(key)
  },
}

function dropJob(state: State, key: Key): void {
  const job = state.jobs.get(key)
  if (job) ownerOf(state, job).job = null
  state.jobs.delete(key)
}
