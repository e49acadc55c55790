import { useQueryClient } from '@tanstack/solid-query'
import { onCleanup, onMount } from 'solid-js'
import { sessionEnded } from './session-ended.ts'
import { notificationKeys } from './unread.ts'

/** After a refusal, or a server that is not up yet, the browser does not connect again by itself. */
const AGAIN_MS = 15_000

/**
 * Reads the inbox and the notifications again whenever the server says that they may have changed, and when the
 * connection comes back. Nobody listens for a page that is hidden: it is read again when it is seen.
 */
export function useInboxEvents(): void {
  const queries = useQueryClient()
  onMount(() => {
    let source: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      if (document.hidden) return
      void queries.invalidateQueries({ queryKey: ['inbox'] })
      void queries.invalidateQueries({ queryKey: notificationKeys.all })
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
    const disconnect = () => {
      source?.close()
      source = undefined
      clearTimeout(timer)
    }
    const look = () => {
      disconnect()
      if (document.hidden) return
      refresh()
      connect()
    }
    if (!document.hidden) connect()
    document.addEventListener('visibilitychange', look)
    addEventListener('online', refresh)
    onCleanup(() => {
      disconnect()
      document.removeEventListener('visibilitychange', look)
      removeEventListener('online', refresh)
    })
  })
}
