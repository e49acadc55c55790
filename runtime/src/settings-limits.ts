/** How much is kept, and when no more is taken. */
export interface LimitSettings {
  /** Bytes that have to be free on the disk of the data folder; with less the server only reads. 0 takes what fits. */
  readonly diskLow: number
  /** Days for which a repeated `Idempotency-Key` is given the first answer. */
  readonly requestDays: number
  /** Days after its end for which a case stays in the database, then it is moved to an archive package; null keeps all. */
  readonly retentionDays: number | null
  /** Days after its end after which a case is put to rest, its rows packed into one value; null lets all as they are. */
  readonly restDays: number | null
}

export const limitProperties = {
  BIHUAN_DISK_LOW: { type: 'string', pattern: '^[0-9]{1,8}$' },
  BIHUAN_REQUEST_DAYS: { type: 'string', pattern: '^[1-9][0-9]{0,3}$' },
  BIHUAN_RETENTION_DAYS: { type: 'string', pattern: '^[1-9][0-9]{0,4}$' },
  BIHUAN_REST_DAYS: { type: 'string', pattern: '^(0|[1-9][0-9]{0,4})$' },
} as const

export const limitWants: { readonly [name in keyof typeof limitProperties]: string } = {
  BIHUAN_DISK_LOW: 'a number of megabytes',
  BIHUAN_REQUEST_DAYS: 'a number of days from 1 to 9999',
  BIHUAN_RETENTION_DAYS: 'a number of days from 1 to 99999',
  BIHUAN_REST_DAYS: 'a number of days from 1 to 99999, or 0 for never',
}

const MEGABYTE = 1024 * 1024

/** What a server has that is told nothing of this. */
export const usualLimits: LimitSettings = {
  diskLow: 512 * MEGABYTE,
  requestDays: 30,
  retentionDays: null,
  restDays: 7,
}

/** Reads these settings out of what `limitProperties` has let through; adds to `faults`. */
export function readLimits(given: { readonly [name: string]: string }, faults: string[]): LimitSettings {
  const { BIHUAN_DISK_LOW: low, BIHUAN_REQUEST_DAYS: days, BIHUAN_RETENTION_DAYS: retention } = given
  const requestDays = days === undefined ? usualLimits.requestDays : Number(days)
  const rest = given.BIHUAN_REST_DAYS === undefined ? usualLimits.restDays : Number(given.BIHUAN_REST_DAYS)
  const retentionDays = retention === undefined ? usualLimits.retentionDays : Number(retention)
  // An answered request is forgotten with its case: a repeat would begin another one.
  if (retentionDays !== null && retentionDays < requestDays)
    faults.push(
      `Expected BIHUAN_RETENTION_DAYS to be at least BIHUAN_REQUEST_DAYS (${requestDays}), but it is "${retention}".`,
    )
  return {
    diskLow: low === undefined ? usualLimits.diskLow : Number(low) * MEGABYTE,
    requestDays,
    retentionDays,
    restDays: rest === 0 ? null : rest,
  }
}
