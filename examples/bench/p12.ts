import type { Page } from 'playwright-core'
import type { Figure } from '../../scripts/figure.ts'
import { openBrowser, People } from '../test/support/people.ts'
import { startServer } from '../test/support/server.ts'
import { largeModel } from './large-model.ts'

const NODES = 200
const FILE = 'process.bpmn'

/**
 * P12: seconds from opening a package with a model of 200 nodes, in the app that is loaded and whose scripts are cached,
 * until a step of it can be edited: its name box is open on the canvas. The middle of three.
 */
export async function p12(): Promise<Figure> {
  const [server, browser] = await Promise.all([startServer(), openBrowser()])
  const people = new People(browser, server)
  try {
    const page = await people.page('designer', 'desk')
    const small = await makePackage(page, server.address, 'Small', null)
    const large = await makePackage(page, server.address, 'Large', largeModel(NODES))
    // The scripts of the studio are loaded and cached by a first visit to another package.
    await page.goto(`${server.address}/studio/${small}`)
    await page.locator('.djs-shape').first().waitFor()
    const seconds: number[] = []
    for (let run = 0; run < 3; run += 1) {
      await page.goto(`${server.address}/studio`)
      const card = page.locator(`a[href="/studio/${large}"]`).first()
      await card.waitFor()
      seconds.push(await timeToEdit(page, () => card.click()))
    }
    if (people.faults.length > 0) throw new Error(`the studio met faults: ${people.faults.join('; ')}`)
    return { name: 'P12', value: seconds.sort((a, b) => a - b)[1]!, goal: '<=1.5', unit: 's' }
  } finally {
    await people.close()
    await browser.close()
    await server.remove()
  }
}

/** A blank package, its process replaced by `xml` when there is one; gives its id. */
async function makePackage(page: Page, address: string, name: string, xml: string | null): Promise<string> {
  const headers = { origin: address }
  const made = await page.request.post(`${address}/api/packages`, { headers, data: { name, from: { kind: 'blank' } } })
  if (!made.ok()) throw new Error(`no package was made: ${await made.text()}`)
  const { id } = (await made.json()) as { id: string }
  if (xml === null) return id
  const read = await page.request.get(`${address}/api/packages/${id}`)
  const { files } = (await read.json()) as { files: { name: string; revision: number }[] }
  const file = files.find(({ name: one }) => one.endsWith('.bpmn'))
  const data = { files: [{ name: file?.name ?? FILE, text: xml, revision: file?.revision ?? null }] }
  const saved = await page.request.put(`${address}/api/packages/${id}/files`, { headers, data })
  if (!saved.ok()) throw new Error(`the model was not saved: ${await saved.text()}`)
  return id
}

/** Seconds from `open` until the first step of the drawing is being renamed. */
async function timeToEdit(page: Page, open: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await open()
  await page.locator('[data-element-id="step_1"]').first().waitFor()
  await page.locator('[data-element-id="step_1"] .djs-hit').first().dblclick()
  await page.locator('.djs-direct-editing-content').waitFor()
  return (performance.now() - start) / 1000
}
