import type { Command } from 'commander'
import { verifyTrail } from '../audit/verify.ts'
import { openStore } from '../host/open.ts'
import type { Settings } from '../settings.ts'
import { print } from './output.ts'

/** `bihuan verify`: checks the whole trail, or one stream; exit code 1 when a row does not hold. */
export function addVerifyCommand(program: Command, settings: () => Settings): void {
  program
    .command('verify')
    .description('check every row of the trail; names the first bad row of each stream')
    .option('--stream <number>', 'only this stream', (text) => Number.parseInt(text, 10))
    .option('--json', 'print JSON')
    .action(async ({ stream, json }: { stream?: number; json?: boolean }) => {
      const store = await openStore(settings().databaseUrl)
      try {
        const found = await verifyTrail(store, stream)
        const size = `${found.rows} rows in ${found.streams} streams`
        print(
          json,
          found,
          found.intact
            ? [`The trail holds: ${size}${found.erased > 0 ? `, ${found.erased} records erased` : ''}.`]
            : [
                `The trail does not hold (${size}):`,
                ...found.breaks.map((one) => `  stream ${one.stream}, row ${one.sequence}: ${one.fault}`),
              ],
        )
        if (!found.intact) process.exitCode = 1
      } finally {
        await store.close()
      }
    })
}
