import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, People } from '../../examples/test/support/people.ts'
import { type RunningServer, startServer } from '../../examples/test/support/server.ts'
import { Canvas } from './support/canvas.ts'
import { apartModel, flowsOf, foreignModel, hostileModel, plainModel } from './support/canvas-models.ts'

let server: RunningServer
let browser: Browser
let people: People
let page: Page
let canvas: Canvas

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  people = new People(browser, server)
  page = await people.page('designer', 'desk')
  canvas = new Canvas(page, server.address)
})

afterAll(async () => {
  expect(people?.faults ?? []).toEqual([])
  await people?.close()
  await browser?.close()
  await server?.remove()
})

describe('pieces', () => {
  beforeAll(async () => {
    await canvas.open(await canvas.make('部件'))
  })

  it('a press puts a whole piece; one undo takes it back, with its fields; redo brings it', async () => {
    const before = await canvas.ids()
    const fields = await canvas.fields()
    await canvas.piece('票决').click()
    await canvas.kept(() => canvas.model(), /bpmn:userTask id="vote/)
    await canvas.kept(() => canvas.fields(), /kind: votes/)
    const after = await canvas.ids()
    expect(after.length - before.length).toBeGreaterThan(4)
    await canvas.press('Control+z')
    expect(await canvas.ids()).toEqual(before)
    await canvas.kept(() => canvas.fields(), /kind: votes/, false)
    expect(await canvas.fields()).toBe(fields)
    await canvas.press('Control+y')
    expect(await canvas.ids()).toEqual(after)
    await canvas.kept(() => canvas.fields(), /kind: votes/)
    await canvas.press('Control+z')
    expect(await canvas.ids()).toEqual(before)
  })

  it('Enter in the search puts the first one found', async () => {
    const before = (await canvas.ids()).length
    await canvas.press('/')
    await page.keyboard.type('公示')
    await canvas.press('Enter')
    await expect.poll(async () => (await canvas.ids()).length).toBeGreaterThan(before)
    await canvas.kept(() => canvas.model(), /type="bihuan\.notice"/)
    await canvas.press('Escape')
    await canvas.tool('撤销').click()
    expect((await canvas.ids()).length).toBe(before)
  })

  it('a piece is dragged onto a flow, and onto free paper', async () => {
    const before = await canvas.ids()
    await canvas.kept(() => canvas.model(), /bihuan\.notice/, false)
    const [flow] = flowsOf(await canvas.model())
    await canvas.drag('填报', await canvas.middle(flow!.id))
    const step = await canvas.added(before)
    await canvas.kept(() => canvas.model(), new RegExp(`targetRef="${step}"`))
    const flows = flowsOf(await canvas.model())
    expect(flows.find(({ to }) => to === step)).toEqual({ ...flow, to: step })
    expect(flows.filter(({ from }) => from === step)).toEqual([expect.objectContaining({ to: flow!.to })])
    const now = await canvas.ids()
    await canvas.drag('填报', await canvas.free())
    const loose = await canvas.added(now)
    await canvas.kept(() => canvas.model(), new RegExp(`id="${loose}"`))
    expect(flowsOf(await canvas.model()).filter(({ from, to }) => from === loose || to === loose)).toEqual([])
    await canvas.press('Control+z', 'Control+z')
    expect(await canvas.ids()).toEqual(before)
  })

  it('a step goes with what belongs to it, and comes back with it', async () => {
    const before = await canvas.ids()
    await canvas.piece('票决').click()
    const full = await canvas.ids()
    const panel = page.getByRole('complementary', { name: '这一步怎么办' })
    await panel.getByRole('button', { name: '更多' }).click()
    await page.getByRole('menuitem', { name: '删除' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '一起删' }).click()
    expect(await canvas.ids()).toEqual(before)
    await canvas.kept(() => canvas.fields(), /kind: votes/, false)
    await canvas.tool('撤销').click()
    expect(await canvas.ids()).toEqual(full)
    await canvas.kept(() => canvas.fields(), /kind: votes/)
    await canvas.tool('撤销').click()
    expect(await canvas.ids()).toEqual(before)
  })
})

describe('hands and keys', () => {
  beforeAll(async () => {
    await canvas.open(await canvas.make('一行', plainModel))
  })

  it('the name beside an event is chosen and renamed like the event', async () => {
    await page.locator('[data-element-id="begin_label"]').first().click()
    const name = page.getByRole('complementary', { name: '这一步怎么办' }).getByRole('textbox', { name: '名称' })
    await expect.poll(() => name.inputValue()).toBe('收到')
    await page.locator('[data-element-id="begin_label"]').first().dblclick()
    await canvas.retype('来件')
    await expect.poll(() => name.inputValue()).toBe('来件')
    await canvas.kept(() => canvas.model(), /name="来件"/)
  })

  it('a double click renames a step', async () => {
    const { x, y } = await canvas.middle('first')
    await page.mouse.dblclick(x, y)
    await canvas.retype('收件登记')
    await canvas.kept(() => canvas.model(), /id="first" name="收件登记"/)
    await canvas.press('Control+z')
    await canvas.element('first').getByText('受理').waitFor()
  })

  it('A asks what follows; the keys choose it', async () => {
    const before = await canvas.ids()
    await canvas.choose('second')
    await canvas.press('a')
    await page.locator('.djs-popup').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.djs-popup') != null)).toBe(true)
    // Once it has painted, the popup chooses its first piece; what was pressed before is forgotten.
    await canvas.painted()
    const entries = page.locator('.djs-popup .entry')
    await canvas.press('ArrowDown')
    await expect.poll(() => entries.nth(1).getAttribute('class')).toContain('selected')
    await canvas.press('Enter')
    await page.locator('.djs-popup').waitFor({ state: 'detached' })
    await expect.poll(async () => (await canvas.ids()).some((id) => /^review_1$/.test(id))).toBe(true)
    await canvas.kept(() => canvas.model(), /id="review_1"/)
    expect(flowsOf(await canvas.model()).find(({ to }) => to === 'review_1')?.from).toBe('second')
    await canvas.press('Control+z')
    await expect.poll(() => canvas.ids()).toEqual(before)
  })

  it('several are lined up, and everything is arranged; both can be taken back', async () => {
    const place = async () => Promise.all(['first', 'second'].map(async (id) => (await canvas.middle(id)).y))
    await canvas.choose('first')
    await canvas.press('ArrowDown', 'ArrowDown', 'ArrowDown')
    const [moved, still] = await place()
    expect(moved).toBeGreaterThan(still! + 1)
    const { x, y } = await canvas.middle('second')
    await page.keyboard.down('Shift')
    await page.mouse.click(x, y)
    await page.keyboard.up('Shift')
    await canvas.menu('对齐与排布', '底对齐')
    const [one, other] = await place()
    expect(Math.abs(one! - other!)).toBeLessThan(1)
    await canvas.tool('撤销').click()
    expect(await place()).toEqual([moved, still])
    await canvas.menu('对齐与排布', '整图重排')
    await page.getByRole('dialog').getByRole('button', { name: '重排' }).click()
    await page.getByText('已重排，可以撤销').waitFor()
    const [a, b] = await place()
    expect(Math.abs(a! - b!)).toBeLessThan(1)
    await canvas.tool('撤销').click()
    const [c, d] = await place()
    expect(c).toBeGreaterThan(d! + 1)
  })

  it('what is looked for is brought near enough to read', async () => {
    const zoom = page.getByRole('toolbar', { name: '看图' }).getByRole('button', { name: /^现在是/ })
    for (let out = 0; out < 6; out += 1) await page.getByRole('button', { name: '缩小' }).click()
    expect(Number.parseInt((await zoom.textContent()) ?? '', 10)).toBeLessThan(50)
    await canvas.tool('找环节').click()
    await page.getByRole('combobox', { name: '找环节' }).fill('办理')
    await canvas.press('Enter')
    await page.locator('.djs-element.selected[data-element-id="second"]').waitFor()
    await expect.poll(async () => Number.parseInt((await zoom.textContent()) ?? '', 10)).toBe(80)
    const paper = await page.locator('.paper').boundingBox()
    const { x } = await canvas.middle('second')
    expect(Math.abs(x - paper!.x - paper!.width / 2)).toBeLessThan(30)
  })

  it('the small map opens and closes', async () => {
    const map = page.locator('.djs-minimap')
    const button = page.getByRole('button', { name: '小地图' })
    expect(await map.isVisible()).toBe(false)
    await button.click()
    await map.locator('.map').waitFor()
    expect(await map.locator('.map svg *').count()).toBeGreaterThan(6)
    await button.click()
    await expect.poll(() => map.isVisible()).toBe(false)
  })

  it('steps are copied into another package that is open in another tab', async () => {
    const tab = await page.context().newPage()
    const other = new Canvas(tab, server.address)
    await other.open(await other.make('别的流程'))
    await canvas.choose('first')
    await page.keyboard.press('Control+c')
    await tab.bringToFront()
    await other.chooseNothing()
    await tab.keyboard.press('Control+v')
    await tab.locator('.djs-drag-group').waitFor()
    const { x, y } = await other.free()
    await tab.mouse.move(x, y - 20)
    await tab.mouse.click(x, y - 40)
    await other.kept(
      () => other.model(),
      /<bpmn:userTask id="[^"]+" name="受理">[\s\S]*candidateGroups="village_clerk"/,
    )
    await tab.close()
    await page.bringToFront()
  })
})

