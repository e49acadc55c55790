import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { unzipSync, zipSync } from 'fflate'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../src/route/test-app.ts'
import { verifierPage } from '../verifier/page.ts'

const at = (name: string) => fileURLToPath(new URL(`../verifier/${name}`, import.meta.url))
let app: TestApp
let browser: Browser
let page: Page
let folder: string
let fingerprint: string
const requests: string[] = []

beforeAll(async () => {
  app = await openTestApp()
  folder = mkdtempSync(join(tmpdir(), 'bihuan-page-'))
  const clerk = await app.as('clerk.east')
  const body = { processId: 'petition', unitId: 'east', formKey: null, answers: { subject: '路灯不亮' } }
  const { caseKey } = (await (await clerk('POST', '/api/cases', body)).json()) as { caseKey: string }
  await app.server.host.seal()
  const bytes = new Uint8Array(await (await clerk('GET', `/api/cases/${caseKey}/archive`)).arrayBuffer())
  writeFileSync(join(folder, 'package.zip'), bytes)
  const files = unzipSync(bytes)
  files['case.json'] = Buffer.from(Buffer.from(files['case.json']!).toString().replace('不亮', '全亮'))
  writeFileSync(join(folder, 'changed.zip'), zipSync(files))
  const keys = readFileSync(join(app.folder, 'signing-keys.jsonl'), 'utf8')
  fingerprint = /key ed25519:([0-9a-f]{64})/.exec(keys)![1]!
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  page = await browser.newPage({ locale: 'zh-CN' })
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(pathToFileURL(at('verify-bihuan.html')).href)
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  rmSync(folder, { recursive: true, force: true })
})

const found = (of: Page) => of.locator('#found')

test('the page is the verifier as it is now', () => {
  const source = readFileSync(at('verify-bihuan.mjs'), 'utf8')
  expect(readFileSync(at('verify-bihuan.html'), 'utf8')).toBe(verifierPage(source))
})

test('a browser verifies a package from a file, by the key and by kept checkpoints, and asks nobody', async () => {
  await page.getByLabel('归档包').setInputFiles(join(folder, 'package.zip'))
  await page.locator('#found[data-holds="true"]').waitFor()
  expect(await found(page).textContent()).toContain('请将上面的密钥与主管部门公布的核对')
  await page.getByLabel('指纹').fill(fingerprint)
  await page.getByLabel('指纹').blur()
  await expect.poll(() => found(page).textContent()).toContain('密钥与您给的一致')
  await page.getByLabel('检查点').setInputFiles(join(app.folder, 'checkpoints.jsonl'))
  await expect.poll(() => found(page).textContent()).toContain('与您留存的一致')
  expect(requests.every((url) => url.startsWith('file:'))).toBe(true)
})

test('a changed package is named as such', async () => {
  await page.getByLabel('归档包').setInputFiles(join(folder, 'changed.zip'))
  await page.locator('#found[data-holds="false"]').waitFor()
  expect(await found(page).textContent()).toContain('文件 case.json 被改动')
})
