import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from './test-app.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
let folder: string
let app: TestApp

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-scan-'))
  const path = join(folder, 'scan')
  await writeFile(path, `#!/bin/sh\ngrep -q 'no answer' "$1" && exit 3\n! grep -q 'a bad word' "$1"\n`)
  await chmod(path, 0o700)
  app = await openTestApp({ scan: { kind: 'program', path } })
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const upload = async (behind: string) => {
  const form = new FormData()
  form.append('file', new File([Buffer.concat([png, Buffer.from(behind)])], 'a.png'))
  const answer = await (await app.as('clerk.east'))('POST', '/api/files', form)
  const body = (await answer.json()) as { code?: string }
  return { status: answer.status, code: body.code, retry: answer.headers.get('retry-after') }
}
const kept = async () =>
  (await readdir(join(app.folder, 'files'), { recursive: true }).catch(() => [])).filter((name) => name.length > 10)

test('I13 a file in which the scan finds malware is refused and leaves nothing behind', async () => {
  expect(await upload('a bad word')).toMatchObject({ status: 422, code: 'FILE_INFECTED' })
  expect(await kept()).toEqual([])
})

test('I13 while the scan gives no answer no file is taken', async () => {
  expect(await upload('no answer')).toEqual({ status: 503, code: 'SCAN_UNAVAILABLE', retry: '5' })
  expect(await kept()).toEqual([])
})

test('I13 a file that the scan finds clean is kept', async () => {
  expect(await upload('good')).toMatchObject({ status: 201 })
  expect(await kept()).toHaveLength(1)
})
