import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ArchiveFolder, packagePath } from './archive-folder.ts'

const endedAt = Date.UTC(2026, 5, 1)
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-archive-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it.each([
  ['a number as usual', 'SY-2026-0001', '2026/SY-2026-0001.zip'],
  ['no number', null, '2026/7.zip'],
  ['signs that could lead elsewhere', '../../x', '2026/7.zip'],
  ['a number that no disk takes as a name', `${'A'.repeat(1_000)}-2026-0001`, '2026/7.zip'],
  ['a number of as many signs that is longer as bytes', `${'区'.repeat(90)}-2026-0001`, '2026/7.zip'],
])('a package of %s is written where it can be', async (_what, number, path) => {
  expect(packagePath({ key: 7, number, endedAt })).toBe(path)
  const archive = new ArchiveFolder(folder)
  await archive.write(path, Buffer.from('package'))
  expect((await archive.read(path))?.content).toHaveLength(7)
})
