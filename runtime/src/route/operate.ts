import type { CommandValues, ElementSelection, Key } from '@bihuan/engine'
import type { Static } from 'typebox'
import {
  FailingJobs,
  GroupResolved,
  MigrationMappings,
  MigrationResult,
  ModifyCase,
  OperatedCase,
  OperatedDefinitions,
  OperatedDiagram,
  OperatedHealth,
  OperateReason,
  PlanMigration,
  Resolved,
  ResolveGroup,
  RunMigration,
  type Selection,
  StuckGroups,
  StuckIncident,
  StuckIncidents,
  VacantGroups,
  VacantTasks,
} from '../contract/contract.ts'
import { readKey, wireKey } from '../contract/wire.ts'
import type { Answer } from '../host/submission.ts'
import type { Who } from '../identity/who.ts'
import {
  isOfOne,
  migrationPage,
  readDefinitions,
  readFailingJobs,
  readHealth,
  readMappings,
  showMigration,
} from '../query/operate.ts'
import { checkProcess, findOperatedCase, readOperatedCase, readOperatedDiagram } from '../query/operated-case.ts'
import { readVacantGroups, readVacantTasks } from '../query/operated-vacancies.ts'
import { wordsOf } from '../query/operated-words.ts'
import { checkIncident, findStuckIncident, pageOfGroup, readStuckGroups, readStuckIncidents } from '../query/stuck.ts'
import type { Services } from '../services.ts'
import { search } from './query.ts'
import { type Call, type Route, route } from './route.ts'
import { actorOf } from './v2/deployment.ts'

/** How many commands are under way at once: they share a commit. */
const TOGETHER = 10

/** What those do who repair: see what is stuck within their units, try again, move, migrate. Every act has its reason. */
export function operateRoutes(services: Services): Route[] {
  return [
    ...stuckRoutes(services),
    ...vacancyRoutes(services),
    ...caseRoutes(services),
    ...migrationRoutes(services),
    ...stateRoutes(services),
  ]
}

const isStuck = ({ facts }: Answer): boolean => facts.some(({ kind }) => kind === 'incident.created')

function stuckRoutes(services: Services): Route[] {
  const { store, host } = services
  const resolve = (key: Key, reason: string, { who }: Pick<Call<unknown>, 'who'>, requestId: string) =>
    host.submit({ kind: 'incident.resolve', key, actor: actorOf(who), requestId, value: { reason } })
  return [
    route({
      method: 'GET',
      path: '/api/operate/groups',
      policy: 'operate',
      summary: 'Where cases are stuck: by step and reason, the newest first',
      input: null,
      output: StuckGroups,
      query: ['search', 'cursor'],
      handler: async ({ who, query }) =>
        readStuckGroups(services, who, { search: search(query.search), cursor: query.cursor }),
    }),
    route({
      method: 'GET',
      path: '/api/operate/incidents',
      policy: 'operate',
      summary: 'Open incidents of a group, of a case, or all: the oldest first',
      input: null,
      output: StuckIncidents,
      query: ['processId', 'elementId', 'code', 'case', 'cursor'],
      handler: async ({ who, query: { processId, elementId, code, case: caseKey, cursor } }) =>
        readStuckIncidents(services, who, {
          group: { processId, elementId, code },
          caseKey: caseKey === undefined ? null : readKey(caseKey),
          cursor,
        }),
    }),
    route({
      method: 'GET',
      path: '/api/operate/incidents/:key',
      policy: 'operate',
      summary: 'One open incident',
      input: null,
      output: StuckIncident,
      handler: async ({ who, params }) => findStuckIncident(store, who, readKey(params.key)),
    }),
    route({
      method: 'POST',
      path: '/api/operate/incidents/resolve',
      policy: 'operate',
      summary: 'Try again what failed in a group: each by a command of its own, those that cannot are listed',
      input: ResolveGroup,
      output: GroupResolved,
      async handler(call) {
        const { reason, cursor, ...group } = call.body
        const given = { act: 'resolution', reason, actor: actorOf(call.who), requestId: call.requestId } as const
        const { items, next } = await host.beginBulk({ ...given, asked: call.body }, () =>
          pageOfGroup(store, call.who, group, { cursor, now: host.clock.now() }),
        )
        const done: Static<typeof GroupResolved> = { resolved: 0, stuckAgain: 0, failed: [], next }
        for (let first = 0; first < items.length; first += TOGETHER) {
          const together = items.slice(first, first + TOGETHER).map(async ({ key, caseKey, caseNumber }) => {
            try {
              const answer = await resolve(key, reason, call, `${call.requestId}:${key}`)
              done.resolved += 1
              if (isStuck(answer)) done.stuckAgain += 1
            } catch (error) {
              if (!isOfOne(error)) throw error
              const { code, messages } = wordsOf(error)
              done.failed.push({ key: wireKey(key), caseKey: wireKey(caseKey), caseNumber, code, messages })
            }
          })
          await Promise.all(together)
        }
        return done
      },
    }),
    route({
      method: 'POST',
      path: '/api/operate/incidents/:key/resolve',
      policy: 'operate',
      summary: 'Try again what failed',
      input: OperateReason,
      output: Resolved,
      async handler(call) {
        const key = readKey(call.params.key)
        await checkIncident(store, call.who, key)
        return { stuckAgain: isStuck(await resolve(key, call.body.reason, call, call.requestId)) }
      },
    }),
  ]
}

