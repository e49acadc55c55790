import type { ArchivedCaseList } from '@bihuan/runtime/contract'
import { useInfiniteQuery } from '@tanstack/solid-query'
import { request, requestBytes } from './http.ts'

export type ArchivedCase = ArchivedCaseList['items'][number]

/** What archived cases are looked for by; empty for all. */
export interface ArchivedSearch {
  /** Part of the number. */
  readonly number: string
  /** Days (`2026-03-02`) between which a case was under way. */
  readonly from: string
  readonly to: string
}

/** Archived cases this person may know of, the one that ended last first, page by page. Those of another search never stand in. */
export const useArchived = (search: () => ArchivedSearch) =>
  useInfiniteQuery(() => ({
    queryKey: ['archived', search()],
    queryFn: ({ signal, pageParam }) =>
      request<ArchivedCaseList>('GET', '/archived-cases', { signal, query: { ...search(), cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  }))

/** The archive package of an archived case. @throws ApiProblem when the server refuses or the package is not there */
export const readArchivedPackage = (key: string): Promise<Blob> => requestBytes(`/archived-cases/${key}/package`)
