import type { Me } from '@bihuan/runtime/contract'
import { useNavigate } from '@solidjs/router'
import { useQuery, useQueryClient } from '@tanstack/solid-query'
import { request } from './http.ts'
import { forgetKeptText } from './kept-text.ts'
import { setSessionEnded } from './session-ended.ts'

export const sessionKey = ['session'] as const

/** Who is signed in; fails with a 401 problem when nobody is. */
export const useSession = () =>
  useQuery(() => ({
    queryKey: sessionKey,
    queryFn: ({ signal }) => request<Me>('GET', '/session', { signal }),
    staleTime: 300_000,
    // A page that opens does not ask again what was just answered, an answer of "nobody" included.
    retryOnMount: false,
  }))

/** Opens a session. @throws ApiProblem 401 when name and password do not fit. */
export async function signIn(username: string, password: string): Promise<Me> {
  const me = await request<Me>('POST', '/session', { body: { username, password } })
  setSessionEnded(false)
  return me
}

export const signOut = () => request<void>('DELETE', '/session')

/** Ends the session, forgets what this machine had read, and goes to the sign-in page. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    await signOut()
    await forgetKeptText().catch(() => undefined)
    queries.clear()
    navigate('/sign-in', { replace: true })
  }
}
