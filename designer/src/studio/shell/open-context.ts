import type { OpenWorkspace } from '../workspace/opened-workspace.ts'
import { useWorkspace } from '../workspace/workspace.ts'

/** The open package as the shell has it, for its own pages (versions, publishing): they stand inside it only. */
export const useOpenWorkspace = (): OpenWorkspace => useWorkspace() as OpenWorkspace
