import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { sessionSecret } from './session-secret.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-secret-'))
  return () => rm(folder, { recursive: true })
})
const path = () => join(folder, 'session-secret')

it('is made once, and readable by its owner alone', async () => {
  const secret = await sessionSecret(folder)
  expect(secret).toHaveLength(64)
  expect(await sessionSecret(folder)).toBe(secret)
  expect(await readdir(folder)).toEqual(['session-secret'])
  expect((await stat(path())).mode & 0o777).toBe(0o600)
})

it.each([
  ['empty', ''],
  ['cut off', 'abc\n'],
])('F01 one that a crash has left %s signs nothing: it is made anew', async (_what, left) => {
  await writeFile(path(), left)
  const secret = await sessionSecret(folder)
  expect(secret).toHaveLength(64)
  expect(await readFile(path(), 'utf8')).toBe(secret)
})
