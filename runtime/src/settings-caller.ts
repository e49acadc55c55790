/** How the commands that speak to a running server reach it, and as which client. */
export interface CallerSettings {
  readonly url: string | null
  readonly clientId: string | null
  readonly clientSecret: string | null
}

export const callerProperties = {
  BIHUAN_URL: { type: 'string', pattern: '^https?://[^/\\s]+/?$' },
  BIHUAN_CLIENT_ID: { type: 'string' },
  BIHUAN_CLIENT_SECRET: { type: 'string' },
} as const

export const callerWants: { readonly [name in keyof typeof callerProperties]: string } = {
  BIHUAN_URL: 'an address that starts with https:// or http://',
  BIHUAN_CLIENT_ID: 'the id of a client',
  BIHUAN_CLIENT_SECRET: 'the secret of a client',
}

/** Reads these settings out of what `callerProperties` has let through. */
export const readCaller = (given: { readonly [name: string]: string }): CallerSettings => ({
  url: given.BIHUAN_URL ?? null,
  clientId: given.BIHUAN_CLIENT_ID || null,
  clientSecret: given.BIHUAN_CLIENT_SECRET || null,
})
