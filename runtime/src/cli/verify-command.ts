import { existsSync, statSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { CHECKPOINT_FILE } from '../audit/checkpoint-file.ts'
import { readCheckpointFile, verifyCheckpointFile } from '../audit/outside.ts'
import { type Signed, vouchesFor } from '../audit/statement.ts'
import { verifyTrail } from '../audit/verify.ts'
import { type DatabaseVerification, verifyDatabase } from '../audit/verify-database.ts'
import { openReader, type Reader } from '../db/libsql-reader.ts'
import { copyDatabase, openSnapshot } from '../db/libsql-snapshot.ts'
import { openLibsqlStore } from '../db/libsql-store.ts'
import { databasePath } from '../host/open.ts'
import { checkPackages, type PackageCheck } from '../keep/archive-check.ts'
import { KeepError } from '../keep/keep-error.ts'
import { passing } from '../keep/passing.ts'
import { type Difference, differingRows } from '../projection/differences.ts'
import { rebuild } from '../projection/rebuild.ts'
import type { Settings } from '../settings.ts'
import { counted, explainFailure, print } from './output.ts'
import { verifyRow } from './verify-row.ts'

interface Options {
  readonly stream?: string
  readonly checkpoint?: string
  readonly key?: string
  readonly projections?: boolean
  readonly json?: boolean
}

/**
 * `bihuan verify`: checks a database, the archive package of a case, a file of checkpoints or the proof of a row; exit
 * code 1 when something does not hold. Reads alone, beside a running server too.
 */
export function addVerifyCommand(program: Command, settings: () => Settings): void {
  program
    .command('verify [what]')
    .description(
      'check the trail of a database (the default), a package (.zip), checkpoints (.jsonl) or the proof of a row (.json)',
    )
    .option('--stream <number>', 'only the chain of this stream')
    .option('--checkpoint <file>', 'compare with checkpoints that were kept elsewhere')
    .option('--key <fingerprint>', 'the key that is trusted: it has signed, or vouches for the one that has')
    .option('--projections', 'fold the trail anew and name the rows of tables that are not what it says')
    .option('--json', 'print JSON')
    .action(async (what: string | undefined, options: Options) => {
      try {
        const path = what ?? databasePath(settings().databaseUrl)
        // A copy of a database lies in a data folder of its own, such as that of a backup.
        const dataFolder = what === undefined ? settings().dataFolder : dirname(path)
        process.exitCode = (await verify(path, dataFolder, options)) ? 0 : 1
      } catch (error) {
        explainFailure(error)
      }
    })
}

async function verify(path: string, dataFolder: string, options: Options): Promise<boolean> {
  if (!existsSync(path)) throw new KeepError(`Expected something to verify at ${path}, but there is nothing.`)
  for (const given of [path, options.checkpoint, options.key])
    if (given !== undefined && statSync(given, { throwIfNoEntry: false })?.isDirectory())
      throw new KeepError(
        `Expected a file, but ${given} is a folder: name the file in it, or check a backup with "bihuan backup --verify".`,
      )
  if (/\.(zip|json|jsonl)$/.test(path)) refuseUnasked(options, ['stream', 'projections'])
  if (path.endsWith('.zip')) return verifyZip(path, options)
  if (path.endsWith('.jsonl')) return verifyFile(path, options)
  if (path.endsWith('.json')) return verifyProof(path, options)
  return verifyWhole(path, dataFolder, options)
}

/** What is checked of a database alone, or whoever gave it would believe that it was. */
function refuseUnasked(options: Options, names: readonly (keyof Options)[]): void {
  for (const name of names)
    if (options[name] !== undefined) throw new KeepError(`Expected --${name} with a database, but a file was named.`)
}

async function verifyZip(path: string, { key, checkpoint, json }: Options): Promise<boolean> {
  const { say, verifyPackage } = await import('../../verifier/verify-bihuan.mjs')
  const found = await verifyPackage(new Uint8Array(await readFile(path)), {
    ...(key !== undefined && { key: await fingerprint(key) }),
    ...(checkpoint !== undefined && { checkpoints: (await outsideOf(checkpoint)).map(({ body }) => body) }),
  })
  print(json, found, say(found, 1))
  return found.holds
}

async function verifyProof(path: string, { key, checkpoint, json }: Options): Promise<boolean> {
  const { lines, ...found } = verifyRow(await readFile(path, 'utf8'), {
    key: key === undefined ? null : await fingerprint(key),
    checkpoints: checkpoint === undefined ? null : await outsideOf(checkpoint),
  })
  print(json, found, lines)
  return found.holds
}

/** The fingerprint of a key that is given as it is shown, or as a PEM file. */
async function fingerprint(key: string): Promise<string> {
  const { fingerprintOf } = await import('../../verifier/verify-bihuan.mjs')
  return fingerprintOf(existsSync(key) ? await readFile(key, 'utf8') : key)
}

/** The checkpoints of a file. A file without any would agree with everything: throws `KeepError`. */
async function outsideOf(path: string): Promise<readonly Signed[]> {
  const found = existsSync(path) ? await readCheckpointFile(path) : []
  if (found.length === 0) throw noCheckpoints(path)
  return found
}

/** The last checkpoint that was signed beside a database: in one that was put back as it was before, or made anew, it is not. */
async function lastBeside(dataFolder: string): Promise<readonly Signed[]> {
  const path = join(dataFolder, CHECKPOINT_FILE)
  return existsSync(path) ? (await readCheckpointFile(path)).slice(-1) : []
}

const noCheckpoints = (path: string) =>
  new KeepError(`Expected a file of checkpoints at ${path}, but there is none in it.`)

/** The chain of one stream alone. */
async function verifyStream(reader: Reader, { stream, checkpoint, key, projections, json }: Options): Promise<boolean> {
  if (!/^\d{1,15}$/.test(stream ?? ''))
    throw new KeepError(`Expected --stream to be the number of a stream, but it is "${stream}".`)
  if (checkpoint !== undefined || key !== undefined || projections)
    throw new KeepError(
      'Expected --stream without --checkpoint, --key and --projections, which are of the whole trail.',
    )
  const found = await verifyTrail(reader, Number(stream))
  if (found.intact && found.rows === 0 && found.archived.streams === 0)
    throw new KeepError(`Expected a stream ${stream}, but there is none.`)
  print(json, found, chainLines(found))
  return found.intact
}

async function verifyFile(path: string, options: Options): Promise<boolean> {
  const { key, json } = options
  refuseUnasked(options, ['checkpoint'])
  const found = await verifyCheckpointFile(path, key === undefined ? null : await fingerprint(key))
  const { last, brokenAt, isTrusted } = found
  if (found.checkpoints === 0) throw noCheckpoints(path)
  print(json, found, [
    brokenAt === null
      ? `${counted(found.checkpoints, 'checkpoint')} hold${found.checkpoints === 1 ? 's' : ''}.`
      : `Checkpoint ${brokenAt} does not hold.`,
    ...(last
      ? [`The last is number ${last.number}: ${counted(last.size, 'row')}, ${timeOf(last.at)}, key ${last.keyId}.`]
      : []),
    ...(isTrusted === null ? [] : [isTrusted ? TRUSTED : NOT_TRUSTED]),
    ...(found.hasKeys ? [] : ['No signing-keys.jsonl lies beside the file: signatures were not checked.']),
  ])
  return found.intact
}

const TRUSTED = 'The key that signed is the one you gave, or vouched for by it.'
const NOT_TRUSTED = 'The key that signed has nothing to do with the one you gave.'

const timeOf = (at: number): string => new Date(at).toISOString()

async function verifyWhole(path: string, dataFolder: string, options: Options): Promise<boolean> {
  const { stream, checkpoint, key, json } = options
  const reader = openReader(path)
  let packages: PackageCheck
  try {
    const pending = reader.pending()
    if (pending.length > 0)
      throw new KeepError(
        `Expected a database of this version, but it is an older one (${pending.join(', ')}). Start the server once.`,
      )
    if (stream !== undefined) return await verifyStream(reader, options)
    packages = await checkPackages(reader, dataFolder)
  } finally {
    reader.close()
  }
  const found = await verifyDatabase(
    path,
    checkpoint === undefined ? await lastBeside(dataFolder) : await outsideOf(checkpoint),
  )
  const folding = options.projections ? differencesOf(path) : Promise.resolve(null)
  // Rows that were changed may be such that nothing can be folded from them: then they are what there is to say.
  const differences = await folding.catch((error: unknown) => {
    if (found.trail.intact) throw error
    return 'unread' as const
  })
  const { trail, ...rest } = found
  const { keys, last } = found.seal
  const isTrusted = key === undefined ? null : vouchesFor(keys, await fingerprint(key), last?.number ?? 0)
  const isWhole =
    found.intact && (differences?.length ?? 0) === 0 && packages.changed.length === 0 && isTrusted !== false
  print(
    json,
    {
      ...rest,
      ...trail,
      intact: isWhole,
      ...(isTrusted !== null && { isTrusted }),
      ...(differences && { differences: differences === 'unread' ? null : differences }),
      packages,
    },
    [
      ...chainLines(trail),
      ...sealLines(found, checkpoint !== undefined),
      ...(isTrusted === null ? [] : [isTrusted ? TRUSTED : NOT_TRUSTED]),
      ...(differences ? differenceLines(differences) : []),
      ...packageLines(trail.archived, packages),
    ],
  )
  return isWhole
}

function chainLines({ intact, rows, streams, erased, breaks }: DatabaseVerification['trail']): string[] {
  const size = `${counted(rows, 'row')} in ${counted(streams, 'stream')}`
  if (intact) return [`The trail holds: ${size}${erased > 0 ? `, ${counted(erased, 'record')} erased` : ''}.`]
  return [
    `The trail does not hold (${size}):`,
    ...breaks.map((one) => `  stream ${one.stream}, row ${one.sequence}: ${one.fault}`),
  ]
}

function packageLines({ streams, rows }: DatabaseVerification['trail']['archived'], check: PackageCheck): string[] {
  if (streams === 0) return []
  return [
    `Archived: ${counted(rows, 'row')} of ${counted(streams, 'case')}. Packages as they were made: ${check.whole}, not here: ${check.absent}.`,
    ...check.changed.map((path) => `  package ${path}: changed`),
  ]
}

function sealLines({ seal, unsealed }: DatabaseVerification, isCompared: boolean): string[] {
  const { last, sealed, outside } = seal
  return [
    last
      ? `Sealed by ${counted(seal.checkpoints, 'checkpoint')}: ${counted(sealed, 'row')}, the last at ${timeOf(last.at)} by ${last.keyId}.`
      : 'Nothing is sealed yet.',
    ...(unsealed > 0 ? [`Not sealed yet: ${counted(unsealed, 'row')}.`] : []),
    ...seal.keys.filter((key) => !key.isVouched).map((key) => `Key ${key.keyId} is not signed by the one before it.`),
    ...(isCompared && outside > 0 ? [`Kept elsewhere and the same here: ${counted(outside, 'checkpoint')}.`] : []),
    ...(seal.breaks.length > 0 ? ['The seal does not hold:'] : []),
    ...seal.breaks.map((one) => `  ${one.what} ${one.number}: ${one.fault}`),
  ]
}

const differenceLines = (differences: readonly Difference[] | 'unread'): string[] =>
  differences === 'unread'
    ? ['The tables were not compared: rows of the trail cannot be read.']
    : differences.length === 0
      ? ['Every table is what the trail says.']
      : [
          'These rows are not what the trail says:',
          ...differences.map(
            ({ table, key, fault, columns }) => `  ${table} ${JSON.stringify(key)}: ${fault} ${columns.join(', ')}`,
          ),
        ]

/** Rows that differ from the trail folded anew, as they are in a copy of this moment. */
async function differencesOf(path: string): Promise<readonly Difference[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-verify-'))
  return passing(folder, async () => {
    const still = join(folder, 'still.db')
    copyDatabase(path, still)
    const snapshot = openSnapshot(still)
    const store = await openLibsqlStore(join(folder, 'fresh.db'), { lock: false })
    await rebuild(snapshot, store)
    const differences = await differingRows(snapshot, store)
    snapshot.close()
    await store.close()
    return differences
  })
}
