import type {
  AuditedRow,
  AuditedRows,
  CheckpointList,
  InclusionProof,
  People,
  Sealing,
  TrailPart,
} from '@bihuan/runtime/contract'
import { useInfiniteQuery, useQuery } from '@tanstack/solid-query'
import { request, requestBytes } from './http.ts'

/** What rows of the trail are looked for by; empty for all. */
export interface TrailSearch {
  readonly part: TrailPart | ''
  readonly kind: string
  readonly actor: string
  readonly number: string
  readonly from: string
  readonly to: string
}

/** Answers without a row that are followed by the next one without asking. */
const MOST_EMPTY = 10
/** How often the page looks for a new checkpoint. */
const WATCH = 20_000

/** Rows of the trail, the newest first, page by page. Those of another search never stand in for them. */
export const useTrailRows = (search: () => TrailSearch) =>
  useInfiniteQuery(() => ({
    queryKey: ['trail', 'rows', search()],
    queryFn: ({ signal, pageParam }) => readRows(search(), pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 0,
    refetchOnWindowFocus: false,
  }))

/** The server looks through a bounded part for one answer: an empty one is gone past, but not for ever. */
async function readRows(search: TrailSearch, from: string | undefined, signal: AbortSignal): Promise<AuditedRows> {
  let cursor = from
  for (let empty = 0; ; empty += 1) {
    const page = await request<AuditedRows>('GET', '/trail/rows', { signal, query: { ...search, cursor } })
    if (page.items.length > 0 || page.next === null || empty === MOST_EMPTY) return page
    cursor = page.next
  }
}

/** How far the trail is sealed. */
export const useSealing = () =>
  useQuery(() => ({
    queryKey: ['trail', 'sealing'],
    queryFn: ({ signal }) => request<Sealing>('GET', '/trail/sealing', { signal }),
    staleTime: 0,
    refetchInterval: WATCH,
  }))

/** All checkpoints in their order, and the statements of the keys. */
export async function readCheckpoints(): Promise<Pick<CheckpointList, 'items' | 'keys'>> {
  const items: CheckpointList['items'] = []
  for (let after: number | null = 0; ; ) {
    const page: CheckpointList = await request('GET', '/trail/checkpoints', { query: { after: String(after) } })
    items.push(...page.items)
    after = page.next
    if (after === null) return { items, keys: page.keys }
  }
}

/** What proves a row to an outsider: its proof with the checkpoint, and the statements of the keys. */
export async function readProof({ stream, sequence }: Pick<AuditedRow, 'stream' | 'sequence'>) {
  const query = { stream: String(stream), sequence: String(sequence) }
  const proof = await request<InclusionProof>('GET', '/trail/proof/inclusion', { query })
  // Keys come with any page of checkpoints, an empty one too.
  const { number } = proof.checkpoint
  const { keys } = await request<CheckpointList>('GET', '/trail/checkpoints', { query: { after: String(number) } })
  return { ...proof, keys }
}

/** The archive package of a case that is not archived. @throws ApiProblem when the server refuses */
export const readCasePackage = (key: string): Promise<Blob> => requestBytes(`/cases/${key}/archive`)

/** People whose name or username holds the text. */
export const usePeopleNamed = (text: () => string) =>
  useQuery(() => ({
    queryKey: ['people', text()],
    queryFn: ({ signal }) => request<People>('GET', '/people', { signal, query: { search: text() } }),
    enabled: text() !== '',
  }))
