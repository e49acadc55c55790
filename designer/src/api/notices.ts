import type { Notice, NoticeBoard } from '@bihuan/runtime/contract'
import { useQuery } from '@tanstack/solid-query'
import { request } from './http.ts'

/** The public board of a unit and those below it; without one, of all. Needs no session. */
export const useNoticeBoard = (unit: () => string | undefined) =>
  useQuery(() => ({
    queryKey: ['notices', unit() ?? ''] as const,
    queryFn: ({ signal }) => request<NoticeBoard>('GET', '/notices', { signal, query: { unit: unit() } }),
    placeholderData: (previous) => previous,
  }))

/** One notice; not asked for while no key is given. Needs no session. */
export const useNotice = (key: () => string | undefined) =>
  useQuery(() => ({
    queryKey: ['notice', key() ?? ''] as const,
    queryFn: ({ signal }) => request<Notice>('GET', `/notices/${key()}`, { signal }),
    enabled: key() !== undefined,
  }))

/** Where the bytes of a file of a notice are. */
export const noticeFile = (notice: string, file: string): string => `/api/notices/${notice}/files/${file}`
