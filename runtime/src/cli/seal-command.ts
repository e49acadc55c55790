import type { Command } from 'commander'
import { desc } from 'drizzle-orm'
import type { Settings } from '../settings.ts'
import { counted, explainFailure, print } from './output.ts'
import { onStoppedHost } from './stopped.ts'

/** `bihuan seal`: seals every row and signs a checkpoint now, while the server is stopped; a running one does so by itself. */
export function addSealCommand(program: Command, settings: () => Settings): void {
  program
    .command('seal')
    .description('seal every row of the trail and sign a checkpoint now; the server must not run')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      try {
        const last = await onStoppedHost(settings(), async ({ seal, store }) => {
          await seal()
          const { checkpoint } = store.tables
          const [row] = await store.read.select().from(checkpoint).orderBy(desc(checkpoint.number)).limit(1)
          return row ?? null
        })
        print(json, last, [
          last
            ? `Checkpoint ${last.number}: ${counted(last.size, 'row')}, signed by ${last.keyId}.`
            : 'There is nothing to seal.',
        ])
      } catch (error) {
        explainFailure(error)
      }
    })
}
