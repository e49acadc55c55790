import type { Notifications } from '@bihuan/runtime/contract'
import { useInfiniteQuery, useQueryClient } from '@tanstack/solid-query'
import { request } from './http.ts'
import { notificationKeys } from './unread.ts'

/** What this person was told, newest first, page by page. Whoever comes back from a case sees what he has read. */
export const useNotifications = () =>
  useInfiniteQuery(() => ({
    queryKey: notificationKeys.list,
    queryFn: ({ pageParam, signal }: { pageParam: string; signal: AbortSignal }) =>
      request<Notifications>('GET', '/notifications', { query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last: Notifications) => last.next ?? undefined,
    staleTime: 0,
  }))

/** Notes that one notification has been read, or all of them, and reads them again. */
export function useMarkRead(): (key: string | 'all') => Promise<void> {
  const queries = useQueryClient()
  return async (key) => {
    await request<void>('PUT', key === 'all' ? '/notifications/read' : `/notifications/${key}/read`)
    await queries.invalidateQueries({ queryKey: notificationKeys.all })
  }
}
