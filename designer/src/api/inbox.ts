import type { Inbox, InboxView } from '@bihuan/runtime/contract'
import { useInfiniteQuery } from '@tanstack/solid-query'
import type { Accessor } from 'solid-js'
import { request } from './http.ts'

/** One view of the inbox, page by page; `search` narrows it on the server. */
export const useInbox = (view: Accessor<InboxView>, search: Accessor<string>) =>
  useInfiniteQuery(() => ({
    queryKey: ['inbox', view(), search()],
    queryFn: ({ pageParam, signal }: { pageParam: string; signal: AbortSignal }) =>
      request<Inbox>('GET', '/inbox', { query: { view: view(), search: search(), cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last: Inbox) => last.next ?? undefined,
  }))
