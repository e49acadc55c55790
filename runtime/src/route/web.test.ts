import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rejection } from '@bihuan/engine'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { webFiles } from './web.ts'

let folder: string
let app: Hono

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-web-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), 'page')
  writeFileSync(join(folder, 'assets/a-1.js'), 'plain')
  writeFileSync(join(folder, 'assets/a-1.js.br'), 'brotli')
  writeFileSync(join(folder, 'assets/a-1.js.gz'), 'gzip')
  writeFileSync(join(folder, 'assets/b-2.css'), 'plain')
  app = new Hono()
  app.get('*', webFiles(folder))
  app.onError((error, c) => c.text((error as Rejection).code, 404))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ask = async (path: string, accepts: string | null = null) => {
  const answer = await app.request(path, { headers: accepts === null ? {} : { 'accept-encoding': accepts } })
  return { text: await answer.text(), coding: answer.headers.get('content-encoding'), headers: answer.headers }
}

it.each([
  ['gzip, deflate, br', 'brotli', 'br'],
  ['GZIP;q=1.0, br;q=0', 'gzip', 'gzip'],
  ['br ; q=0.000, gzip ; q=0', 'plain', null],
  [null, 'plain', null],
])('a file is sent as the build compressed it where the browser takes that: %s', async (accepts, text, coding) => {
  const answer = await ask('/assets/a-1.js', accepts)
  expect(answer).toMatchObject({ text, coding })
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(answer.headers.get('vary')).toBe('accept-encoding')
  expect(answer.headers.get('cache-control')).toContain('immutable')
})

it('a file that the build left as it is, and the page, are sent as they are', async () => {
  expect(await ask('/assets/b-2.css', 'br, gzip')).toMatchObject({ text: 'plain', coding: null })
  expect(await ask('/cases/1', 'br, gzip')).toMatchObject({ text: 'page', coding: null })
})

it('a compressed file has no address of its own', async () => {
  expect(await ask('/assets/a-1.js.br')).toMatchObject({ text: 'NOT_FOUND', coding: null })
})
