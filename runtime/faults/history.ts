/** Who sends a request: an API client or a person, with what proves it. */
export interface Sender {
  readonly id: string
  readonly headers: { readonly [name: string]: string }
}

/** One request of a worker. */
export interface Call {
  readonly sender: Sender
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** JSON; a function makes the parts of a form anew for each attempt. */
  readonly body?: unknown | (() => FormData)
}

/** What the trail must hold once a command has been acknowledged, and what may explain its refusal. */
export interface Proof {
  /** Kind of the command in the trail. */
  readonly kind: string
  /** Text that this request alone has sent; null when it sends none. */
  readonly token: string | null
  /** Key of what it is about; null for what did not exist before. */
  readonly about: number | null
  /** Facts about that key, one of which explains a refusal. */
  readonly grounds: readonly string[]
  /** A fact about that key which makes the command needless, so that it is acknowledged without a row of its own. */
  readonly needless?: { readonly kind: string; readonly holds: (value: unknown) => boolean }
  /** Codes that need no explanation: what was asked is wrong in itself. */
  readonly wrong?: readonly string[]
}

export type Outcome =
  | { readonly type: 'open' }
  | { readonly type: 'acknowledged'; readonly body: unknown }
  | { readonly type: 'refused'; readonly status: number; readonly code: string; readonly before: number }

/** A command and what became of it. */
export interface Entry {
  readonly key: string
  readonly call: Call
  readonly proof: Proof
  attempts: number
  outcome: Outcome
}

/** A draft as it must be read afterwards: what was acknowledged last, or what was sent after it. */
export interface KeptDraft {
  readonly personId: string
  readonly about: string
  readonly possible: string[]
}

/** An upload that was acknowledged. */
export interface KeptFile {
  readonly id: string
  readonly digest: string
}

/** All that was asked of one database, over all its servers. */
export class History {
  readonly entries: Entry[] = []
  readonly drafts = new Map<string, KeptDraft>()
  readonly files: KeptFile[] = []
  /** What a client met that a server never does: an answer of 500, a sign-in forgotten, a read that missed a write. */
  readonly faults: string[] = []

  add(key: string, call: Call, proof: Proof): Entry {
    const entry: Entry = { key, call, proof, attempts: 0, outcome: { type: 'open' } }
    this.entries.push(entry)
    return entry
  }

  get acknowledged(): number {
    return this.entries.filter(({ outcome }) => outcome.type === 'acknowledged').length + this.files.length
  }
}
