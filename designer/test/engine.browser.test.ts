import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseNames, readCase } from '../../engine/test/cases.ts'
import type { Case } from '../../engine/test/story.ts'

/** No script but ours, nothing made from text: what the pages of Bihuan are served with. */
const POLICY = "default-src 'none'; script-src 'self'"

let browser: Browser
let server: Server
let page: Page
const refusals: string[] = []

/** The engine as a browser loads it. A module of Node in it fails the build. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      rollupOptions: {
        input: new URL('../../engine/test/browser-entry.ts', import.meta.url).pathname,
        onwarn(warning) {
          if (/externalized|node:/.test(warning.message)) throw new Error(warning.message)
        },
      },
    },
  })
  const [output] = [built].flat()
  const chunk = output && 'output' in output ? output.output[0] : undefined
  if (!chunk) throw new Error('Expected the build to give one file')
  return chunk.code
}

beforeAll(async () => {
  const code = await bundle()
  server = createServer((request, response) => {
    const script = request.url === '/engine.js'
    response.setHeader('content-security-policy', POLICY)
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html')
    response.end(script ? code : '<!doctype html><title>engine</title><script type="module" src="/engine.js"></script>')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  page = await browser.newPage()
  page.on('pageerror', (error) => refusals.push(error.message))
  page.on('console', (message) => message.type() === 'error' && refusals.push(message.text()))
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction(() => 'tellHere' in globalThis)
})

afterAll(async () => {
  await browser?.close()
  server?.close()
})

declare const tellHere: (given: Case) => Promise<string>
declare const mayMakeFunctions: () => Promise<boolean>

test('ST7 the engine runs unchanged in Chromium where no script may be made from text', async () => {
  expect(await page.evaluate(() => mayMakeFunctions()), 'the policy is in force').toBe(false)
  for (const name of caseNames) {
    const given = readCase(name)
    expect(await page.evaluate((one) => tellHere(one), given), name).toBe(given.story)
  }
  expect(refusals.filter((text) => !text.includes('favicon'))).toEqual([])
})
