import type { Child } from './child.ts'
import type { Load } from './load.ts'
import type { Random } from './random.ts'

/** A server under load, and what can be done to it. */
export interface Scene {
  readonly child: Child
  readonly load: Load
  readonly random: Random
  readonly dataFolder: string
  readonly say: (text: string) => void
}

/** How the server is run while it is disturbed. */
export interface Disturbance {
  readonly name: string
  /** `plain` is the real entry; `attackable` takes orders; else the words of a tracer before an attackable one. */
  readonly runs: 'plain' | 'attackable' | ((random: Random) => readonly string[])
  /** Does it; resolves when the server has ended. Gives whether it was killed. */
  readonly disturb: (scene: Scene) => Promise<'killed' | 'ended'>
  /** Whether the server's clock no longer runs evenly. */
  readonly jumps?: true
  /** Needs a disk of its own, which it fills. */
  readonly ownDisk?: true
}
