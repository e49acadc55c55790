export interface WindowWatch {
  /** Whether something is not on the server yet: then the window asks before it closes. */
  unsaved: () => boolean
  /** The page goes, or is put away. */
  leaving: () => void
  hidden: () => void
  /** It is in front again. */
  shown: () => void
  online: () => void
  gone: () => void
}

/** Follows what happens to the window around an open package. Gives what ends it. */
export function watchWindow(watch: WindowWatch): () => void {
  const beforeUnload = (event: BeforeUnloadEvent) => {
    watch.leaving()
    if (watch.unsaved()) event.preventDefault()
  }
  const visibility = () => (document.visibilityState === 'hidden' ? watch.hidden() : watch.shown())
  addEventListener('beforeunload', beforeUnload)
  addEventListener('pagehide', watch.gone)
  addEventListener('online', watch.online)
  document.addEventListener('visibilitychange', visibility)
  return () => {
    removeEventListener('beforeunload', beforeUnload)
    removeEventListener('pagehide', watch.gone)
    removeEventListener('online', watch.online)
    document.removeEventListener('visibilitychange', visibility)
  }
}
