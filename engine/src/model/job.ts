import type { Expression } from '../feel/index.ts'

/** A job for a worker: a service or send task, a thrown message, a script or decision done outside, a listener. */
export interface JobSpec {
  readonly jobType: Expression
  readonly retries: Expression | null
  readonly priority: Expression | null
  readonly headers: { readonly [name: string]: string }
}
