// Run by check.mjs within the unpacked archive: starts the server, works with it, backs it up, restores and verifies.
import { spawn, spawnSync } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const [folder] = process.argv.slice(2)
const bihuan = join(folder, 'bihuan')
const failures = []

function expect(what, is, seen = '') {
  console.error(`${is ? 'ok   ' : 'FAIL '} ${what}${is ? '' : ` ${seen}`}`)
  if (!is) failures.push(what)
}

/** Starts a server and gives its address, what it printed, and how to stop it. */
async function start(environment) {
  const child = spawn(bihuan, ['serve'], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  const address = await new Promise((done) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk
      const found = /listens on (\S+)/.exec(printed)
      if (found) done(found[1])
    })
    child.on('close', () => done(null))
  })
  const ended = new Promise((done) => child.on('close', done))
  return {
    address,
    printed,
    async stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

function command(words, environment = {}) {
  const done = spawnSync(bihuan, words, {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
    encoding: 'utf8',
  })
  return { ...done, text: `${done.stdout}${done.stderr}` }
}

const reaches = await lookup('registry.npmjs.org').then(
  () => true,
  () => false,
)
console.error(
  reaches ? 'note  names of the outside can still be resolved' : 'note  no name of the outside can be resolved',
)

const server = await start({ BIHUAN_DEMO: '1' })
expect('the server listens', server.address !== null)
if (server.address) {
  const health = await (await fetch(`${server.address}/api/health`)).json()
  expect('it says it is up', health.status === 'up', JSON.stringify(health))
  const page = await (await fetch(server.address)).text()
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1]
  expect('it serves the web app', script && (await fetch(server.address + script)).status === 200, page.slice(0, 200))
  const [, username, password] = /^\s+(clerk)\s+(\S+)/m.exec(server.printed) ?? []
  const session = await fetch(`${server.address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.address },
    body: JSON.stringify({ username, password }),
  })
  expect('a demo clerk signs in', session.status === 200, await session.text())
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const startable = await (await fetch(`${server.address}/api/startable`, { headers: { cookie } })).text()
  expect('he may start the example', startable.includes('village'), startable.slice(0, 200))
  const backup = command(['backup', 'saved'])
  expect('a backup is taken while it runs', backup.status === 0, backup.text)
}
expect('it stops when told', (await server.stop()) === 0)
const restored = command(['restore', 'saved', '--into', 'elsewhere'])
expect('the backup is restored elsewhere', restored.status === 0, restored.text)
const verified = command(['verify'], { BIHUAN_DATA: join(folder, 'elsewhere') })
expect('its trail holds', verified.status === 0, verified.text)
const sealed = command(['seal'], { BIHUAN_DATA: join(folder, 'elsewhere') })
const [, key] = /signed by (\S+)\./.exec(sealed.text) ?? []
const trusted = command(['verify', '--key', String(key)], { BIHUAN_DATA: join(folder, 'elsewhere') })
expect('the key that has signed is trusted', trusted.status === 0, sealed.text + trusted.text)
const example = readdirSync(join(folder, 'examples'))[0]
const scenarios = command(['test', join('examples', example)])
expect(`the scenarios of ${example} hold`, scenarios.status === 0, scenarios.text)
process.exit(failures.length === 0 ? 0 : 1)
