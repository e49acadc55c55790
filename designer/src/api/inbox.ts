import type { Inbox, InboxView } from '@bihuan/runtime/contract'
import { useInfiniteQuery, useQueryClient } from '@tanstack/solid-query'
import { type Accessor, onCleanup, onMount } from 'solid-js'
import { request } from './http.ts'
import { sessionEnded } from './session-ended.ts'

/** After a refusal, or a server that is not up yet, the browser does not connect again by itself. */
const AGAIN_MS = 15_000

/** One view of the inbox, page by page; `search` narrows it on the server. */
export const useInbox = (view: Accessor<InboxView>, search: Accessor<string>) =>
  useInfiniteQuery(() => ({
    queryKey: ['inbox', view(), search()],
    queryFn: ({ pageParam, signal }: { pageParam: string; signal: AbortSignal }) =>
      request<Inbox>('GET', '/inbox', { query: { view: view(), search: search(), cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last: Inbox) => last.next ?? undefined,
  }))

/**
 * Reads the inbox again whenever the server says that it may have changed, and when the connection comes back.
 * The browser reconnects by itself; nothing is asked while the page is hidden.
 */
export function useInboxEvents(): void {
  const queries = useQueryClient()
  onMount(() => {
    let source: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      if (!document.hidden) void queries.invalidateQueries({ queryKey: ['inbox'] })
    }
    const connect = () => {
      if (!sessionEnded()) {
        source = new EventSource('/api/inbox/events')
        source.addEventListener('changed', refresh)
        source.addEventListener('error', later)
      } else later()
    }
    const later = () => {
      if (source && source.readyState !== EventSource.CLOSED) return
      clearTimeout(timer)
      timer = setTimeout(connect, AGAIN_MS)
    }
    connect()
    document.addEventListener('visibilitychange', refresh)
    addEventListener('online', refresh)
    onCleanup(() => {
      source?.close()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', refresh)
      removeEventListener('online', refresh)
    })
  })
}
