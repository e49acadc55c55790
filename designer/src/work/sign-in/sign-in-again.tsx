import type { Me } from '@bihuan/runtime/contract'
import { useQueryClient } from '@tanstack/solid-query'
import { goOnAs, sessionKey } from '../../api/session.ts'
import { t } from '../../i18n/i18n.ts'
import { SignInForm } from './sign-in-form.tsx'
import { SignInFrame } from './sign-in-page.tsx'

/**
 * Covers the open page when its session has ended. The same person goes on where they were, with what they had typed;
 * for anybody else the app begins anew, and nothing that was typed here goes out in another name.
 */
export default function SignInAgain(props: { me: Me }) {
  const queries = useQueryClient()
  function signedIn(me: Me): void {
    if (me.id !== props.me.id) {
      location.assign('/')
      return
    }
    goOnAs(me)
    queries.setQueryData(sessionKey, me)
    // What was refused meanwhile is asked again; what was read before stays.
    void queries.invalidateQueries({ predicate: ({ state }) => state.status === 'error' })
    void queries.invalidateQueries({ queryKey: ['inbox'] })
  }
  return (
    <SignInFrame>
      <p class="note info sign-in-again" role="status">
        {t('signIn.again')}
      </p>
      <SignInForm username={props.me.username} onSignedIn={signedIn} />
    </SignInFrame>
  )
}
