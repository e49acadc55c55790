import type {
  Deliveries,
  FailingJobs,
  GroupResolved,
  Mapping,
  MigrationMappings,
  MigrationResult,
  ModifyCase,
  OperatedCase,
  OperatedDefinitions,
  OperatedDiagram,
  OperatedHealth,
  Resolved,
  StuckGroup,
  StuckGroups,
  StuckIncidents,
  VacantGroup,
  VacantGroups,
  VacantTasks,
} from '@bihuan/runtime/contract'
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery, useQuery } from '@tanstack/solid-query'
import { request } from './http.ts'

/** What names a group: a step of a process, and why cases are stuck there. */
export type GroupName = Pick<StuckGroup, 'processId' | 'elementId' | 'code'>

/** All that is read by those who repair begins so: one act may change any of it. */
export const operateKey = ['operate'] as const

/** How often what is on the screen is asked for anew. */
const WATCH = 20_000
const watched = { staleTime: 0, refetchInterval: WATCH } as const

/** A list that is read page by page, with the time it is now for the server. */
export type Pages<T> = UseInfiniteQueryResult<
  InfiniteData<{ readonly items: readonly T[]; readonly now: string }>,
  Error
>

/** The pages of a list that are there. Data of one that is on its way would hold back all that is shown beside it. */
export const pagesOf = <T>(list: Pages<T>) => (list.isPending ? [] : (list.data?.pages ?? []))

interface Asked {
  readonly path: string
  readonly query: { readonly [name: string]: string | undefined }
}

/** A list that is read page by page; `isKept` when what was shown before stays until what is asked for is there. */
const usePages = <T extends { readonly next: string | null }>(asked: () => Asked, isKept = false) =>
  useInfiniteQuery(() => {
    const { path, query } = asked()
    return {
      queryKey: [...operateKey, path, query],
      queryFn: ({ signal, pageParam }) => request<T>('GET', path, { signal, query: { ...query, cursor: pageParam } }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last: T) => last.next ?? undefined,
      ...(isKept && { placeholderData: (previous: InfiniteData<T, string | undefined> | undefined) => previous }),
      ...watched,
    }
  })

/** What such a list holds of one case; nothing is asked for while no case is named. */
const useOfCase = <T>(asked: () => Asked, caseKey: () => string | undefined) =>
  useQuery(() => {
    const { path, query } = asked()
    return {
      queryKey: [...operateKey, path, query, caseKey()],
      queryFn: ({ signal }) => request<T>('GET', path, { signal, query: { ...query, case: caseKey() } }),
      enabled: caseKey() !== undefined,
      ...watched,
    }
  })

const incidentsOf = ({ processId, elementId, code }: GroupName): Asked => ({
  path: '/operate/incidents',
  query: { processId, elementId, code },
})

/** Where cases are stuck, the newest first, page by page. */
export const useStuckGroups = (search: () => string) =>
  usePages<StuckGroups>(() => ({ path: '/operate/groups', query: { search: search() } }), true)

/** The open incidents of a group, the oldest first, page by page. */
export const useStuckIncidents = (group: () => GroupName) => usePages<StuckIncidents>(() => incidentsOf(group()))

/** The open incidents of one case in a group; none are asked for while no case is named. */
export const useStuckCase = (group: () => GroupName, caseKey: () => string | undefined) =>
  useOfCase<StuckIncidents>(() => incidentsOf(group()), caseKey)

const vacantTasksOf = ({ processId, elementId, post, assignee }: VacantGroup): Asked => ({
  path: '/operate/vacancies/tasks',
  query: { processId, elementId, role: post?.role, unitId: post?.unit.id, assignee: assignee?.id },
})

/** Where tasks wait that nobody can go on with, the newest first, page by page. */
export const useVacantGroups = (search: () => string) =>
  usePages<VacantGroups>(() => ({ path: '/operate/vacancies', query: { search: search() } }), true)

/** The tasks of such a group, the oldest first, page by page. */
export const useVacantTasks = (group: () => VacantGroup) => usePages<VacantTasks>(() => vacantTasksOf(group()))

/** The tasks of one case in such a group; none are asked for while no case is named. */
export const useVacantCase = (group: () => VacantGroup, caseKey: () => string | undefined) =>
  useOfCase<VacantTasks>(() => vacantTasksOf(group()), caseKey)

export const useOperatedCase = (key: () => string) =>
  useQuery(() => ({
    queryKey: [...operateKey, 'case', key()],
    queryFn: ({ signal }) => request<OperatedCase>('GET', `/operate/cases/${key()}`, { signal }),
    ...watched,
  }))

