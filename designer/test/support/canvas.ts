import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { flowsOf } from './canvas-models.ts'

/** A file of a package as the server has it. */
export interface KeptFile {
  readonly name: string
  readonly text: string
  readonly revision: number
}

/** The drawing of a package in one tab, as hands and keys find it. */
export class Canvas {
  readonly page: Page
  readonly #address: string
  /** Package that is open. */
  id = ''

  constructor(page: Page, address: string) {
    this.page = page
    this.#address = address
  }

  /** Makes a package, its process replaced by `xml` when there is one, and gives its id. */
  async make(name: string, xml?: string): Promise<string> {
    const headers = { origin: this.#address }
    const data = { name, from: { kind: 'blank' } }
    const made = await this.page.request.post(`${this.#address}/api/packages`, { headers, data })
    expect(made.ok(), await made.text()).toBe(true)
    const { id } = (await made.json()) as { id: string }
    if (xml !== undefined) {
      const file = (await this.files(id)).find((one) => one.name.endsWith('.bpmn'))
      const files = [{ name: file?.name, text: xml, revision: file?.revision }]
      const saved = await this.page.request.put(`${this.#address}/api/packages/${id}/files`, {
        headers,
        data: { files },
      })
      expect(saved.ok(), await saved.text()).toBe(true)
    }
    return id
  }

  async files(id = this.id): Promise<readonly KeptFile[]> {
    const answer = await this.page.request.get(`${this.#address}/api/packages/${id}`)
    return ((await answer.json()) as { files: KeptFile[] }).files
  }

  /** The model as the server has it. */
  async model(id = this.id): Promise<string> {
    return (await this.files(id)).find(({ name }) => name.endsWith('.bpmn'))?.text ?? ''
  }

  /** Fields and matrix as the server has them. */
  async fields(): Promise<string> {
    return (await this.files()).find(({ name }) => name === 'fields.yaml')?.text ?? ''
  }

  /** Waits until the server has it so. */
  async kept(read: () => Promise<string>, what: RegExp, is = true): Promise<void> {
    await expect.poll(async () => what.test(await read()), { message: String(what) }).toBe(is)
  }

  async open(id: string): Promise<void> {
    this.id = id
    await this.page.goto(`${this.#address}/studio/${id}`)
    await this.drawn()
  }

  async drawn(): Promise<void> {
    await this.page.locator('.djs-shape').first().waitFor()
    await this.page.locator('.canvas-waits').waitFor({ state: 'detached' })
  }

  element(id: string) {
    return this.page.locator(`.djs-element[data-element-id="${id}"]`)
  }

  /** Ids of what is drawn, names beside elements aside. */
  async ids(): Promise<string[]> {
    const all = await this.page
      .locator('.djs-element')
      .evaluateAll((found) => found.map((one) => one.dataset.elementId))
    return all.filter((id): id is string => id !== undefined && !id.endsWith('_label')).sort()
  }

  /** The one step that was not there before. */
  async added(before: readonly string[]): Promise<string> {
    const steps = await this.page.locator('.djs-shape .djs-visual > rect').count()
    expect(steps).toBeGreaterThan(0)
    const found = (await this.ids()).filter((id) => !before.includes(id) && /_\d+$/.test(id))
    expect(found).toHaveLength(1)
    return found[0]!
  }

  /** Where the middle of an element is, in pixels of the window. */
  async middle(id: string): Promise<{ x: number; y: number }> {
    const hit = this.element(id).locator('.djs-hit').first()
    const box = await hit.boundingBox()
    if (!box) throw new Error(`${id} is not drawn`)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }

  async choose(id: string): Promise<void> {
    const { x, y } = await this.middle(id)
    await this.page.mouse.click(x, y)
    await this.page.locator(`.djs-element.selected[data-element-id="${id}"]`).waitFor()
  }

  /** Presses the paper where nothing is drawn. */
  async chooseNothing(): Promise<void> {
    const { x, y } = await this.free()
    await this.page.mouse.click(x, y)
    await expect.poll(() => this.page.locator('.djs-element.selected').count()).toBe(0)
  }

  /** A place of the paper where nothing is drawn. */
  async free(): Promise<{ x: number; y: number }> {
    const box = await this.page.locator('.paper').boundingBox()
    if (!box) throw new Error('there is no paper')
    return { x: box.x + box.width * 0.4, y: box.y + box.height * 0.82 }
  }

  /** Takes a piece from the rail and lets it go there. */
  async drag(piece: string, to: { x: number; y: number }): Promise<void> {
    const { mouse } = this.page
    const from = await this.piece(piece).boundingBox()
    if (!from) throw new Error(`there is no piece ${piece}`)
    await mouse.move(from.x + 20, from.y + from.height / 2)
    await mouse.down()
    await mouse.move(from.x + 40, from.y + from.height / 2, { steps: 3 })
    await mouse.move(to.x - 30, to.y - 10, { steps: 6 })
    await mouse.move(to.x, to.y, { steps: 6 })
    await this.page.locator('.piece-shadow').waitFor()
    await mouse.up()
    await this.page.locator('.piece-shadow').waitFor({ state: 'detached' })
  }

  piece(name: string) {
    return this.page.getByRole('complementary', { name: '环节' }).getByRole('button', { name, exact: true })
  }

  tool(name: string) {
    return this.page.getByRole('toolbar', { name: '流程图' }).getByRole('button', { name })
  }

  /** Chooses from one of the menus over the canvas. */
  async menu(name: string, item: string): Promise<void> {
    await this.tool(name).click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** Waits for what is done once the page has painted. */
  async painted(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
    )
  }

  /** Types over what stands in the box that is open on the canvas. */
  async retype(name: string): Promise<void> {
    const box = this.page.locator('.djs-direct-editing-content')
    await box.waitFor()
    await this.press('Control+a')
    await this.page.keyboard.type(name)
    await this.press('Enter')
    await box.waitFor({ state: 'detached' })
  }

  /** Gives a step, the start when none is named, another name and does not wait until that is kept. */
  async renameAtOnce(name: string, id?: string): Promise<void> {
    await this.choose(id ?? flowsOf(await this.model())[0]?.from ?? '')
    await this.press('e')
    await this.retype(name)
  }

  /** Saves what a menu exports; gives its name and what is in it. */
  async exported(item: string): Promise<{ name: string; bytes: Buffer }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.menu('更多', item)])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) }
  }
}
