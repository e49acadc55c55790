import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Values of a choice that opens, or text of an input, by the name of the blue word in a sentence. */
export type Words = readonly (readonly [word: string, value: string])[]

/** The studio in one browser, as a person works in it: by what is written on it. */
export class Studio {
  readonly page: Page
  readonly #address: string
  /** Id of the package that is open. */
  id = ''

  constructor(page: Page, address: string) {
    this.page = page
    this.#address = address
  }

  /** Makes a package from nothing and opens its drawing. */
  async makeBlank(name: string): Promise<void> {
    const { page } = this
    await page.goto(`${this.#address}/studio`)
    await page.getByRole('button', { name: '新流程' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('叫什么').fill(name)
    await dialog.getByRole('radio', { name: /^空白/ }).check()
    await dialog.getByRole('button', { name: '建好，去画' }).click()
    await page.waitForURL(/\/studio\/[^/]+$/)
    this.id = /\/studio\/([^/?]+)/.exec(page.url())?.[1] ?? ''
    await this.panel.waitFor()
  }

  /** Opens a package that is there, at one of its parts. */
  async open(id: string, part = ''): Promise<void> {
    this.id = id
    await this.page.goto(`${this.#address}/studio/${id}${part}`)
  }

  /** Goes to another part by its tab. */
  async go(part: '流程' | '字段' | '表单' | '参数'): Promise<void> {
    const tab = this.page
      .getByRole('navigation', { name: '流程的各部分' })
      .getByRole('link', { name: new RegExp(`^${part}`) })
    await tab.click()
    await expect.poll(() => tab.getAttribute('aria-current')).toBe('page')
  }

  /** What is said about the step that is chosen. */
  get panel(): Locator {
    return this.page.getByRole('complementary', { name: '这一步怎么办' })
  }

  section(title: string): Locator {
    return this.panel.getByRole('region', { name: title, exact: true })
  }

  /** Puts a ready piece after what is chosen and gives its step a name. */
  async append(piece: string, name?: string): Promise<void> {
    const rail = this.page.getByRole('complementary', { name: '环节' })
    await rail.getByRole('button', { name: piece, exact: true }).click()
    if (name) await this.rename(name)
  }

  async rename(name: string): Promise<void> {
    const box = this.panel.getByRole('textbox', { name: '名称', exact: true })
    await box.fill(name)
    await box.press('Enter')
    await this.page.locator('.djs-container').getByText(name, { exact: true }).first().waitFor()
  }

  /** Chooses an element of the drawing by its name, by keyboard alone. */
  async choose(name: string): Promise<void> {
    await this.page.getByRole('application').focus()
    await this.page.keyboard.press('Control+f')
    const box = this.page.getByRole('combobox', { name: '找环节' })
    await box.fill(name)
    await box.press('Enter')
    await expect.poll(() => this.chosenName()).toBe(name)
  }

  /** Chooses nothing: the panel speaks of the process. */
  async chooseNothing(): Promise<void> {
    const paper = this.page.locator('.djs-container')
    const { height } = (await paper.boundingBox()) ?? { height: 0 }
    await paper.click({ position: { x: 400, y: height - 120 } })
    await this.section('事项叫什么').waitFor()
  }

  chosenName(): Promise<string> {
    return this.panel.getByRole('textbox', { name: '名称', exact: true }).inputValue()
  }

  /** Changes the blue words of a sentence, one after another. */
  async say(section: Locator, words: Words): Promise<void> {
    for (const [word, value] of words) {
      const box = section.getByRole('textbox', { name: word, exact: true })
      if ((await box.count()) > 0) {
        await box.fill(value)
        await box.press('Enter')
      } else await this.pick(section, word, value)
    }
  }

  /** Takes one out of a list that opens. */
  async pick(section: Locator, word: string, value: string): Promise<void> {
    await section.getByRole('button', { name: new RegExp(`^${word}`) }).click()
    await this.page.getByRole('option', { name: value, exact: true }).click()
    await section.getByRole('button', { name: `${word} ${value}` }).waitFor()
  }

  /** A file of the draft as the server has it, once it holds that. */
  async saved(name: string, what: string | RegExp): Promise<string> {
    let found = ''
    const read = async () => {
      const answer = await this.page.request.get(`${this.#address}/api/packages/${this.id}`)
      const { files } = (await answer.json()) as { files: { name: string; text: string }[] }
      found = files.find((file) => file.name === name)?.text ?? ''
      return typeof what === 'string' ? found.includes(what) : what.test(found)
    }
    await expect.poll(read, { message: `${name} holds ${what}` }).toBe(true)
    return found
  }

  /** The findings, opened. */
  async problems(): Promise<Locator> {
    const list = this.page.getByRole('region', { name: '要看的' })
    if (!(await list.isVisible())) await this.page.getByRole('button', { name: /^\d+ 处要看$|^没有要看的$/ }).click()
    await list.waitFor()
    return list
  }

  /** What a screen reader says of the place where the focus is. */
  focused(): Promise<string> {
    return this.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
  }

  /** Pastes a text as another program gave it. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((given) => navigator.clipboard.writeText(given), text)
    await this.press('Home', 'Control+v')
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }
}
