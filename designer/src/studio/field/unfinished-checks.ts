import type { Workspace } from '../workspace/workspace.ts'

/** What was typed of a check and cannot be kept yet: a rule that cannot be read, or one without what is said. */
export interface UnfinishedCheck {
  readonly check: string
  readonly message: string
}

const open = new WeakMap<Workspace, Map<string, UnfinishedCheck>>()

/** Unfinished checks of the open package by key of their field: they wait while other fields and parts are looked at. */
export function unfinishedChecks(workspace: Workspace): Map<string, UnfinishedCheck> {
  const found = open.get(workspace) ?? new Map<string, UnfinishedCheck>()
  open.set(workspace, found)
  return found
}

/** What waits under one key waits under another from now on. */
export function renameUnfinished(workspace: Workspace, from: string, to: string): void {
  const checks = unfinishedChecks(workspace)
  const waiting = checks.get(from)
  checks.delete(from)
  if (waiting) checks.set(to, waiting)
}
