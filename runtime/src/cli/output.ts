import { Rejection, say } from '@bihuan/engine'
import { AlreadyOpen } from '../db/libsql-lock.ts'
import { OrganisationFileError } from '../identity/organisation-file.ts'
import { PackageFolderError } from '../package/package-folder.ts'
import { SettingsError } from '../settings.ts'

/** Prints one JSON document, or lines for people. */
export function print(asJson: boolean | undefined, value: unknown, lines: readonly string[]): void {
  console.log(asJson ? JSON.stringify(value) : lines.join('\n'))
}

/** Says in sentences why a command could not be carried out; rethrows what is no such reason. Sets exit code 1. */
export function explainFailure(error: unknown): void {
  process.exitCode = 1
  if (error instanceof Rejection) {
    const { text, todo } = say(error.code, { ...error.facts, count: error.problems.length }, 'en')
    console.error(`${error.code}: ${text} ${todo}`)
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
      console.error(`  ${problem.resource} ${problem.elementId ?? ''} ${problem.code}: ${words.text} ${words.todo}`)
    }
    return
  }
  const isExpected = [AlreadyOpen, SettingsError, OrganisationFileError, PackageFolderError].some(
    (kind) => error instanceof kind,
  )
  if (!isExpected) throw error
  console.error((error as Error).message)
}
