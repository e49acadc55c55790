import type { Package } from '@bihuan/runtime/contract'
import type { Page } from 'playwright-core'
import { leave, type Scene } from './scene.ts'

/** Somebody else saves that file meanwhile. */
async function saveElsewhere(page: Page, id: string, name: string, text: string): Promise<void> {
  const status = await page.evaluate(
    async (change) => {
      const { files } = (await (await fetch(`/api/packages/${change.id}`)).json()) as Package
      const revision = files.find((file) => file.name === change.name)?.revision ?? null
      const answer = await fetch(`/api/packages/${change.id}/files`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({ files: [{ name: change.name, text: change.text, revision }] }),
      })
      return answer.status
    },
    { id, name, text },
  )
  if (status !== 200) throw new Error(`saving elsewhere answered ${status}`)
}

const idOf = (page: Page): string => decodeURIComponent(new URL(page.url()).pathname.split('/')[2] ?? '')

export const troubleScenes: readonly Scene[] = [
  {
    name: 'two versions',
    path: '/studio/{sketch}/parameters',
    async play(page, look) {
      await page.getByText('还没有参数').waitFor()
      const other = [
        'parameters:',
        '  - name: notice_days',
        '    title: { zh: 公示天数, en: Days of notice }',
        '    type: integer',
        '    value: 5',
        '    mark: P',
        '    source: 本地惯例',
        '',
      ].join('\n')
      await saveElsewhere(page, idOf(page), 'parameters.yaml', other)
      await page.getByRole('button', { name: '新参数' }).first().click()
      await page.getByRole('dialog', { name: '有两份改动' }).waitFor()
      await look('dialog of both')
      await leave(page)
      await look('put off')
    },
  },
  {
    name: 'not saved',
    path: '/studio/{sketch}/fields',
    async play(page, look) {
      await page.getByText('还没有字段').waitFor()
      await page.route('**/api/packages/*/files', (route) => route.abort())
      await page.getByRole('button', { name: '新字段' }).first().click()
      await page.keyboard.type('村民小组')
      await page.keyboard.press('Enter')
      await page.getByText('没连上，改动先留在本机').first().waitFor()
      await look('without a network')
      page.once('dialog', (dialog) => void dialog.accept())
      await page.reload()
      await page.getByRole('region', { name: '上次有改动没存完' }).waitFor()
      await look('offer of what was kept')
      await page.getByRole('button', { name: '不要' }).click()
      await page.unroute('**/api/packages/*/files')
    },
  },
  {
    name: 'list without a network',
    path: '/me',
    async play(page, look) {
      await page.route('**/api/packages', (route) => route.abort())
      await page.getByRole('link', { name: '设计' }).click()
      await page.getByRole('button', { name: '再试' }).waitFor()
      await look('error')
    },
  },
  {
    name: 'package without a network',
    path: '/studio',
    async play(page, look) {
      await page.route('**/api/packages/village_decision', (route) => route.abort())
      await page.getByRole('link', { name: '四议两公开村级重大事项决策', exact: true }).click()
      await page.getByRole('button', { name: '再试' }).waitFor()
      await look('error')
    },
  },
]
