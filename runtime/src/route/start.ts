import { Rejection } from '@bihuan/engine'
import { Type } from 'typebox'
import { CaseStarted, DraftSaved, SaveDraft, Startable, StartCase, StartForm } from '../contract/contract.ts'
import { time, wireKey } from '../contract/wire.ts'
import { findCase } from '../query/case.ts'
import type { Services } from '../services.ts'
import { aboutStart, findDraft, keepTyped, saveDraft, startDraftTimes } from '../work/draft.ts'
import { showForm } from '../work/form-judge.ts'
import { findStartable, type StartableProcess, startableBy, startCase, startData, startForm } from '../work/start.ts'
import { personOf } from './caller.ts'
import { type Route, route } from './route.ts'

const show = ({ definition, units }: StartableProcess, draftSavedAt: string | null): Startable => ({
  processId: definition.processId,
  definitionKey: wireKey(definition.key),
  name: definition.name,
  description: definition.description,
  department: definition.department,
  stages: [...new Set(definition.stages.map((stage) => stage.name))],
  units: [...units],
  draftSavedAt,
})

export function startRoutes(services: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/startable',
      policy: 'work',
      summary: 'What the person may start, and for which units',
      input: null,
      output: Type.Array(Startable),
      async handler({ who }) {
        const person = personOf(who)
        const [startable, kept] = await Promise.all([
          startableBy(services, person),
          startDraftTimes(services, person.id),
        ])
        return startable.map((one) => show(one, kept.get(one.definition.processId) ?? null))
      },
    }),
    route({
      method: 'GET',
      path: '/api/startable/:processId',
      policy: 'work',
      summary: 'The start form with what was typed before',
      input: null,
      output: StartForm,
      async handler({ who, params }) {
        const person = personOf(who)
        const startable = await findStartable(services, person, params.processId!)
        const form = await startForm(services, startable.definition)
        const draft = await findDraft(services, person.id, aboutStart(startable.definition.processId))
        const now = services.host.clock.now()
        return {
          process: show(startable, draft?.savedAt ?? null),
          form: form && showForm(form, await startData(services, startable.definition.key, startable.units[0]), now),
          draft,
          now: time(now),
        }
      },
    }),
    route({
      method: 'PUT',
      path: '/api/startable/:processId/draft',
      keyed: false,
      policy: 'work',
      summary: 'Keep what is typed',
      input: SaveDraft,
      output: DraftSaved,
      async handler({ who, params, body }) {
        const person = personOf(who)
        const { definition } = await findStartable(services, person, params.processId!)
        return { savedAt: await saveDraft(services, person.id, aboutStart(definition.processId), body.answers) }
      },
    }),
    route({
      method: 'POST',
      path: '/api/cases',
      policy: 'work',
      summary: 'Start a case',
      input: StartCase,
      output: CaseStarted,
      status: 201,
      async handler({ who, body, requestId }) {
        const person = personOf(who)
        const { instanceKey } = await startCase(services, person, body, requestId, keepTyped(services, person.id))
        const row = await findCase(services, person, instanceKey).catch((error: unknown) => {
          // Started for a unit whose work is others': still the starter's, so this cannot be missing.
          throw error instanceof Rejection ? new Error("Expected a started case to be its starter's to see") : error
        })
        return { caseKey: wireKey(row.key), caseNumber: row.number }
      },
    }),
  ]
}
