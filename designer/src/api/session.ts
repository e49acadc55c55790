import type { Me } from '@bihuan/runtime/contract'
import { useNavigate } from '@solidjs/router'
import { useQuery, useQueryClient } from '@tanstack/solid-query'
import { ApiProblem, request } from './http.ts'
import { forgetKeptText } from './kept-text.ts'
import { setPagePerson } from './person.ts'
import { setSessionEnded } from './session-ended.ts'

export const sessionKey = ['session'] as const

/** Who is signed in; fails with a 401 problem when nobody is. */
export const useSession = () =>
  useQuery(() => ({
    queryKey: sessionKey,
    async queryFn({ signal }) {
      const me = await request<Me>('GET', '/session', { signal })
      setPagePerson(me.id)
      return me
    },
    staleTime: 300_000,
    // A page that opens does not ask again what was just answered, an answer of "nobody" included.
    retryOnMount: false,
  }))

/** Opens a session. @throws ApiProblem 401 when name and password do not fit. */
export const signIn = (username: string, password: string): Promise<Me> =>
  request<Me>('POST', '/session', { body: { username, password } })

/** The page is that person's from now on: what waited for him goes out in his name. */
export function goOnAs(me: Me): void {
  setPagePerson(me.id)
  setSessionEnded(false)
}

/** Ends the session; one that has ended by itself, or is another person's by now, needs no end. */
async function signOut(): Promise<void> {
  try {
    await request<void>('DELETE', '/session')
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error
  }
}

/**
 * Ends the session, forgets what this machine had read, and goes to the sign-in page.
 * @throws Unreachable when the server did not hear of it: then the person is still signed in
 */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    await signOut()
    await forgetKeptText().catch(() => undefined)
    setPagePerson(null)
    queries.clear()
    navigate('/sign-in', { replace: true })
  }
}
