import type { Case, CaseActionForm, CaseList, CaseStarted, Diagram, Trail, TrailEntry } from '@bihuan/runtime/contract'
import { useInfiniteQuery, useQuery } from '@tanstack/solid-query'
import { request } from './http.ts'

export type CaseFilter = 'all' | 'open' | 'ended'

/** Keys of what is read about cases; `['case', key]` covers the case, its trail and its drawing. */
export const caseKeys = {
  one: (key: string) => ['case', key] as const,
  trail: (key: string) => ['case', key, 'trail'] as const,
  diagram: (key: string) => ['case', key, 'diagram'] as const,
  action: (key: string, action: string) => ['case', key, 'action', action] as const,
  list: (search: string, filter: CaseFilter) => ['cases', search, filter] as const,
}

/** How often the page of a running case asks whether others have moved it on. */
const WATCH = 20_000

/** A case; while it runs it is watched. Whoever comes back from a task sees what came of it, so nothing is kept fresh. */
export const useCase = (key: () => string) =>
  useQuery(() => ({
    queryKey: caseKeys.one(key()),
    queryFn: ({ signal }) => request<Case>('GET', `/cases/${key()}`, { signal }),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.endedAt === null ? WATCH : false),
  }))

/** The whole trail of a case. */
export const useTrail = (key: () => string) =>
  useQuery(() => ({
    queryKey: caseKeys.trail(key()),
    queryFn: ({ signal }) => readTrail(key(), signal),
    staleTime: 0,
  }))

/** Reads page after page, so that the stages are told from the beginning; a ballot makes thousands of entries. */
async function readTrail(key: string, signal: AbortSignal): Promise<Trail> {
  const entries: TrailEntry[] = []
  let after: string | undefined
  for (;;) {
    const page = await request<Trail>('GET', `/cases/${key}/trail`, { signal, query: { after } })
    entries.push(...page.entries)
    if (page.next === null) return { ...page, entries }
    after = String(page.next)
  }
}

export const useDiagram = (key: () => string) =>
  useQuery(() => ({
    queryKey: caseKeys.diagram(key()),
    queryFn: ({ signal }) => request<Diagram>('GET', `/cases/${key()}/diagram`, { signal }),
    staleTime: 0,
  }))

/** The form of an act on a running case; not asked for while no act is chosen. */
export const useCaseActionForm = (key: () => string, action: () => string | null) =>
  useQuery(() => ({
    queryKey: caseKeys.action(key(), action() ?? ''),
    queryFn: ({ signal }) => request<CaseActionForm>('GET', `/cases/${key()}/actions/${action()}`, { signal }),
    enabled: action() !== null,
    staleTime: 0,
    // What is being filled in is not begun anew.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  }))

/** Sends an act on a case. @throws ApiProblem 409 when the case has moved on, 422 with fields when answers do not fit. */
export const sendCaseAction = (
  key: string,
  action: string,
  body: { formKey: string | null; answers: Record<string, unknown> },
  idempotencyKey: string,
) => request<CaseStarted>('POST', `/cases/${key}/actions/${action}`, { body, idempotencyKey })

/** Cases one may see, newest first, page by page. */
export const useCaseList = (search: () => string, filter: () => CaseFilter) =>
  useInfiniteQuery(() => ({
    queryKey: caseKeys.list(search(), filter()),
    queryFn: ({ signal, pageParam }) => {
      const state = filter() === 'all' ? undefined : filter()
      return request<CaseList>('GET', '/cases', { signal, query: { search: search(), state, cursor: pageParam } })
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 0,
    placeholderData: (previous) => previous,
  }))
