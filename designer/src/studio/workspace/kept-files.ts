import type { PackageFiles } from '@bihuan/engine'
import type { KeptText } from '../../api/kept-text.ts'
import type { Ledger } from './ledger.ts'

/** A file as it was when the page went, with the server's text that it was made on. */
export interface KeptFile {
  readonly name: string
  readonly text: string | null
  readonly base: string | null
}

/** What had not reached the server when the package was last open on this device. */
export interface KeptFiles {
  /** When it was kept. */
  readonly at: string
  readonly files: readonly KeptFile[]
}

const nameOf = (id: string): string => `package ${id}`

/**
 * What a device keeps of a package until the server has it: encrypted, and only this person's (`api/kept-text.ts`).
 * Failures are silent: what is kept is a second net, never the first.
 */
export interface KeptShelf {
  keep(files: readonly KeptFile[]): Promise<void>
  drop(): Promise<void>
  read(): Promise<KeptFiles | null>
}

export function keptShelf(id: string, kept: KeptText, now: () => string): KeptShelf {
  return {
    keep: (files) => kept.keep(nameOf(id), { at: now(), files }).catch(() => undefined),
    drop: () => kept.drop(nameOf(id)).catch(() => undefined),
    read: async () => asKept(await kept.read(nameOf(id)).catch(() => null)),
  }
}

/** What is not on the server, as it is kept. */
export function keptOf(ledger: Ledger, mine: PackageFiles): KeptFile[] {
  return [...new Set([...Object.keys(ledger), ...Object.keys(mine)])].sort().flatMap((name) => {
    const text = mine[name] ?? null
    const base = ledger[name]?.text ?? null
    return text === base ? [] : [{ name, text, base }]
  })
}

/** What of the kept files the server does not have. */
export function missingThere(kept: KeptFiles | null, server: Ledger): KeptFiles | null {
  if (!kept) return null
  const files = kept.files.filter(({ name, text }) => text !== (server[name]?.text ?? null))
  return files.length > 0 ? { ...kept, files } : null
}

/** The server's files before the kept changes: what was kept says what it was made on. */
export function baseOf(kept: KeptFiles, server: Ledger): Ledger {
  const base = { ...server }
  for (const { name, base: text } of kept.files) base[name] = { text, revision: server[name]?.revision ?? null }
  return base
}

/** The files with what was kept laid over them. */
export function withKept(kept: KeptFiles, files: PackageFiles): PackageFiles {
  const mine: Record<string, string> = { ...files }
  for (const { name, text } of kept.files) {
    if (text === null) delete mine[name]
    else mine[name] = text
  }
  return mine
}

/** What was read back, when it has the shape that was kept. */
function asKept(value: Record<string, unknown> | null): KeptFiles | null {
  if (!value || typeof value.at !== 'string' || !Array.isArray(value.files)) return null
  const files = value.files.filter(isKeptFile)
  return files.length > 0 ? { at: value.at, files } : null
}

const isText = (value: unknown): boolean => value === null || typeof value === 'string'

function isKeptFile(value: unknown): value is KeptFile {
  if (typeof value !== 'object' || value === null) return false
  const file = value as Record<string, unknown>
  return typeof file.name === 'string' && isText(file.text) && isText(file.base)
}
