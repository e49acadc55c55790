import { open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Command } from 'commander'
import { FileStore } from '../file/file-store.ts'
import { makeCasePackage } from '../keep/case-package.ts'
import { explainDisk, KeepError } from '../keep/keep-error.ts'
import type { Settings } from '../settings.ts'
import { findCaseNamed } from './find-case.ts'
import { explainFailure, print } from './output.ts'
import { withStore } from './with-store.ts'

interface Options {
  readonly out?: string
  readonly against?: string
  readonly json?: boolean
}

/** `bihuan export`: the archive package of one case, beside a running server too. */
export function addExportCommand(program: Command, settings: () => Settings): void {
  program
    .command('export <case>')
    .description('write the archive package of a case, by its number or key, with proofs')
    .option('--out <file>', 'file to write, which must not be there; NUMBER.zip when absent')
    .option('--against <number>', 'prove by the newest checkpoints up to this number')
    .option('--json', 'print JSON')
    .action(async (name: string, options: Options) => {
      try {
        await write(settings(), name, options)
      } catch (error) {
        explainFailure(error)
      }
    })
}

async function write({ databaseUrl, dataFolder }: Settings, name: string, { out, against, json }: Options) {
  if (against !== undefined && !/^[1-9][0-9]{0,9}$/.test(against))
    throw new KeepError(`Expected --against to be the number of a checkpoint, but it is "${against}".`)
  await withStore({ databaseUrl }, async (store) => {
    const row = await findCaseNamed(store, name)
    const path = out ?? `${(row.number ?? String(row.key)).replace(/[^\p{L}\p{N}._-]/gu, '_')}.zip`
    const content = await makeCasePackage({
      store,
      files: new FileStore(store, dataFolder),
      key: row.key,
      now: Date.now(),
      ...(against !== undefined && { against: Number(against) }),
    })
    await writeNew(path, content)
    print(json, { path, bytes: content.length }, [`Written: ${path}, ${content.length} bytes.`])
  })
}

async function writeNew(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new KeepError(
      error.code === 'EEXIST'
        ? `Expected ${path} not to be there, but it is. Choose another name with --out.`
        : `Expected to write ${path}, but the system says ${error.code}.`,
    )
  })
  try {
    await file.writeFile(content)
    await file.sync()
  } catch (error) {
    // Half a package under the name of a whole one would be handed on.
    await rm(path, { force: true })
    throw explainDisk(error, dirname(path))
  } finally {
    await file.close()
  }
}
