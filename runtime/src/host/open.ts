import type { Clock, Host } from './host.ts'

/** How a host is opened. */
export interface OpenOptions {
  /** Path or `file:` address of the libSQL database. */
  readonly databaseUrl: string
  /** The system's clock when absent. */
  readonly clock?: Clock
  /** Whether it looks for due timers and left work by itself, every second. Tests say false and call `settle`. */
  readonly poll?: boolean
  /** Live cases kept in memory; the least used are put away with a snapshot. */
  readonly liveLimit?: number
}

export declare function openHost(options: OpenOptions): Promise<Host>
