import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readScenarioFile } from '@bihuan/runtime/scenario'
import type { Figure } from '../../scripts/figure.ts'
import { openBrowser, People } from '../test/support/people.ts'
import { startServer } from '../test/support/server.ts'

const main = fileURLToPath(new URL('../village-decision/scenarios/main.yaml', import.meta.url))

/**
 * P11: kB of JavaScript (as sent, gzip) that the first load of a task costs a phone at 390 × 844, in the real browser
 * with an empty cache. Throws when any of it is the modeller.
 */
export async function p11(): Promise<Figure> {
  const [server, browser] = await Promise.all([startServer(), openBrowser()])
  const people = new People(browser, server)
  try {
    const cadre = await people.page('clerk', 'phone')
    const secretary = await people.page('secretary', 'phone')
    const { scenario } = readScenarioFile(readFileSync(main, 'utf8'), 'main.yaml')
    const photo = await cadre.request.post(`${server.address}/api/files`, {
      headers: { origin: server.address },
      multipart: {
        file: { name: 'site.jpg', mimeType: 'image/jpeg', buffer: await cadre.screenshot({ type: 'jpeg' }) },
      },
    })
    const start = await cadre.request.get(`${server.address}/api/startable/${scenario.process}`)
    const { form } = (await start.json()) as { form: { formKey: string } }
    const started = await cadre.request.post(`${server.address}/api/cases`, {
      headers: { origin: server.address },
      data: {
        processId: scenario.process,
        unitId: scenario.unit,
        formKey: form.formKey,
        answers: { ...scenario.start, site_photos: [await photo.json()] },
      },
    })
    if (!started.ok()) throw new Error(`the case was not started: ${await started.text()}`)
    const inbox = await secretary.request.get(`${server.address}/api/inbox?view=mine`)
    const { items } = (await inbox.json()) as { items: { taskKey: string }[] }

    // A browser of its own with the same session: nothing in its cache.
    const fresh = await people.visitor('phone')
    await fresh.context().addCookies(await secretary.context().cookies())
    // As gzip, the least that any phone takes; most take Brotli, which is smaller.
    await fresh.context().setExtraHTTPHeaders({ 'accept-encoding': 'gzip' })
    const scripts: Promise<{ url: string; bytes: number }>[] = []
    fresh.on('requestfinished', (request) => {
      if (request.resourceType() !== 'script') return
      scripts.push(request.sizes().then(({ responseBodySize }) => ({ url: request.url(), bytes: responseBodySize })))
    })
    await fresh.goto(`${server.address}/tasks/${items[0]?.taskKey}`)
    await fresh.locator('.fjs-container').waitFor()
    await fresh.waitForLoadState('networkidle')
    const loaded = await Promise.all(scripts)
    const modeller = loaded.find(({ url }) => /diagram|bpmn|modeler/i.test(url))
    if (modeller) throw new Error(`the phone loaded ${modeller.url}`)
    return { name: 'P11', value: loaded.reduce((sum, { bytes }) => sum + bytes, 0) / 1000, goal: '<=180', unit: 'kB' }
  } finally {
    await people.close()
    await browser.close()
    await server.remove()
  }
}
