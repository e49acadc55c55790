import { leave, type Scene } from './scene.ts'

export const runningScenes: readonly Scene[] = [
  {
    name: 'trial',
    path: '/studio/village_decision/trial',
    async play(page, look) {
      await page.locator('.trial-form .fjs-powered-by').waitFor()
      await look('start', 'form')
      await page.getByRole('button', { name: '填上样例' }).click()
      await page.getByRole('button', { name: '发起' }).last().click()
      await page.locator('.trial-why li').first().waitFor()
      await look('after a step', 'diagram')
      await page.getByRole('button', { name: '只看判断' }).click()
      await look('only the choices')
    },
  },
  {
    name: 'trial with errors',
    path: '/studio/{broken}/trial',
    async play(page, look) {
      await page.getByText('先改好再试').waitFor()
      await look('refused')
      await page.getByRole('link', { name: '去看' }).click()
      await page.locator('#problems').waitFor()
      await look('findings')
    },
  },
  {
    name: 'trial of what others do',
    path: '/studio/{paying}/trial',
    async play(page, look) {
      const panel = page.locator('.trial-form')
      await panel.getByRole('button', { name: '发起' }).click()
      await panel.getByRole('heading', { name: '银行打款' }).waitFor()
      await panel.getByRole('button', { name: '加一项' }).click()
      await look('a job', 'diagram')
      await panel.getByRole('textbox', { name: '没办成的原因' }).fill('账号不对')
      await panel.getByRole('button', { name: '没办成' }).click()
      await panel.getByRole('button', { name: '再试' }).waitFor()
      await look('a job that failed')
      await panel.getByRole('button', { name: '再试' }).click()
      await panel.getByRole('textbox', { name: '名' }).fill('paid')
      await panel.getByRole('textbox', { name: '值' }).fill('true')
      await panel.getByRole('button', { name: '办完' }).click()
      await panel.getByRole('heading', { name: '后续事项' }).waitFor()
      await panel.getByRole('checkbox', { name: '归档' }).check()
      await look('what to begin')
      await panel.getByRole('button', { name: '开办' }).click()
      await page.getByRole('button', { name: '村文书' }).click()
      await panel.getByRole('heading', { name: '归档' }).waitFor()
      await look('what was begun', 'diagram')
    },
  },
  {
    name: 'publishing',
    path: '/studio/{meeting}',
    async play(page, look) {
      await page.getByRole('button', { name: '发布', exact: true }).click()
      await page.locator('.comparison').waitFor()
      await look('comparison')
      await page.getByLabel('这次改了什么').fill('说明改叫会议说明')
      await page.getByRole('checkbox', { name: '我看过' }).check()
      await look('ready')
      await leave(page)
    },
  },
  {
    name: 'history',
    path: '/studio/{meeting}/history',
    async play(page, look) {
      await page.locator('.version').nth(1).click()
      await page.locator('.comparison').waitFor()
      await look('versions')
      await page.getByRole('button', { name: '停用' }).click()
      await page.getByRole('dialog').waitFor()
      await look('dialog of retiring')
      await leave(page)
      await page.getByRole('button', { name: '拿回' }).click()
      await page.getByRole('dialog').waitFor()
      await look('dialog of taking back')
      await leave(page)
    },
  },
  {
    name: 'history of an empty package',
    path: '/studio/{sketch}/history',
    async play(page, look) {
      await page.getByText('还没有发布过').waitFor()
      await look('none')
    },
  },
]
