import type { PackageFiles } from '@bihuan/engine'
import type { Directory, FilesSaved, Package, PackageMade, Presence, SaveFiles } from '@bihuan/runtime/contract'
import type { Refusal } from './autosave.ts'
import type { JudgeWorker } from './judge.ts'
import type { KeptShelf } from './kept-files.ts'

/** What the workspace asks of the house around it. */
export interface WorkspaceHouse {
  /** Name of who has it open here. */
  me: string
  read: () => Promise<Package>
  save: (files: SaveFiles['files']) => Promise<FilesSaved>
  presence: (place: string) => Promise<Presence>
  goodbye: () => void
  /** Makes a package of files, under a name of its own. */
  copy: (name: string, files: PackageFiles) => Promise<PackageMade>
  judgeError: (error: unknown) => Refusal
  /** The server will not take the files as they are. */
  refused: (error: unknown) => void
  directory: () => Directory | undefined
  worker: () => JudgeWorker
  shelf: KeptShelf
}
