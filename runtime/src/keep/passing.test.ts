import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { passing } from './passing.ts'

let folder: string
let copy: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-passing-'))
  copy = join(folder, 'copy')
  mkdirSync(copy)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a folder that only passes is removed after the work, also when that fails', async () => {
  expect(await passing(copy, async () => existsSync(copy))).toBe(true)
  expect(existsSync(copy)).toBe(false)
  mkdirSync(copy)
  await expect(passing(copy, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(existsSync(copy)).toBe(false)
  expect(process.listenerCount('SIGTERM')).toBe(0)
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('a command that is ended by %s leaves no copy of the cases behind', async (signal, code) => {
  const script = `
    const { passing } = await import(${JSON.stringify(new URL('./passing.ts', import.meta.url).href)})
    setInterval(() => {}, 1000)
    passing(${JSON.stringify(copy)}, () => new Promise(() => console.log('works')))`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script])
  const ended = new Promise((done) => child.once('exit', done))
  await new Promise((begun) => child.stdout.once('data', begun))
  child.kill(signal)
  expect(await ended).toBe(code)
  expect(existsSync(copy)).toBe(false)
})
