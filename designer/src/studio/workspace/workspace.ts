import type { FieldDictionary, PackageFiles, Problem, Step } from '@bihuan/engine'
import type { Directory, Package, Presence } from '@bihuan/runtime/contract'
import { createContext, useContext } from 'solid-js'
import type { Bring } from './before-save.ts'

/** Changes to files that belong together: name → new text, null to remove. */
export type FileChanges = { readonly [name: string]: string | null }

/** Where a change came from, so that an editor does not read its own words back. */
export type Origin = 'bpmn' | 'fields' | 'forms' | 'decisions' | 'parameters' | 'package' | 'load' | 'merge'

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'offline' | 'conflict'

/**
 * A package that is open in the studio: its files in memory, what is read from them, and how they are kept. Everything
 * is reactive. Editors read `files`, write with `write`, and read a file anew when `originOf` is not their own.
 */
export interface Workspace {
  readonly id: string
  /** What the server said of the package, without its files. */
  readonly info: () => Omit<Package, 'files'>
  readonly files: PackageFiles
  originOf(name: string): Origin
  /** Changes files in memory at once; they are saved together shortly after. What is derived follows: steps, problems, missing forms. */
  write(changes: FileChanges, origin: Origin): void
  /** The BPMN file that is drawn; empty when the package has none. */
  readonly processFile: () => string
  /** Draws another BPMN file of the package. */
  openProcess(name: string): void
  /** Fields and matrix; the last that could be read while `fields.yaml` cannot. */
  readonly dictionary: () => FieldDictionary
  /** Steps people fill or read, in the order of the process. */
  readonly steps: () => readonly Step[]
  /** Findings of deploy over the files as they are, judged in a worker; undefined before the first verdict. */
  readonly problems: () => readonly Problem[] | undefined
  readonly directory: () => Directory | undefined
  readonly state: () => SaveState
  readonly savedAt: () => string | null
  readonly editors: () => Presence['editors']
  /** Saves what is not saved, after editors wrote what they still held; resolves when it is, rejects when it cannot be. */
  flush(): Promise<void>
  /** An editor that writes a little later is asked to write at once before a save that cannot wait. Gives what ends it. */
  beforeSave(bring: Bring): () => void
}

const WorkspaceContext = createContext<Workspace>()

export const WorkspaceProvider = WorkspaceContext.Provider

/** The package that is open. Only inside the studio's shell. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('Expected an open package around this page')
  return workspace
}
