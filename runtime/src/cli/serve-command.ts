import closeWithGrace from 'close-with-grace'
import type { Command } from 'commander'
import type { Logger } from 'pino'
import type { NewAccount } from '../identity/organisation.ts'
import { seedDemo } from '../seed.ts'
import { openServer } from '../server.ts'
import type { Settings } from '../settings.ts'
import { drain } from './drain.ts'
import { listen } from './listen.ts'
import { explainFailure } from './output.ts'
import { certificateOf } from './tls.ts'

const GRACE_MS = 10_000

/** `bihuan serve`: what `npm start` runs. */
export function addServeCommand(program: Command, settings: () => Settings, log: Logger): void {
  program
    .command('serve')
    .description('run the server (the default)')
    .action(async () => {
      try {
        await run(settings(), log)
      } catch (error) {
        explainFailure(error)
      }
    })
}

async function run(settings: Settings, log: Logger): Promise<void> {
  if (settings.unread.length > 0) log.warn({ names: settings.unread }, 'no such settings')
  const tls = certificateOf(settings.edge.tls)
  const server = await openServer(settings, log)
  const accounts = settings.demo ? await seedDemo(server) : []
  // Whether it can listen or not: nobody can ask for them again.
  if (accounts.length > 0) console.log(tableOf(accounts))
  const http = listen(server, { port: settings.port, host: settings.host, tls }, ({ address, port, family }) => {
    const host = family === 'IPv6' ? `[${address}]` : address
    console.log(`Bihuan listens on ${tls === null ? 'http' : 'https'}://${host}:${port}`)
  })
  http.on('error', (error: NodeJS.ErrnoException) => {
    console.error(
      error.code === 'EADDRINUSE'
        ? `Expected port ${settings.port} to be free, but another program listens on it. Set PORT to another number.`
        : `Expected to listen on ${settings.host}:${settings.port}, but ${error.message}.`,
    )
    process.exitCode = 1
    void server.close().finally(() => process.exit(1))
  })
  closeWithGrace({ delay: GRACE_MS }, async ({ err }) => {
    if (err) log.error({ name: err.name, stack: err.stack?.split('\n').slice(1, 8) }, 'stopping')
    await drain(http, server)
  })
}

/** Demo accounts as a table; Chinese characters are two columns wide. */
function tableOf(accounts: readonly NewAccount[]): string {
  const width = (text: string) =>
    [...text].reduce((sum, one) => sum + (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/.test(one) ? 2 : 1), 0)
  const rows = accounts.map((one) => [
    one.username,
    one.password,
    one.name,
    [...new Set(one.positions.map((held) => held.roleName))].join(' '),
    [...new Set(one.positions.map((held) => held.unitName))].join(' '),
  ])
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => width(row[column]!))))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column]! - width(cell)))
      .join('  ')
      .trimEnd(),
  )
  return [
    'Demo accounts, shown this once (username, password, name, role, unit):',
    ...lines.map((line) => `  ${line}`),
    '',
  ].join('\n')
}
