import type { UnreadNotifications } from '@bihuan/runtime/contract'
import { useQuery } from '@tanstack/solid-query'
import { request } from './http.ts'

/** Keys of what is read about notifications; `all` covers the list and the count. */
export const notificationKeys = {
  all: ['notifications'] as const,
  list: ['notifications', 'list'] as const,
  unread: ['notifications', 'unread'] as const,
}

/** How much of what this person was told is unread. */
export const useUnread = () =>
  useQuery(() => ({
    queryKey: notificationKeys.unread,
    queryFn: ({ signal }) => request<UnreadNotifications>('GET', '/notifications/unread', { signal }),
  }))