function vacancyRoutes(services: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/operate/vacancies',
      policy: 'operate',
      summary: 'Where tasks wait that nobody can go on with: by step and post or assignee, the newest first',
      input: null,
      output: VacantGroups,
      query: ['search', 'cursor'],
      handler: async ({ who, query }) =>
        readVacantGroups(services, who, { search: search(query.search), cursor: query.cursor }),
    }),
    route({
      method: 'GET',
      path: '/api/operate/vacancies/tasks',
      policy: 'operate',
      summary: 'Open tasks that nobody can go on with, of a group, of a case, or all: the oldest first',
      input: null,
      output: VacantTasks,
      query: ['processId', 'elementId', 'role', 'unitId', 'assignee', 'case', 'cursor'],
      handler: async ({ who, query: { case: caseKey, cursor, ...group } }) =>
        readVacantTasks(services, who, { group, caseKey: caseKey === undefined ? null : readKey(caseKey), cursor }),
    }),
  ]
}

const acts = [
  ['cancel', 'End a case; it goes on no more'],
  ['suspend', 'Stop a case: nothing moves in it until it is resumed'],
  ['resume', 'Let a suspended case go on'],
] as const

function caseRoutes(services: Services): Route[] {
  const { store, host } = services
  return [
    route({
      method: 'GET',
      path: '/api/operate/cases/:key',
      policy: 'operate',
      summary: 'Where a case stands and what waits there',
      input: null,
      output: OperatedCase,
      handler: async ({ who, params }) => readOperatedCase(services, who, readKey(params.key)),
    }),
    route({
      method: 'GET',
      path: '/api/operate/cases/:key/diagram',
      policy: 'operate',
      summary: 'The drawing of a process of a case, and where the case may be moved',
      input: null,
      output: OperatedDiagram,
      query: ['process'],
      handler: async ({ who, params, query }) =>
        readOperatedDiagram(
          services,
          who,
          readKey(params.key),
          query.process === undefined ? null : readKey(query.process),
        ),
    }),
    ...acts.map(([act, summary]) =>
      route({
        method: 'POST',
        path: `/api/operate/cases/:key/${act}`,
        policy: 'operate',
        summary,
        input: OperateReason,
        output: null,
        async handler({ who, params, body: { reason }, requestId }) {
          const { key } = await findOperatedCase(store, who, readKey(params.key))
          const kind = `processInstance.${act}` as const
          await host.submit({ kind, key, actor: actorOf(who), requestId, value: { reason } })
        },
      }),
    ),
    route({
      method: 'POST',
      path: '/api/operate/cases/:key/modify',
      policy: 'operate',
      summary: 'Activate, move and terminate elements of a case, all or nothing',
      input: ModifyCase,
      output: null,
      async handler({ who, params, body, requestId }) {
        const row = await findOperatedCase(store, who, readKey(params.key))
        const key = body.processKey === undefined ? row.key : readKey(body.processKey)
        const value = readModification(body)
        await checkProcess(store, row.key, key)
        await host.submit({ kind: 'processInstance.modify', key, actor: actorOf(who), requestId, value })
      },
    }),
  ]
}

