import { Rejection, say } from '@bihuan/engine'
import { SecretsFileError } from '../connector/secrets.ts'
import { WebhookFault } from '../connector/webhook.ts'
import { AlreadyOpen } from '../db/libsql-lock.ts'
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
    OlderDatabase,
    SecretsFileError,
    WebhookFault,
    CallError,
  ].some((kind) => error instanceof kind)
  if (!isExpected) throw error
  console.error(encodeText((error as Error).message))
}
