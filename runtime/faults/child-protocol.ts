import type { KillPoint } from '../src/host/kill-point.ts'

/** What the parent tells the process that holds the server. */
export type Order =
  | { readonly order: 'open'; readonly setup: Setup }
  /** It ends itself by SIGKILL when it comes to the point for the `time`-th time from now on. */
  | { readonly order: 'kill'; readonly point: KillPoint; readonly time: number }
  /** From now on its clock shows so much more (or less) than the machine's. */
  | { readonly order: 'clock'; readonly offset: number }
  /** Whether its database may take more pages than it has: SQLite's own answer of a full disk. */
  | { readonly order: 'pages'; readonly full: boolean }

/** How the server is opened. */
export interface Setup {
  readonly dataFolder: string
  /** Milliseconds the clock is ahead of the machine's. */
  readonly offset: number
  /** Few live cases and few rows between snapshots, so that putting away and loading are part of what is attacked. */
  readonly liveLimit: number
  readonly rowsPerSnapshot: number
  readonly sabotage: Sabotage
  /** `OFF` breaks the durability against a loss of power, to see that it is noticed. `FULL` when absent. */
  readonly synchronous?: 'FULL' | 'OFF'
}

/** What is broken on purpose, to see that the harness finds it: answers given before they are on disk. */
export type Sabotage = 'none' | 'answerBeforeCommit'

/** What the process tells its parent. */
export type News =
  /** Its modules are loaded. */
  { readonly news: 'ready' } | { readonly news: 'listening'; readonly port: number }
