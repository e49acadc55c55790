import type {
  Actor,
  CommandKind,
  CommandValues,
  Fact,
  Facts,
  FieldError,
  Key,
  Problem,
  ProblemCode,
} from '@bihuan/engine'
import type { ScenarioStart } from '@bihuan/engine/testing'
import type { KillPoint } from '../host/kill-point.ts'

/** What the parent asks of the process that holds the host. A repeated request has the same id. */
export type Ask =
  | {
      readonly op: 'deploy'
      readonly requestId: string
      readonly resources: readonly { readonly name: string; readonly content: string }[]
    }
  | { readonly op: 'start'; readonly requestId: string; readonly start: ScenarioStart }
  | {
      readonly op: 'submit'
      readonly requestId: string
      readonly kind: CommandKind
      readonly key: Key
      readonly value: CommandValues[CommandKind]
      readonly actor: Actor
    }
  | { readonly op: 'advance'; readonly to: number }
  | { readonly op: 'facts'; readonly stream: number }
  | { readonly op: 'verify' }
  | { readonly op: 'close' }

/** How the process is set up: which database, at what time, where it ends itself. */
export interface Setup {
  readonly databaseUrl: string
  readonly now: number
  readonly kill: Kill | null
  readonly rowsPerSnapshot: number
}

/** The process sends itself SIGKILL when it comes to `point` for the `time`-th time (1 is the first). */
export interface Kill {
  readonly point: KillPoint
  readonly time: number
}

export interface TrailAnswer {
  readonly stream: number
  readonly sequence: number
}

export type Reply =
  | {
      readonly ok: true
      readonly answer?: TrailAnswer
      readonly rows?: readonly { readonly sequence: number; readonly facts: readonly Fact[] }[]
      readonly broken?: string | null
    }
  | {
      readonly ok: false
      readonly rejection: {
        readonly code: ProblemCode
        readonly facts: Facts
        readonly fields: readonly FieldError[]
        readonly problems: readonly Problem[]
      }
    }
  | { readonly ok: false; readonly fault: string }