describe('a step of a ready piece', () => {
  it('gets a form of the package it is copied into', async () => {
    await canvas.open(await canvas.make('抄出来的'))
    await page.getByRole('button', { name: '填报', exact: true }).click()
    await canvas.kept(() => canvas.model(), new RegExp(`formId="${canvas.id}_fill_1"`))
    const from = canvas.id
    await page.getByRole('application').focus()
    await page.keyboard.press('Control+c')
    await canvas.open(await canvas.make('抄进去的', plainModel))
    await canvas.chooseNothing()
    await page.keyboard.press('Control+v')
    await page.locator('.djs-drag-group').waitFor()
    const { x, y } = await canvas.free()
    await page.mouse.move(x, y - 20)
    await page.mouse.click(x, y - 40)
    await canvas.kept(() => canvas.model(), new RegExp(`formId="${canvas.id}_fill_1"`))
    expect(await canvas.model()).not.toContain(`formId="${from}_`)
    await canvas.kept(async () => (await canvas.files()).map(({ name }) => name).join(' '), /fill_1\.form/)
  })
})

describe('findings', () => {
  it('a dot opens what is wrong and what to do, by mouse and by keyboard', async () => {
    await canvas.open(await canvas.make('要看的', plainModel.replaceAll('candidateGroups="village_clerk"', '')))
    const dot = page.locator('.problem-dot').first()
    await dot.click()
    const note = page.getByRole('dialog', { name: '要看的' })
    await note.waitFor()
    expect(((await note.textContent()) ?? '').length).toBeGreaterThan(10)
    await canvas.press('Escape')
    await note.waitFor({ state: 'detached' })
    await dot.focus()
    await canvas.press('Enter')
    await note.waitFor()
    await note.getByRole('button', { name: '收起' }).click()
    await note.waitFor({ state: 'detached' })
    expect(await dot.evaluate((one) => one === document.activeElement)).toBe(true)
  })
})

