import type { Command } from 'commander'
import type {
  MigrationMappings,
  MigrationResult,
  ModifyCase,
  OperatedCase,
  Resolved,
  Selection,
  StuckIncident,
  StuckIncidents,
} from '../contract/contract.ts'
import type { Settings } from '../settings.ts'
import { caseKeyOf, definitionKeyOf } from './named.ts'
import { explainFailure, print } from './output.ts'
import { CallError, type ServerCall, serverCall } from './server-call.ts'

interface Common {
  readonly url?: string
  readonly json?: boolean
}
interface Reasoned extends Common {
  readonly reason: string
}

/** What is done with a running server: what it was asked, and what to print of it. */
type Work<O extends Common> = (call: ServerCall, options: O, key: string) => Promise<Printed>
interface Printed {
  readonly value: unknown
  readonly lines: readonly string[]
}

/**
 * `bihuan incidents`, `incident`, `case`, `migrate`: repairing what is stuck, through a server that runs, as a client of
 * its interface. Every act has its reason, which is kept in the trail.
 */
export function addOperateCommands(program: Command, settings: () => Settings): void {
  const run =
    <O extends Common>(work: Work<O>) =>
    async (...given: unknown[]) => {
      // Commander hands over the arguments, the options, and the command.
      const options = given.at(-2) as O
      const key = typeof given[0] === 'string' ? given[0] : ''
      try {
        const { value, lines } = await work(serverCall(settings(), options.url), options, key)
        print(options.json, value, lines)
      } catch (error) {
        explainFailure(error)
      }
    }
  addIncidentCommands(program, run)
  addCaseCommands(program, run)
  addMigrateCommand(program, run)
}

type Run = <O extends Common>(work: Work<O>) => (...given: unknown[]) => Promise<void>

const common = (command: Command): Command =>
  command
    .option('--url <url>', 'where the server is; BIHUAN_URL, else this machine, when absent')
    .option('--json', 'print JSON')
const reasoned = (command: Command): Command =>
  common(command).requiredOption('--reason <text>', 'why; it is kept in the trail')
const each = (value: string, all: readonly string[] = []): readonly string[] => [...all, value]
const query = (given: { readonly [name: string]: string | undefined }): string =>
  new URLSearchParams(Object.entries(given).filter((one): one is [string, string] => one[1] !== undefined)).toString()

function addIncidentCommands(program: Command, run: Run): void {
  common(program.command('incidents').description('list what is stuck, the oldest first'))
    .option('--process <id>', 'of this process')
    .option('--step <id>', 'at this step')
    .option('--code <code>', 'for this reason')
    .option('--case <case>', 'of this case, by its number or key')
    .action(
      run(
        async (
          call,
          given: Common & {
            readonly process?: string
            readonly step?: string
            readonly code?: string
            readonly case?: string
          },
        ) => {
          const items: StuckIncident[] = []
          const ofCase = given.case === undefined ? undefined : await caseKeyOf(call, given.case)
          let cursor: string | undefined
          do {
            const filter = { processId: given.process, elementId: given.step, code: given.code, case: ofCase }
            const page: StuckIncidents = await call('GET', `/incidents?${query({ ...filter, cursor })}`)
            items.push(...page.items)
            cursor = page.next ?? undefined
          } while (cursor)
          return { value: items, lines: items.length === 0 ? ['Nothing is stuck.'] : items.map(incidentLine) }
        },
      ),
    )
  reasoned(
    program
      .command('incident')
      .description('what is stuck')
      .command('resolve')
      .description('try again what failed')
      .argument('<key>'),
  ).action(
    run(async (call, { reason }: Reasoned, key) => {
      const done = await call<Resolved>('POST', `/incidents/${encodeURIComponent(key)}/resolve`, { reason })
      if (done.stuckAgain) process.exitCode = 1
      return { value: { key, ...done }, lines: [done.stuckAgain ? 'Tried again, and stuck again.' : 'Tried again.'] }
    }),
  )
}

const incidentLine = ({ key, caseKey, caseNumber, unit, process, elementId, code, messages }: StuckIncident): string =>
  `${key}  case ${caseKey} ${caseNumber ?? ''} ${unit.name}  ${process.id} v${process.version} ${elementId}  ${code}: ${messages.en?.text}`

const CASE = 'its number or key'
const acts = [
  ['cancel', 'end a case; it goes on no more', 'Ended'],
  ['suspend', 'stop a case: nothing moves in it until it is resumed', 'Suspended'],
  ['resume', 'let a suspended case go on', 'Resumed'],
] as const

function addCaseCommands(program: Command, run: Run): void {
  const one = program.command('case').description('where a case stands, and moving it on')
  common(
    one.command('show').description('where a case stands, with the keys of its steps').argument('<case>', CASE),
  ).action(
    run(async (call, _options: Common, named) => {
      const key = await caseKeyOf(call, named)
      const found = await call<OperatedCase>('GET', `/cases/${encodeURIComponent(key)}`)
      return { value: found, lines: caseLines(found) }
    }),
  )
  for (const [act, description, done] of acts)
    reasoned(one.command(act).description(description).argument('<case>', CASE)).action(
      run(async (call, { reason }: Reasoned, named) => {
        const key = await caseKeyOf(call, named)
        await call('POST', `/cases/${encodeURIComponent(key)}/${act}`, { reason })
        return { value: { key, done: act }, lines: [`${done} ${key}.`] }
      }),
    )
  reasoned(one.command('modify').description('change where a case stands, all or nothing').argument('<case>', CASE))
    .option('--activate <id>', 'begin this element; may be given several times, as the others', each)
    .option('--terminate <key>', 'end this step, by its key or its id', each)
    .option('--move <from:to>', 'end the step (key or id) and begin the element instead', each)
    .option('--process <key>', 'the called process whose elements are meant')
    .action(
      run(async (call, options: ModifyOptions, named) => {
        const body = modificationOf(options)
        const key = await caseKeyOf(call, named)
        await call('POST', `/cases/${encodeURIComponent(key)}/modify`, body)
        const found = await call<OperatedCase>('GET', `/cases/${encodeURIComponent(key)}`)
        return { value: found, lines: caseLines(found) }
      }),
    )
}

