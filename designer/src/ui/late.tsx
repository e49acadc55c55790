import { type Component, type JSX, lazy, onCleanup, onMount } from 'solid-js'
import { Unreachable } from '../api/http.ts'
import { Page } from './page.tsx'
import { ErrorState } from './state.tsx'

type Load<P extends object> = () => Promise<{ default: Component<P> }>

/**
 * A page whose code is fetched when it is opened. When it does not arrive (the network is gone, or a newer version of the
 * app has taken its place), the app is loaded anew, at once where the server can be reached, else at a press or when the
 * network is back; until then the page says so among the other places. Nothing was typed there yet.
 */
export const latePage = <P extends object>(load: Load<P>): Component<P> => late(load, NoPage)

/** A part of a page, fetched in the same way; it waits for the press, since the page around it may hold what was typed. */
export const latePart = <P extends object>(load: Load<P>): Component<P> => late(load, NoPart)

/** An import that failed must not throw where the part is shown: that would take the whole window down with it. */
function late<P extends object>(load: Load<P>, Missing: () => JSX.Element): Component<P> {
  return lazy(() => load().catch(() => ({ default: Missing as Component<P> })))
}

function NoPage() {
  const retry = () => void loadAnew()
  onMount(() => {
    addEventListener('online', retry)
    if (isFirstTry()) retry()
  })
  onCleanup(() => removeEventListener('online', retry))
  return (
    <Page>
      <ErrorState error={new Unreachable()} onRetry={retry} />
    </Page>
  )
}

function NoPart() {
  return <ErrorState error={new Unreachable()} onRetry={() => void loadAnew()} />
}

/** Until then a window is not loaded anew by itself again: a script that never comes must not make it go round. */
const REST_MS = 60_000
const LAST = 'bihuan.loadedAnew'

function isFirstTry(): boolean {
  const now = Date.now()
  const isFirst = Math.abs(now - Number(sessionStorage.getItem(LAST) ?? 0)) > REST_MS
  if (isFirst) sessionStorage.setItem(LAST, String(now))
  return isFirst
}

/** Browsers remember a script that did not come, so it is not asked for again; a window without a server would be lost. */
async function loadAnew(): Promise<void> {
  const isThere = await fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    (answer) => answer.ok,
    () => false,
  )
  if (isThere) location.reload()
}
