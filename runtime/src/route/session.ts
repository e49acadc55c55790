import { Me, SignIn } from '../contract/contract.ts'
import { abilities } from '../identity/policy.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { personOf } from './caller.ts'
import { type Route, route } from './route.ts'

/** A person as the app greets him. */
const me = (person: Person): Me => ({
  id: person.id,
  name: person.name,
  username: person.username,
  positions: person.positions.map(({ role, roleName, unit }) => ({ role, roleName, unit })),
  can: abilities(person),
})

export function sessionRoutes({ signIn }: Services): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/session',
      keyed: false,
      policy: 'public',
      summary: 'Sign in; sets the session cookie',
      input: SignIn,
      output: Me,
      limit: 8 * 1024,
      async handler({ body, address, headers, setHeader }) {
        const { person, cookies } = await signIn.signIn({ ...body, address, headers })
        for (const cookie of cookies) setHeader('set-cookie', cookie)
        return me(person)
      },
    }),
    route({
      method: 'GET',
      path: '/api/session',
      policy: 'person',
      summary: 'Who is signed in',
      input: null,
      output: Me,
      handler: async ({ who }) => me(personOf(who)),
    }),
    route({
      method: 'DELETE',
      path: '/api/session',
      keyed: false,
      policy: 'person',
      summary: 'Sign out',
      input: null,
      output: null,
      async handler({ headers, setHeader }) {
        for (const cookie of await signIn.signOut(headers)) setHeader('set-cookie', cookie)
      },
    }),
  ]
}
