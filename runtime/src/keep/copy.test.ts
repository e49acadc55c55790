import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { stagingFor } from './copy.ts'
import { KeepError } from './keep-error.ts'

it.runIf(process.platform === 'linux')(
  'G10 F15 a place where a disk is mounted is refused before anything is copied',
  async () => {
    // What was copied beside it could not be given its name.
    const made = stagingFor('/proc')
    await made.then((folder) => rm(folder, { recursive: true })).catch(() => {})
    await expect(made).rejects.toThrow(KeepError)
    await expect(made).rejects.toThrow(/mounted/)
  },
)

it('a folder that is there, or is not, is filled under another name beside it', async () => {
  const place = await mkdtemp(join(tmpdir(), 'bihuan-copy-'))
  try {
    await stagingFor(join(place, 'new'))
    expect(await readdir(place)).toEqual([expect.stringMatching(/^new\.partial-/)])
    expect(await stagingFor(place)).toContain(`${place}.partial-`)
  } finally {
    for (const name of await readdir(tmpdir()))
      if (join(tmpdir(), name).startsWith(place)) await rm(join(tmpdir(), name), { recursive: true })
  }
})
