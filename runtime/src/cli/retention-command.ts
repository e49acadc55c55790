import { type Command, InvalidArgumentError } from 'commander'
import { and, desc } from 'drizzle-orm'
import { readDay, time, wireKey } from '../contract/wire.ts'
import { compactDatabase } from '../db/compact.ts'
import type { Row } from '../db/schema/index.ts'
import { FileStore } from '../file/file-store.ts'
import { systemClock } from '../host/clock.ts'
import { databasePath } from '../host/open.ts'
import { ArchiveFolder } from '../keep/archive-folder.ts'
import { KeepError } from '../keep/keep-error.ts'
import { type Moved, oldCases, Retention } from '../keep/retention.ts'
import type { WhyNotYet } from '../keep/retention-checks.ts'
import { archivedBy } from '../query/archived.ts'
import type { Settings } from '../settings.ts'
import { counted, explainFailure, print } from './output.ts'
import { onStoppedHost } from './stopped.ts'
import { withStore } from './with-store.ts'

/** Archived cases printed, the most. */
const MOST = 1_000

interface RetainOptions {
  readonly dryRun?: boolean
  readonly now?: boolean
  readonly days?: number
  readonly json?: boolean
}

const reasons: { readonly [W in WhyNotYet]: string } = {
  working: 'work of the host is left',
  noticeOpen: 'a notice of it is still open',
  unsealed: 'no checkpoint proves its end yet',
  tooLarge: 'its files are too large for one package',
}

/** `bihuan retain`: moves finished cases to archive packages, or says which would be moved. */
export function addRetainCommand(program: Command, settings: () => Settings): void {
  program
    .command('retain')
    .description('move cases that ended long ago to archive packages')
    .option('--dry-run', 'only say which would be moved, beside a running server too')
    .option('--now', 'move them; the server must not run (it does so by itself)')
    .option('--days <days>', 'days after the end of a case; BIHUAN_RETENTION_DAYS when absent', wholeDays)
    .option('--json', 'print JSON')
    .action(async (options: RetainOptions) => {
      try {
        await retain(settings(), options)
      } catch (error) {
        explainFailure(error)
      }
    })
}

function wholeDays(text: string): number {
  if (!/^[1-9][0-9]{0,4}$/.test(text)) throw new InvalidArgumentError('Expected a number of days from 1 to 99999.')
  return Number(text)
}

async function retain(settings: Settings, { dryRun = false, now = false, days: given, json }: RetainOptions) {
  if (dryRun === now) throw new KeepError('Expected either --dry-run or --now, but not both and not none.')
  const { retentionDays, requestDays } = settings.limits
  const days = given ?? retentionDays
  if (days === null) throw new KeepError('Expected --days, or BIHUAN_RETENTION_DAYS, but neither is set.')
  // An answered request is forgotten with its case: a repeat would begin another one.
  if (days < requestDays)
    throw new KeepError(`Expected --days to be at least BIHUAN_REQUEST_DAYS (${requestDays}), but it is ${days}.`)
  if (dryRun) await foresee(settings, days, json)
  else await move(settings, days, json)
}

async function foresee({ databaseUrl }: Settings, days: number, json: boolean | undefined): Promise<void> {
  await withStore({ databaseUrl }, async (store) => {
    const found: { key: string; number: string | null; endedAt: string; why: WhyNotYet | null }[] = []
    for await (const { instance, why } of oldCases(store, days, systemClock.now()))
      found.push({ key: wireKey(instance.key), number: instance.number, endedAt: time(instance.endedAt ?? 0), why })
    const count = found.filter(({ why }) => why === null).length
    print(json, found, [
      ...found.map(
        ({ key, number, endedAt, why }) =>
          `${number ?? key}  ended ${endedAt}${why === null ? '' : `  stays: ${reasons[why]}`}`,
      ),
      `To be moved: ${counted(count, 'case')}. Old enough, but to stay: ${found.length - count}.`,
    ])
  })
}

async function move(settings: Settings, days: number, json: boolean | undefined): Promise<void> {
  const moved: Moved[] = []
  const faults: string[] = []
  await onStoppedHost(settings, async (host) => {
    await host.seal()
    const files = new FileStore(host.store, settings.dataFolder)
    const report = (_: string, error: unknown) => faults.push(error instanceof Error ? error.message : String(error))
    const retention = new Retention({ host, files, dataFolder: settings.dataFolder, days, report })
    await retention.all((one) => moved.push(one))
    await host.seal()
  })
  if (moved.length > 0) compactDatabase(databasePath(settings.databaseUrl))
  const lines = moved.map(({ key, number, path, bytes }) => `${number ?? key}  ${path}  ${bytes} bytes`)
  print(json, { moved, faults }, [...lines, ...faults, `Moved: ${counted(moved.length, 'case')}.`])
  if (faults.length > 0) process.exitCode = 1
}

interface FindOptions {
  readonly from?: string
  readonly to?: string
  readonly json?: boolean
}

/** `bihuan archived`: finds archived cases by number and date, and says whether their packages are there. */
export function addArchivedCommand(program: Command, settings: () => Settings): void {
  program
    .command('archived [number]')
    .description('find archived cases by part of their number and by days they were under way on')
    .option('--from <day>', 'ended on this day or later, as 2026-03-02')
    .option('--to <day>', 'begun on this day or before')
    .option('--json', 'print JSON')
    .action(async (number: string | undefined, options: FindOptions) => {
      try {
        await find(settings(), number ?? '', options)
      } catch (error) {
        explainFailure(error)
      }
    })
}

async function find({ databaseUrl, dataFolder }: Settings, number: string, { from, to, json }: FindOptions) {
  const search = { number, from: dayOf('from', from)?.begin ?? null, before: dayOf('to', to)?.end ?? null }
  await withStore({ databaseUrl }, async (store) => {
    const { archivedCase } = store.tables
    const rows = await store.read
      .select()
      .from(archivedCase)
      .where(and(...archivedBy(store, search)))
      .orderBy(desc(archivedCase.endedAt), desc(archivedCase.key))
      .limit(MOST)
    const folder = new ArchiveFolder(dataFolder)
    const found = []
    for (const row of rows) found.push({ row, state: await folder.stateOf(row) })
    print(
      json,
      found.map(({ row, state }) => ({ ...shown(row), package: state })),
      [
        ...found.map(
          ({ row, state }) =>
            `${row.number ?? row.key}  ${row.processName}  ${row.unitName}  ended ${time(row.endedAt)}  ${folder.file(row.path)}  ${words[state]}`,
        ),
        `${counted(rows.length, 'archived case')}${rows.length === MOST ? ', and perhaps more: give a number or a day' : ''}.`,
      ],
    )
  })
}

const words = { whole: 'whole', absent: 'not here', changed: 'CHANGED' } as const

function dayOf(name: string, text: string | undefined) {
  if (text === undefined) return null
  const found = readDay(text)
  if (!found) throw new KeepError(`Expected --${name} to be a day such as 2026-03-02, but it is "${text}".`)
  return found
}

function shown({ key, number, processId, processName, unitId, unitName, ...rest }: Row<'archivedCase'>) {
  const { state, startedAt, endedAt, archivedAt, rows, path, bytes, digest } = rest
  const times = { startedAt: time(startedAt), endedAt: time(endedAt), archivedAt: time(archivedAt) }
  return {
    key: wireKey(key),
    number,
    processId,
    processName,
    unitId,
    unitName,
    state,
    ...times,
    rows,
    path,
    bytes,
    digest,
  }
}
