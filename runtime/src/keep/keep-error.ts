import { driverCode } from '../db/storage-error.ts'

/** Why a backup or a restore was not carried out: a sentence for whoever ran it. */
export class KeepError extends Error {
  /** Single findings, when there are several. */
  readonly findings: readonly string[]

  constructor(message: string, findings: readonly string[] = []) {
    super([message, ...findings.map((finding) => `  ${finding}`)].join('\n'))
    this.name = 'KeepError'
    this.findings = findings
  }
}

/** Turns what the operating system or the database says of a disk into a sentence; gives other errors as they are. */
export function explainDisk(error: unknown, folder: string): unknown {
  if (error instanceof KeepError) return error
  const code = driverCode(error)
  if (/^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL)/.test(code))
    return new KeepError(`Expected room for the copy in ${folder}, but the disk is full. Nothing was left there.`)
  if (/^(E[A-Z]+$|SQLITE_(IOERR|READONLY|CANTOPEN|BUSY|NOTADB|CORRUPT))/.test(code))
    return new KeepError(`Expected to read the data and to write to ${folder}, but the system says ${code}.`)
  return error
}