interface ModifyOptions extends Reasoned {
  readonly activate?: readonly string[]
  readonly terminate?: readonly string[]
  readonly move?: readonly string[]
  readonly process?: string
}

/** A key is digits; the id of an element never is. */
const selectionOf = (text: string): Selection =>
  /^[0-9]+$/.test(text) ? { elementInstanceKey: text } : { elementId: text }

function modificationOf({ activate, terminate, move, process: processKey, reason }: ModifyOptions): ModifyCase {
  if (!activate && !terminate && !move)
    throw new CallError('Expected --activate, --terminate or --move, but none is there: nothing would change.')
  return {
    reason,
    ...(processKey !== undefined && { processKey }),
    activate: (activate ?? []).map((elementId) => ({ elementId })),
    terminate: (terminate ?? []).map(selectionOf),
    move: (move ?? []).map((text) => {
      const [from, to] = pairOf('--move', text)
      return { from: selectionOf(from), targetElementId: to }
    }),
  }
}

function pairOf(option: string, text: string): readonly [string, string] {
  const [from, to, more] = text.split(':')
  if (!from || !to || more !== undefined) throw new CallError(`Expected ${option} to be FROM:TO, but it is "${text}".`)
  return [from, to]
}

function caseLines({ key, number, state, process, unit, steps, incidents }: OperatedCase): readonly string[] {
  const stuck = new Map(incidents.map((one) => [one.elementInstanceKey, one.code]))
  return [
    `${key}  ${number ?? ''} ${unit.name}  ${process.id} v${process.version}  ${state}`,
    ...steps.map((step) =>
      `  ${step.key}  ${step.elementId}  ${step.name ?? ''}  ${stuck.get(step.key) ?? ''}`.trimEnd(),
    ),
  ]
}

interface MigrateOptions extends Common {
  readonly from: string
  readonly to: string
  readonly map?: readonly string[]
  readonly dryRun?: boolean
  readonly reason?: string
}

function addMigrateCommand(program: Command, run: Run): void {
  common(program.command('migrate').description('let the running cases of a version go on in another'))
    .requiredOption('--from <definition>', 'the definition they run on: its key, or ID:VERSION')
    .requiredOption('--to <definition>', 'the definition they are to run on')
    .option('--map <from:to>', 'what an element becomes that has no namesake; may be given several times', each)
    .option('--dry-run', 'say which can and which cannot, and change nothing')
    .option('--reason <text>', 'why; it is kept in the trail. Not asked for with --dry-run')
    .action(
      run(async (call, options: MigrateOptions) => {
        const items = await migrate(call, options)
        const stay = items.filter(({ refusal }) => refusal !== null)
        if (stay.length > 0) process.exitCode = 1
        const done = options.dryRun ? 'can move' : 'moved'
        return {
          value: items,
          lines: [`${items.length - stay.length} ${done}, ${stay.length} stay.`, ...stay.flatMap(stayLines)],
        }
      }),
    )
}

async function migrate(call: ServerCall, options: MigrateOptions): Promise<MigrationResult['items']> {
  const { map, dryRun, reason } = options
  if (!dryRun && !reason) throw new CallError('Expected --reason, or --dry-run, but neither is there.')
  const named = (map ?? []).map((text) => pairOf('--map', text))
  const from = await definitionKeyOf(call, '--from', options.from)
  const to = await definitionKeyOf(call, '--to', options.to)
  const { mappings } = await call<MigrationMappings>('GET', `/migration/mappings?${query({ from, to })}`)
  const mapped = new Set(named.map(([source]) => source))
  const wish = {
    from,
    to,
    mappings: [
      ...mappings.filter(({ sourceElementId }) => !mapped.has(sourceElementId)),
      ...named.map(([sourceElementId, targetElementId]) => ({ sourceElementId, targetElementId })),
    ],
    ...(!dryRun && { reason }),
  }
  const items: MigrationResult['items'] = []
  let after: string | null = null
  do {
    const page: MigrationResult = await call('POST', `/migration/${dryRun ? 'plan' : 'run'}`, {
      ...wish,
      ...(after !== null && { after }),
    })
    items.push(...page.items)
    after = page.next
  } while (after !== null)
  return items
}

function stayLines({ caseKey, caseNumber, unit, refusal }: MigrationResult['items'][number]): readonly string[] {
  const why = refusal?.problems.length ? refusal.problems : [{ elementId: '', messages: refusal?.messages }]
  return [
    `  ${caseKey} ${caseNumber ?? ''} ${unit.name}`,
    ...why.map(({ elementId, messages }) => `    ${elementId ?? ''} ${messages?.en?.text ?? ''}`),
  ]
}