/** The drawing of one process of a case. */
export const useOperatedDiagram = (key: () => string, process: () => string) =>
  useQuery(() => ({
    queryKey: [...operateKey, 'case', key(), 'diagram', process()],
    queryFn: ({ signal }) =>
      request<OperatedDiagram>('GET', `/operate/cases/${key()}/diagram`, { signal, query: { process: process() } }),
    // Drawn anew only when something was done: a drawing that jumps back to its beginning helps nobody.
    staleTime: 0,
    refetchOnWindowFocus: false,
  }))

export const useOperatedDefinitions = () =>
  useQuery(() => ({
    queryKey: [...operateKey, 'definitions'],
    queryFn: ({ signal }) => request<OperatedDefinitions>('GET', '/operate/definitions', { signal }),
    staleTime: 0,
  }))

/** Jobs that failed and are tried again. */
export const useFailingJobs = () =>
  useQuery(() => ({
    queryKey: [...operateKey, 'jobs'],
    queryFn: ({ signal }) => request<FailingJobs>('GET', '/operate/jobs', { signal }),
    ...watched,
  }))

/** What built-in workers have still to send. */
export const useDeliveries = () =>
  useQuery(() => ({
    queryKey: [...operateKey, 'deliveries'],
    queryFn: ({ signal }) => request<Deliveries>('GET', '/deliveries', { signal }),
    ...watched,
  }))

export const useOperatedHealth = () =>
  useQuery(() => ({
    queryKey: [...operateKey, 'health'],
    queryFn: ({ signal }) => request<OperatedHealth>('GET', '/operate/health', { signal }),
    staleTime: 0,
    refetchInterval: 5000,
  }))

/**
 * Tries one incident again.
 * @param idempotencyKey of the intent: sent again after a lost answer, it is answered once
 * @throws ApiProblem when the server refuses, as every act here
 */
export const resolveIncident = (key: string, reason: string, idempotencyKey: string): Promise<Resolved> =>
  request<Resolved>('POST', `/operate/incidents/${key}/resolve`, { body: { reason }, idempotencyKey })

/**
 * Tries all of a group again, page by page: those that were there at the beginning. With the same intent it goes on where
 * an answer was lost, and tries none twice.
 */
export async function resolveGroup(
  { processId, elementId, code }: GroupName,
  reason: string,
  intent: string,
): Promise<Omit<GroupResolved, 'next'>> {
  const total = { resolved: 0, stuckAgain: 0, failed: [] as GroupResolved['failed'] }
  let cursor: string | undefined
  do {
    const body = { processId, elementId, code, reason, ...(cursor && { cursor }) }
    const idempotencyKey = `${intent}-${cursor ?? ''}`
    const page = await request<GroupResolved>('POST', '/operate/incidents/resolve', { body, idempotencyKey })
    total.resolved += page.resolved
    total.stuckAgain += page.stuckAgain
    total.failed.push(...page.failed)
    cursor = page.next ?? undefined
  } while (cursor)
  return total
}

export type CaseAct = 'suspend' | 'resume' | 'cancel'
export const actOnCase = (key: string, act: CaseAct, reason: string, idempotencyKey: string): Promise<void> =>
  request<void>('POST', `/operate/cases/${key}/${act}`, { body: { reason }, idempotencyKey })

export const modifyCase = (key: string, body: ModifyCase, idempotencyKey: string): Promise<void> =>
  request<void>('POST', `/operate/cases/${key}/modify`, { body, idempotencyKey })

export interface MigrationWish {
  readonly from: string
  readonly to: string
  readonly mappings: Mapping[]
}

/** What becomes of each element without saying, and the steps of both versions. */
export const readMappings = (from: string, to: string): Promise<MigrationMappings> =>
  request<MigrationMappings>('GET', '/operate/migration/mappings', { query: { from, to } })

type Outcome = MigrationResult['items'][number]

/** Looks at all cases of a version, page by page; `onPage` is told how many it has seen. */
export async function planMigration(wish: MigrationWish, onPage: (seen: number) => void): Promise<Outcome[]> {
  return everyPage((after) => request('POST', '/operate/migration/plan', { body: { ...wish, ...after } }), onPage)
}

/** Lets all cases of a version that can go on in another, page by page. */
export async function runMigration(
  wish: MigrationWish,
  reason: string,
  intent: string,
  onPage: (seen: number) => void,
): Promise<Outcome[]> {
  return everyPage(
    (after) =>
      request('POST', '/operate/migration/run', {
        body: { ...wish, reason, ...after },
        idempotencyKey: `${intent}-${after.after ?? ''}`,
      }),
    onPage,
  )
}

async function everyPage(
  ask: (after: { after?: string }) => Promise<MigrationResult>,
  onPage: (seen: number) => void,
): Promise<Outcome[]> {
  const all: Outcome[] = []
  let next: string | null = null
  do {
    const page: MigrationResult = await ask(next === null ? {} : { after: next })
    all.push(...page.items)
    onPage(all.length)
    next = page.next
  } while (next !== null)
  return all
}
