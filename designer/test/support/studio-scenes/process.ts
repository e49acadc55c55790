import type { Page } from 'playwright-core'
import { leave, peek, type Scene } from './scene.ts'

/** Chooses a step by the box that finds them. */
export async function choose(page: Page, id: string): Promise<void> {
  await page.getByRole('button', { name: '找环节' }).click()
  await page.getByRole('combobox', { name: '找环节' }).fill(id)
  await page.keyboard.press('Enter')
  await page.locator(`[data-element-id="${id}"].selected`).first().waitFor()
}

/** The drawing stands. */
export async function drawn(page: Page): Promise<void> {
  await page.locator('.paper .djs-shape').first().waitFor()
  await page.locator('.canvas-waits').waitFor({ state: 'detached' })
}

const STEPS = [
  ['start', 'motion'],
  ['task', 'precheck'],
  ['task of a vote', 'party_meeting'],
  ['gateway', 'gw_legality'],
  ['flow', 'precheck_legal'],
  ['decision', 'decide_body'],
  ['list of people', 'party_roll'],
  ['notice', 'publish_resolution'],
  ['wait', 'notice_period'],
  ['limit', 'ballot_closed'],
  ['sub-process', 'publicity'],
  ['several at once', 'ballots'],
  ['act', 'publicity_objection_raised'],
  ['script', 'party_tally'],
  ['end', 'end_archived'],
] as const

export const processScenes: readonly Scene[] = [
  {
    name: 'process',
    path: '/studio/village_decision',
    async play(page, look) {
      await drawn(page)
      await look('nothing chosen', 'diagram')
      await peek(page, look, 'menu of arranging', 'menu', () =>
        page.getByRole('button', { name: '对齐与排布' }).click(),
      )
      await page.getByRole('button', { name: '对齐与排布' }).click()
      await page.getByRole('menuitem', { name: '整图重排' }).click()
      await page.getByRole('dialog').waitFor()
      await look('dialog of tidying')
      await leave(page)
      await peek(page, look, 'menu of more', 'menu', () =>
        page.getByRole('button', { name: '更多', exact: true }).click(),
      )
      await page.getByRole('button', { name: '更多', exact: true }).click()
      await page.getByRole('menuitem', { name: '按键' }).click()
      await page.getByRole('dialog').waitFor()
      await look('sheet of keys')
      await leave(page)
      await page.getByRole('button', { name: '找环节' }).click()
      await page.getByRole('combobox', { name: '找环节' }).fill('公示')
      await look('finding a step')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: '小地图' }).click()
      await look('small map', 'diagram')
      await page.getByRole('button', { name: '小地图' }).click()
      await page.getByRole('button', { name: /处要看|没有要看的/ }).click()
      await page.locator('#problems').waitFor()
      await look('findings')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: '全部 BPMN' }).click()
      await page.locator('.djs-popup').waitFor()
      await look('every element')
    },
  },
  {
    name: 'sentences',
    path: '/studio/village_decision',
    async play(page, look) {
      await drawn(page)
      for (const [name, id] of STEPS) {
        await choose(page, id)
        await look(name, 'diagram', '.process-side')
      }
      await choose(page, 'precheck')
      const panel = page.getByRole('complementary', { name: '这一步怎么办' })
      await peek(page, look, 'list of roles', 'listbox', () => panel.locator('.choice-trigger').nth(1).click())
      await panel.locator('.word-button').click()
      await look('access of a step')
      await page.keyboard.press('Escape')
      await peek(page, look, 'menu of a step', 'menu', () => panel.getByRole('button', { name: '更多' }).click())
      await page.locator('.djs-context-pad .entry').first().click()
      await page.locator('.djs-popup').waitFor()
      await look('pieces to follow')
    },
  },
]

/** Opens every group of the panel, however deep. */
async function unfold(page: Page): Promise<void> {
  const closed = page.locator('.bio-properties-panel-group-header:not(.open) .bio-properties-panel-group-header-title')
  for (let left = await closed.count(); left > 0; left -= 1) await closed.nth(left - 1).click()
}

const RAW = [
  ['start', 'motion'],
  ['user task', 'precheck'],
  ['service task', 'publish_resolution'],
  ['business rule', 'decide_body'],
  ['script', 'party_tally'],
  ['gateway', 'gw_legality'],
  ['flow', 'precheck_legal'],
  ['timer', 'notice_period'],
  ['sub-process', 'ballots'],
  ['message', 'publicity_objection_raised'],
  ['end', 'end_archived'],
] as const

export const expertScenes: readonly Scene[] = [
  {
    name: 'expert',
    path: '/studio/village_decision',
    async play(page, look) {
      await drawn(page)
      await page.getByText('专业', { exact: true }).click()
      await page.locator('.bio-properties-panel-group').first().waitFor()
      await unfold(page)
      await look('process', 'diagram')
      for (const [name, id] of RAW) {
        await choose(page, id)
        await unfold(page)
        await look(name, 'diagram', '.process-side')
      }
      for (const [name, key] of [
        ['append', 'a'],
        ['create', 'n'],
        ['replace', 'r'],
      ] as const) {
        await choose(page, 'precheck')
        await page.keyboard.press(key)
        await page.locator('.djs-popup').waitFor()
        await look(name)
        await page.keyboard.press('Escape')
        await page.locator('.djs-popup').waitFor({ state: 'detached' })
      }
      for (const [name, open] of [
        ['colours', page.locator('.djs-context-pad [data-action="set-color"]')],
        ['templates to choose', page.locator('.bio-properties-panel-select-template-button').first()],
      ] as const) {
        await choose(page, 'precheck')
        await open.click()
        await page.locator('.djs-popup').waitFor()
        await look(name)
        await page.keyboard.press('Escape')
        await page.locator('.djs-popup').waitFor({ state: 'detached' })
      }
      await page.getByText('业务', { exact: true }).click()
    },
  },
  {
    name: 'process on a narrow window',
    path: '/studio/village_decision?element=precheck',
    size: { width: 1100, height: 800 },
    async play(page, look) {
      await drawn(page)
      await look('drawing', 'diagram')
      await page.getByRole('button', { name: '打开设置' }).click()
      await look('panel over it')
    },
  },
  {
    name: 'process on a phone',
    path: '/studio/village_decision',
    size: 'phone',
    async play(_page, look) {
      await look('too narrow')
    },
  },
]
