import { Rejection, say } from '@bihuan/engine'
import { RecordsDamaged } from '../audit/chain.ts'
import { KeyUnavailable } from '../audit/key-ring.ts'
import { PackDamaged } from '../audit/pack.ts'
import { SecretsFileError } from '../connector/secrets.ts'
import { WebhookFault } from '../connector/webhook.ts'
import { AlreadyOpen } from '../db/libsql-lock.ts'
import { NewerDatabase } from '../db/migrate.ts'
import { isFull, storageErrorOf } from '../db/storage-error.ts'
import { OlderDatabase } from '../host/open.ts'
import { OrganisationFileError } from '../identity/organisation-file.ts'
import { KeepError } from '../keep/keep-error.ts'
import { encodeText } from '../log.ts'
import { PackageFolderError } from '../package/package-folder.ts'
import { SettingsError } from '../settings.ts'
import { CallError } from './server-call.ts'

/** Prints one JSON document, or lines for people; no name in it can move a terminal's cursor (I18). */
export function print(asJson: boolean | undefined, value: unknown, lines: readonly string[]): void {
  console.log(encodeText(asJson ? JSON.stringify(value) : lines.join('\n')))
}

/** A number with its word: `1 row`, `2 rows`. */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/**
 * Says so when what a command prints cannot be written, as to a full disk: a secret is shown once. Whoever has closed a
 * pipe has read what he wanted.
 */
export function watchOutput(): void {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return
    process.exitCode = 1
    console.error(`Expected to print what came of it, but the system says ${code}. It is done all the same.`)
  })
}

/** Says in sentences why a command could not be carried out; rethrows what is no such reason. Sets exit code 1. */
export function explainFailure(error: unknown): void {
  process.exitCode = 1
  if (error instanceof Rejection) {
    const { text, todo } = say(error.code, { ...error.facts, count: error.problems.length }, 'en')
    console.error(encodeText(`${error.code}: ${text} ${todo}`))
    for (const problem of error.problems) {
      const words = say(
        problem.code,
        {
          ...problem.facts,
          resource: problem.resource,
          elementId: problem.elementId,
          elementName: problem.elementName ?? problem.elementId,
        },
        'en',
      )
      const place = `${problem.resource} ${problem.elementId ?? ''}`
      console.error(encodeText(`  ${place} ${problem.code}: ${words.text} ${words.todo}`))
    }
    return
  }
  const isExpected = [
    AlreadyOpen,
    SettingsError,
    OrganisationFileError,
    PackageFolderError,
    KeepError,
    KeyUnavailable,
    RecordsDamaged,
    PackDamaged,
    OlderDatabase,
    NewerDatabase,
    SecretsFileError,
    WebhookFault,
    CallError,
  ].some((kind) => error instanceof kind)
  const storage = isExpected ? null : storageErrorOf(error)
  const refused = isExpected || storage ? null : pathRefused(error)
  if (!isExpected && !storage && refused === null) throw error
  console.error(encodeText(refused ?? (storage ? storageSentence(storage.code) : (error as Error).message)))
}

/** What the operating system says of a file or folder that was named; null for every other error. */
function pathRefused(error: unknown): string | null {
  if (!(error instanceof Error && 'path' in error && 'syscall' in error && 'code' in error)) return null
  return `Expected to use ${error.path}, but the system says ${error.code}. Look at what is there, and whose it is.`
}

/** What the operating system or the database says of the data, for whoever ran a command. */
const storageSentence = (code: string): string =>
  `Expected to read and write the data, but the system says ${code}. ${whatToDo(code)}`

function whatToDo(code: string): string {
  if (isFull(code)) return 'Make room, in the folder of temporary files too, and run this again.'
  // Most often a command was run as another user than the server, as after a restore by root.
  if (/READONLY|CANTOPEN|EROFS/.test(code))
    return 'Look whose the files in the data folder are, since the server and its commands run as one user, and how the disk is mounted.'
  return 'Look at the disk; a database that is damaged is restored from a backup.'
}