const readSelection = (sent: Selection): ElementSelection =>
  'elementId' in sent ? sent : { elementInstanceKey: readKey(sent.elementInstanceKey) }

function readModification({ reason, activate, terminate, move }: ModifyCase): CommandValues['processInstance.modify'] {
  return {
    reason,
    activate: (activate ?? []).map(({ elementId, ancestorKey }) => ({
      elementId,
      variables: [],
      ...(ancestorKey !== undefined && { ancestorKey: readKey(ancestorKey) }),
    })),
    terminate: (terminate ?? []).map(readSelection),
    move: (move ?? []).map(({ from, targetElementId }) => ({
      source: readSelection(from),
      targetElementId,
      ancestor: { kind: 'inferred' },
      variables: [],
    })),
  }
}

function migrationRoutes(services: Services): Route[] {
  const { store, host } = services
  const requestOf = async (who: Who, body: PlanMigration) => ({
    cases: await migrationPage(services, who, body),
    targetDefinitionKey: readKey(body.to),
    ...(body.mappings && { mappings: body.mappings }),
  })
  return [
    route({
      method: 'GET',
      path: '/api/operate/definitions',
      policy: 'operate',
      summary: 'Versions of the processes of which cases run, with how many',
      input: null,
      output: OperatedDefinitions,
      handler: async ({ who }) => readDefinitions(services, who),
    }),
    route({
      method: 'GET',
      path: '/api/operate/migration/mappings',
      policy: 'operate',
      summary: 'Which element becomes which between two versions without saying',
      input: null,
      output: MigrationMappings,
      query: ['from', 'to'],
      handler: async ({ query }) => readMappings(services, readKey(query.from), readKey(query.to)),
    }),
    route({
      method: 'POST',
      path: '/api/operate/migration/plan',
      policy: 'operate',
      summary: 'Which running cases could go on in another version, and what keeps the others; nothing is written',
      input: PlanMigration,
      output: MigrationResult,
      keyed: false,
      async handler({ who, body }) {
        return showMigration(store, await host.planMigration(await requestOf(who, body)))
      },
    }),
    route({
      method: 'POST',
      path: '/api/operate/migration/run',
      policy: 'operate',
      summary: 'Let running cases go on in another version: each whole or not at all, those that cannot are listed',
      input: RunMigration,
      output: MigrationResult,
      async handler({ who, body, requestId }) {
        const by = { reason: body.reason, actor: actorOf(who), requestId, asked: body }
        return showMigration(store, await host.migrateInstances(await requestOf(who, body), by))
      },
    }),
  ]
}

function stateRoutes(services: Services): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/operate/jobs',
      policy: 'operate',
      summary: 'Jobs that failed and will be tried again: retries left, the last error, when next',
      input: null,
      output: FailingJobs,
      query: ['cursor'],
      handler: async ({ who, query }) => readFailingJobs(services, who, query.cursor),
    }),
    route({
      method: 'GET',
      path: '/api/operate/health',
      policy: 'operate',
      summary: 'How the server is, in numbers',
      input: null,
      output: OperatedHealth,
      handler: async () => readHealth(services),
    }),
  ]
}
