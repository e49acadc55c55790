import type { PackageFiles } from '@bihuan/engine'
import type { PackageMade } from '@bihuan/runtime/contract'
import type { KeptFiles } from './kept-files.ts'
import type { Clash } from './reconcile.ts'
import type { Workspace } from './workspace.ts'

/** Two versions of files, of which somebody must choose: who saved the other one, and when. */
export interface OpenClash {
  readonly files: readonly Clash[]
  readonly by: string | null
  readonly at: string | null
}

/** What to do with two versions. Whatever is chosen, the other version becomes a package of its own or stays. */
export type ClashChoice = 'mine' | 'theirs' | 'both'

/** The workspace as the studio's shell has it: with what pages do not deal with. */
export interface OpenWorkspace extends Workspace {
  /** The part of the studio that is open, told to others. */
  setPlace(place: string): void
  readonly clash: () => OpenClash | null
  /** Settles the clash; gives the package that keeps the other version. */
  settle(choice: ClashChoice, copyName: string): Promise<PackageMade>
  /** What was not saved when this package was last open here; null when all was. */
  readonly kept: () => KeptFiles | null
  takeKept(): void
  dropKept(): void
  /** Judging broke down over the files as they are. */
  readonly judgeFailed: () => boolean
  /** The files and revisions the server has, to publish exactly these. */
  revisions(): { name: string; revision: number }[]
  /** Reads what the server has now, after publishing and the like. */
  refresh(): Promise<void>
  readonly plain: () => PackageFiles
  /** Keeps the files as they are now in a new package of that name. */
  copyAside(name: string): Promise<PackageMade>
  /** Name of who has it open here. */
  readonly me: string
}
