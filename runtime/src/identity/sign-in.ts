import { Rejection } from '@bihuan/engine'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { username } from 'better-auth/plugins/username'
import { and, desc, eq, lt, notInArray, or } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import type { Host } from '../host/host.ts'
import { clientOf } from './api-client.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { loadPerson } from './person.ts'
import type { SignInLimit } from './rate-limit.ts'
import type { SecurityRecord } from './security-record.ts'
import { anonymous, type Person, type Who } from './who.ts'

/** Sessions end after a working day of silence. */
const SESSION_SECONDS = 12 * 60 * 60
/** A clock may be corrected by so much while people are signed in. */
const CORRECTION_SECONDS = 10 * 60
/** Devices one person is signed in on at once. */
const MAX_SESSIONS_EACH = 20

export interface SignInOptions {
  readonly store: Store
  readonly host: Pick<Host, 'record'>
  /** At least 32 characters; signs session cookies. */
  readonly secret: string
  /** Whether people come by https: then the cookie is `__Host-` and `Secure`. */
  readonly secure: boolean
  readonly limit: SignInLimit
  readonly security: SecurityRecord
}

/** What sign-in and sign-out give: headers that set or clear the cookie. */
export interface SignedIn {
  readonly person: Person
  readonly cookies: readonly string[]
}

/** The seam to the sign-in library: nothing else of the house knows it. */
export interface SignIn {
  /** Throws `SIGN_IN_FAILED` for an unknown name and a wrong password alike, `TOO_MANY_REQUESTS` after too many. */
  signIn(given: { username: string; password: string; address: string; headers: Headers }): Promise<SignedIn>
  signOut(headers: Headers): Promise<readonly string[]>
  /** Who sends these headers: a client by its secret, a person by the session cookie. Wrong credentials are NOT_SIGNED_IN. */
  whoIs(headers: Headers): Promise<Who>
}

export function createSignIn({ store, host, secret, secure, limit, security }: SignInOptions): SignIn {
  const { person, session, account, verification } = store.tables
  const cookieName = secure ? '__Host-bihuan' : 'bihuan'
  /** Headers for our one cookie; the library also clears some it never set. */
  const own = (answer: Response) => answer.headers.getSetCookie().filter((one) => one.startsWith(`${cookieName}=`))

  /** Removes sessions that have ended, and a person's oldest beyond what one person needs. */
  const tidy = async (personId: string) => {
    const newest = store.single
      .select({ id: session.id })
      .from(session)
      .where(eq(session.userId, personId))
      .orderBy(desc(session.createdAt), desc(session.id))
      .limit(MAX_SESSIONS_EACH)
    await store.single
      .delete(session)
      .where(or(lt(session.expiresAt, new Date()), and(eq(session.userId, personId), notInArray(session.id, newest))))
  }

  /** An account name as it may be recorded: only one that exists, since people type passwords into the wrong field. */
  const knownName = async (name: string): Promise<{ username?: string }> => {
    const [row] = await store.read
      .select({ username: person.username })
      .from(person)
      .where(eq(person.username, name.toLowerCase()))
      .limit(1)
    return row ? { username: row.username } : {}
  }
  const auth = betterAuth({
    appName: 'Bihuan',
    secret,
    baseURL: 'http://bihuan.invalid',
    basePath: '/api/session',
    // Single statements on the writer's connection; the library opens no transaction of its own.
    database: drizzleAdapter(store.single, {
      provider: store.dialect === 'libsql' ? 'sqlite' : 'pg',
      schema: { person, session, account, verification },
      transaction: false,
    }),
    user: { modelName: 'person' },
    session: { expiresIn: SESSION_SECONDS, updateAge: 10 * 60, cookieCache: { enabled: false } },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    plugins: [
      username({ displayUsername: false, minUsernameLength: 1, maxUsernameLength: 64, usernameValidator: () => true }),
    ],
    // Our own limit counts attempts by account and address; see rate-limit.ts.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      useSecureCookies: false,
      disableCSRFCheck: true,
      disableOriginCheck: true,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/', secure },
      cookies: { session_token: { name: cookieName } },
    },
  })

  return {
    async signIn({ username: name, password, address, headers }) {
      const refused = async (code: 'SIGN_IN_FAILED' | 'TOO_MANY_REQUESTS') =>
        security.refused('session.refused', address, anonymousActor, { ...(await knownName(name)), address, code })
      try {
        await limit.attempt(name, address)
      } catch (error) {
        await refused('TOO_MANY_REQUESTS')
        throw error
      }
      const answer = await auth.api.signInUsername({ body: { username: name, password }, headers, asResponse: true })
      const body = answer.ok ? ((await answer.json()) as { user: { id: string } }) : null
      const who = body && (await loadPerson(store, body.user.id))
      if (!who) {
        await refused('SIGN_IN_FAILED')
        throw new Rejection('SIGN_IN_FAILED')
      }
      await limit.succeed(name, address)
      await host.record('security', 'session.created', { type: 'person', id: who.id }, { address })
      await tidy(who.id)
      return { person: who, cookies: own(answer) }
    },

    async signOut(headers) {
      const who = await this.whoIs(headers)
      const answer = await auth.api.signOut({ headers, asResponse: true })
      if (who.type === 'person') await host.record('security', 'session.ended', { type: 'person', id: who.id }, {})
      return own(answer)
    },

    async whoIs(headers) {
      const authorization = headers.get('authorization')
      if (authorization !== null) {
        const client = await clientOf(store, authorization)
        if (!client) throw new Rejection('NOT_SIGNED_IN')
        return client
      }
      if (!headers.has('cookie')) return anonymous
      const found = await auth.api.getSession({ headers })
      if (!found || !isInTime(found.session)) return anonymous
      return (await loadPerson(store, found.user.id)) ?? anonymous
    },
  }
}

/** Whether a session ends in its time: one begun by a clock that was ahead would last until the clock has caught up (F09). */
const isInTime = ({ expiresAt }: { readonly expiresAt: Date }): boolean =>
  expiresAt.getTime() - Date.now() <= (SESSION_SECONDS + CORRECTION_SECONDS) * 1000

const anonymousActor = { type: 'system', id: 'sign-in' } as const
