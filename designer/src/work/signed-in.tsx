import { Navigate, type RouteSectionProps, useLocation } from '@solidjs/router'
import { createEffect, Match, Show, Suspense, Switch } from 'solid-js'
import { ApiProblem } from '../api/http.ts'
import { useInboxEvents } from '../api/inbox-events.ts'
import { useSession } from '../api/session.ts'
import { sessionEnded } from '../api/session-ended.ts'
import { t } from '../i18n/i18n.ts'
import { Rail } from '../ui/rail.tsx'
import { ErrorState, Loading } from '../ui/state.tsx'
import { Toasts } from '../ui/toast.tsx'
import { wide } from '../ui/wide.ts'
import '../ui/page.css'
import { latePart } from '../ui/late.tsx'

const SignInAgain = latePart(() => import('./sign-in/sign-in-again.tsx'))

/** Keeps what waits for this person up to date, whatever page is open. */
function Listening() {
  useInboxEvents()
  return null
}

/** The app for a person who is signed in: asks who that is, leads to the sign-in page when nobody is. */
export function SignedIn(props: RouteSectionProps) {
  const session = useSession()
  const location = useLocation()
  const nobody = () => session.error instanceof ApiProblem && session.error.status === 401
  // A page that was open when its session ended stays, covered, so that nothing typed in it is lost.
  const ended = () => sessionEnded() || nobody()
  // An open package has the whole window: its own bar leads back.
  const bare = () => /^\/studio\/./.test(location.pathname)
  createEffect(() => {
    document.title = t('app.name')
  })
  return (
    <Switch fallback={<Loading />}>
      <Match when={session.data}>
        {(me) => (
          <>
            <Show when={me().can.work}>
              <Listening />
            </Show>
            <Show when={ended()}>
              <Suspense>
                <SignInAgain me={me()} />
              </Suspense>
            </Show>
            <div class="shell" classList={{ covered: ended(), bare: bare() }}>
              <a class="skip" href="#content">
                {t('app.skip')}
              </a>
              <Show when={wide() && !bare()}>
                <Rail me={me()} />
              </Show>
              <Suspense fallback={<Loading />}>{props.children}</Suspense>
              <Toasts />
            </div>
          </>
        )}
      </Match>
      <Match when={nobody()}>
        <Navigate href={`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`} />
      </Match>
      <Match when={session.isError}>
        <ErrorState error={session.error} onRetry={() => void session.refetch()} />
      </Match>
    </Switch>
  )
}
