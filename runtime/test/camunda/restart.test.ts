import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addApiClient } from '../../src/identity/api-client.ts'
import { openTestApp, type TestApp } from '../../src/route/test-app.ts'
import { openServer, type Server } from '../../src/server.ts'
import { readSettings } from '../../src/settings.ts'
import { discount } from './models.ts'

let app: TestApp
let again: Server | null = null
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(async () => {
  await again?.close()
  await app.close()
})

test('what was deployed is read and evaluated after a restart as before', async () => {
  const form = new FormData()
  form.append('resources', new File([discount], 'prices.dmn'))
  const deployed = (await (await app.client('POST', '/v2/deployments', form)).json()) as {
    deployments: { decisionRequirements: { decisionRequirementsKey: string } | null }[]
  }
  const key = deployed.deployments.find((one) => one.decisionRequirements)?.decisionRequirements
    ?.decisionRequirementsKey
  const { id, secret } = await addApiClient(app.server.host, 'again', { type: 'system', id: 'test' })
  await app.server.close()

  const settings = { ...readSettings({}, app.folder), dataFolder: app.folder, demo: false }
  again = await openServer(
    { ...settings, databaseUrl: `file:${join(app.folder, 'test.db')}` },
    pino({ level: 'silent' }),
  )
  const server = again
  const ask = (method: string, path: string, body?: object) =>
    server.app.request(path, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    })
  expect(await (await ask('GET', `/v2/resources/${key}`)).json()).toMatchObject({
    resourceId: 'prices',
    resourceName: 'prices.dmn',
  })
  expect(await (await ask('GET', `/v2/resources/${key}/content`)).text()).toBe(discount)
  const given = { decisionDefinitionId: 'discount', variables: { amount: 300 } }
  const first = (await (await ask('POST', '/v2/decision-definitions/evaluation', given)).json()) as { output: string }
  expect(first).toMatchObject({ output: '30', failureMessage: null })
  const failing = { decisionDefinitionId: 'discount', variables: { amount: 'many' } }
  const failed = await ask('POST', '/v2/decision-definitions/evaluation', failing)
  expect(failed.status).toBe(200)
  expect((await ask('GET', '/v2/resources/1')).status).toBe(404)
})
