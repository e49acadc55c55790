import type { Command } from 'commander'
import { KeyRing, KeyUnavailable } from '../audit/key-ring.ts'
import { signedKeys } from '../audit/proof.ts'
import { isSignatureAlgorithm, pemOf } from '../audit/signing.ts'
import { type KeyReason, readKeys } from '../audit/statement.ts'
import { insert } from '../db/row-change.ts'
import { keyFolder } from '../host/sealing.ts'
import { KeepError } from '../keep/keep-error.ts'
import type { Settings } from '../settings.ts'
import { explainFailure, print } from './output.ts'
import { onStoppedHost, operator } from './stopped.ts'
import { withStore } from './with-store.ts'

/** `bihuan key`: the keys that checkpoints are signed with. */
export function addKeyCommand(program: Command, settings: () => Settings): void {
  const key = program.command('key').description('keys that sign checkpoints of the trail')
  key
    .command('list')
    .description('list them, oldest first, with their public parts')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) => list(settings(), json).catch(explainFailure))
  const next = (name: KeyReason & ('lost' | 'compromised'), description: string) =>
    withAlgorithm(key.command(name).description(description)).action(async (options: NextOptions) =>
      add(settings(), name, options),
    )
  withAlgorithm(
    key.command('rotate').description('make the next key, signed by the one in force; the server must not run'),
  ).action(async (options: NextOptions) => add(settings(), 'rotated', options))
  next('lost', 'make the next key when the private part of the one in force is lost; publish its fingerprint')
  next('compromised', 'make the next key when the one in force is known to others; publish its fingerprint')
}

interface NextOptions {
  readonly algorithm: string
  readonly json?: boolean
}

const withAlgorithm = (command: Command): Command =>
  command.option('--algorithm <name>', 'ed25519 or sm2', 'ed25519').option('--json', 'print JSON')

async function list(settings: Settings, json: boolean | undefined): Promise<void> {
  await withStore(settings, async (store) => {
    const found = readKeys(await signedKeys(store))
    if (!found.ok) throw new KeepError(`Expected the history of keys to hold, but statement ${found.number} does not.`)
    print(
      json,
      found.keys,
      found.keys.flatMap((one) => [
        `${one.number}  ${one.keyId}`,
        `   ${one.reason}, ${new Date(one.at).toISOString()}, after checkpoint ${one.after}${one.isVouched ? '' : ', not signed by the one before'}`,
        pemOf(one.publicKey),
      ]),
    )
  })
}

/** What the key in force still signs is signed first: rows of the time before belong to it. */
async function add(settings: Settings, reason: KeyReason, { algorithm, json }: NextOptions): Promise<void> {
  try {
    if (!isSignatureAlgorithm(algorithm))
      throw new KeepError(`Expected --algorithm to be ed25519 or sm2, but it is "${algorithm}".`)
    const row = await onStoppedHost(settings, async (host) => {
      if (reason === 'rotated') await host.seal()
      if ((await signedKeys(host.store)).length === 0)
        throw new KeepError(
          'Expected a key to follow, but there is none yet: the first is made with the first checkpoint.',
        )
      const row = await new KeyRing(host.store, keyFolder(settings.dataFolder)).next(
        algorithm,
        reason,
        host.clock.now(),
      )
      const value = { number: row.number, keyId: row.keyId, reason, body: row.body }
      await host.record('security', 'signingKey.created', operator, value, [insert('signingKey', row)])
      await host.seal()
      return row
    })
    print(json, { number: row.number, keyId: row.keyId }, [`Key ${row.number} is in force: ${row.keyId}`])
  } catch (error) {
    explainFailure(error instanceof KeyUnavailable ? new KeepError(error.message) : error)
  }
}
