import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import autocannon from 'autocannon'
import { type Figure, figureLine } from '../../scripts/figure.ts'
import { quantile } from './bench-host.ts'

const CONNECTIONS = 64
const CASES = 640
/** A round completes the three tasks of each case, and writes as many rows. */
const WARM_UP = 2
const ROUNDS = 5
const SERVER = fileURLToPath(new URL('./p3-server.ts', import.meta.url))

interface Ready {
  readonly port: number
  readonly client: { readonly id: string; readonly secret: string }
}

/**
 * P3: completions of user tasks a second over HTTP (64 connections on loopback, the server in a process of its own, run
 * by Node as this one is),
 * against requests a second to a hono route in the same server that reads its JSON and writes one row through the same
 * kind of writer. They take turns; the figure is the median of the rounds. `spread` is p99 by p50 of the completions.
 */
export async function p3(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-p3-'))
  const child = fork(SERVER, [join(folder, 'data')])
  try {
    const { port, client } = await next<Ready>(child)
    const url = `http://127.0.0.1:${port}`
    const authorization = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`
    const ratios: number[] = []
    const spreads: number[] = []
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const ask = () => {
        child.send({ cases: 0, name: 'look' })
        return next<{ tasks: number[] }>(child)
      }
      child.send({ cases: CASES, name: `round${round}` })
      let { tasks } = await next<{ tasks: number[] }>(child)
      let own = 0
      let row = 0
      const times: number[] = []
      for (let step = 0; step < 3; step += 1) {
        if (tasks.length !== CASES) throw new Error(`Expected ${CASES} open tasks, but there are ${tasks.length}`)
        const paths = tasks.map((key) => `/v2/user-tasks/${key}/completion`)
        own += await load(url, authorization, paths, times)
        row += await load(
          url,
          authorization,
          Array.from({ length: CASES }, () => '/bench/row'),
          [],
        )
        tasks = (await ask()).tasks
      }
      if (round < WARM_UP) continue
      ratios.push(row / own)
      spreads.push(quantile(times, 0.99) / quantile(times))
    }
    return [
      { name: 'P3', value: quantile(ratios), goal: '>=0.5' },
      { name: 'P3 spread', value: quantile(spreads), goal: '<=4' },
    ]
  } finally {
    const ended = new Promise((done) => child.once('exit', done))
    child.disconnect()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the server says next. */
function next<T>(child: ChildProcess): Promise<T> {
  return new Promise((done, failed) => {
    const onEnd = (code: number | null) => failed(new Error(`Expected the server to answer, but it ended with ${code}`))
    child.once('exit', onEnd)
    child.once('message', (message) => {
      child.off('exit', onEnd)
      done(message as T)
    })
  })
}

/** Sends one POST to each path over all connections; gives the milliseconds of it all and adds those of each to `times`. */
async function load(url: string, authorization: string, paths: readonly string[], times: number[]): Promise<number> {
  let sent = 0
  let answered = 0
  let last = 0
  const begin = performance.now()
  await new Promise<void>((done, failed) => {
    const instance = autocannon(
      {
        url,
        connections: CONNECTIONS,
        amount: paths.length,
        requests: [
          {
            method: 'POST',
            headers: { authorization, 'content-type': 'application/json' },
            body: JSON.stringify({ variables: { yes: 30, no: 4 } }),
            setupRequest: (request) => {
              const path = paths[sent] ?? '/bench/row'
              sent += 1
              return { ...request, path }
            },
          },
        ],
      },
      (error, result) => {
        if (error) failed(error)
        else if (result.non2xx > 0 || result.errors > 0)
          failed(new Error(`Expected every answer to be 204, but ${result.non2xx + result.errors} were not`))
        else done()
      },
    )
    instance.on('response', (_client, _status, _bytes, time) => {
      answered += 1
      times.push(time)
      // What autocannon does after the last answer is not the server's time.
      if (answered === paths.length) last = performance.now()
    })
  })
  return last - begin
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const figure of await p3()) console.log(figureLine(figure))