describe('a sub-process drawn apart', () => {
  const note = () => page.getByRole('dialog', { name: '要看的' })
  const middleOf = async (one: Locator) => {
    const box = await one.boundingBox()
    return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 }
  }
  /** Whether nothing lies over the middle of it. */
  const isClear = async (one: Locator) => {
    const at = await middleOf(one)
    return one.evaluate((element, { x, y }) => {
      const top = document.elementFromPoint(x, y)
      return top !== null && (element.contains(top) || top.closest('.djs-container svg') !== null)
    }, at)
  }

  beforeAll(async () => {
    await canvas.open(await canvas.make('分开画', apartModel))
  })

  it('tells what is wrong inside, over the pad of the step', async () => {
    await page.getByRole('button', { name: /^复核：\d 处要看$/ }).click()
    await note().getByText('“复看”没有写谁来办').waitFor()
    const pad = await page.locator('.djs-context-pad.open').boundingBox()
    const box = await note().boundingBox()
    const x = Math.max(pad!.x, box!.x) + 4
    const y = Math.max(pad!.y, box!.y) + 4
    const isOver = await page.evaluate(
      ([left, top]) => document.elementFromPoint(left!, top!)?.closest('.problem-note') != null,
      [x, y],
    )
    expect(x < box!.x + box!.width && x < pad!.x + pad!.width, 'the two overlap').toBe(true)
    expect(isOver).toBe(true)
    await canvas.press('Escape')
    await note().waitFor({ state: 'detached' })
  })

  it('is opened beside the pad of its step, shown clear of the toolbars, and its keys go on', async () => {
    await canvas.chooseNothing()
    await canvas.choose('second')
    const way = page.locator('.bjs-drilldown')
    expect(await isClear(way)).toBe(true)
    await way.click()
    await canvas.element('inner').waitFor()
    expect(await isClear(canvas.element('inner').locator('.djs-hit').first())).toBe(true)
    await canvas.press(']', ']')
    await page.locator('.djs-element.selected[data-element-id="inner"]').waitFor()
  })

  it('the way back of a review runs above the steps, as on the paper of the process', async () => {
    await canvas.piece('审核').click()
    await canvas.kept(() => canvas.model(), /name="退回"/)
    const back = flowsOf(await canvas.model()).find(({ to, from }) => to === 'inner' && from !== 'inner_begin')
    const edge = new RegExp(`bpmnElement="${back!.id}"[\\s\\S]*?</bpmndi:BPMNEdge>`).exec(await canvas.model())![0]
    const heights = [...edge.matchAll(/<di:waypoint x="[^"]+" y="([^"]+)"/g)].map(([, y]) => Number(y))
    expect(Math.min(...heights)).toBeLessThan(40)
  })

  it('the way out keeps the keys, too', async () => {
    await page.locator('.bjs-breadcrumbs a').first().click()
    await canvas.element('first').waitFor()
    await canvas.press('Escape', '[')
    await page.locator('.djs-element.selected').first().waitFor()
  })
})

describe('a sub-process drawn apart, in a trial', () => {
  it('is opened whole, with nothing over it', async () => {
    const who = '<zeebe:assignmentDefinition candidateGroups="village_clerk" />'
    const sound = apartModel.replace(/(name="复看">.*?<zeebe:userTask \/>)/, `$1${who}`)
    const id = await canvas.make('分开试', sound)
    await page.goto(`${server.address}/studio/${id}/trial`)
    await page.locator('.bjs-drilldown').click()
    const begin = canvas.element('inner_begin').locator('.djs-hit').first()
    await begin.waitFor()
    const [way, step] = [await page.locator('.bjs-breadcrumbs').boundingBox(), await begin.boundingBox()]
    expect(step!.y).toBeGreaterThan(way!.y + way!.height)
  })
})

describe('a change made a moment ago', () => {
  it('is part of what is published', async () => {
    await canvas.open(await canvas.make('马上发布'))
    await page.getByRole('button', { name: /^没有要看的$|^\d+ 处要看$/ }).waitFor()
    await canvas.renameAtOnce('结束之前')
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page
      .getByRole('dialog')
      .getByLabel(/说明|改了什么/)
      .first()
      .waitFor()
    expect(await canvas.model()).toContain('结束之前')
    await canvas.press('Escape')
  })

  it('is kept when another part, or the list, is opened', async () => {
    await canvas.open(await canvas.make('马上离开'))
    await canvas.renameAtOnce('先去看字段')
    await page.getByRole('link', { name: /^字段/ }).click()
    await canvas.kept(() => canvas.model(), /先去看字段/)
    await page.getByRole('link', { name: /^流程/ }).click()
    await canvas.drawn()
    await canvas.renameAtOnce('回到清单')
    await page.getByRole('link', { name: '返回流程库' }).click()
    await canvas.kept(() => canvas.model(), /回到清单/)
  })
})

describe('what leaves the drawing', () => {
  beforeAll(async () => {
    await canvas.open(await canvas.make('带走', hostileModel))
  })

  it('shows markup, turned and endless names as text', async () => {
    await page.getByText('<img src=x', { exact: false }).first().waitFor()
    await canvas.choose('first')
    await canvas.choose('second')
    await canvas.press('Control+f')
    await page.getByRole('combobox', { name: '找环节' }).fill('img')
    await page.getByRole('option').first().waitFor()
    await canvas.press('Escape')
    expect(await page.evaluate(() => 'hit' in window)).toBe(false)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })

  it('is a picture of all of it: names as text in SVG, twice the size in PNG, the model in BPMN', async () => {
    const svg = await canvas.exported('导出 SVG 图')
    expect(svg.name).toBe('带走.svg')
    const text = svg.bytes.toString()
    expect(text.includes('&lt;img src=x')).toBe(true)
    expect(/<script|<img|var\(--/.exec(text)).toBeNull()
    const [, width, height] = /<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(text) ?? []
    const png = await canvas.exported('导出 PNG 图')
    expect(png.name).toBe('带走.png')
    // Two pixels for one, and a margin of 16 around it.
    expect(png.bytes.readUInt32BE(16)).toBeCloseTo(2 * (Number(width) + 32), -1)
    expect(png.bytes.readUInt32BE(20)).toBeCloseTo(2 * (Number(height) + 32), -1)
    const bpmn = await canvas.exported('导出 BPMN 文件')
    expect(bpmn.name).toBe('带走.bpmn')
    expect(bpmn.bytes.includes('&#60;script&#62;window.hit=1')).toBe(true)
    expect(await page.evaluate(() => 'hit' in window)).toBe(false)
  })

  it('a file that is no XML is said to be unreadable, and stays as it is', async () => {
    const broken = plainModel.slice(0, 900)
    const id = await canvas.make('坏的', broken)
    await page.goto(`${server.address}/studio/${id}`)
    await page.getByText('这张图读不出来').waitFor()
    expect(await canvas.model(id)).toBe(broken)
  })

  it('a foreign file: what is not understood is said, the rest is kept', async () => {
    await canvas.open(await canvas.make('外来', foreignModel))
    const notice = page.getByRole('alert').filter({ hasText: '看不懂' })
    await notice.waitFor()
    expect(await notice.textContent()).toContain('有 2 处看不懂')
    await notice.getByRole('button', { name: '知道了' }).click()
    await canvas.renameAtOnce('改过', 'first')
    await canvas.kept(() => canvas.model(), /name="改过"/)
    const kept = await canvas.model()
    for (const part of ['acme:release="7"', 'acme:owner="Zhao"', '<acme:policy level="3">', 'kept &amp; whole'])
      expect(kept).toContain(part)
  })
})
