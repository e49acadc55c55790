import { io, line, model, node } from '@bihuan/engine/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

let app: TestApp
let clerk: Requester
beforeAll(async () => {
  app = await openTestApp()
  clerk = await app.as('clerk.east')
})
afterAll(() => app.close())

const group = '<zeebe:assignmentDefinition candidateGroups="clerk"/>'
const outer = model(
  `${node('startEvent', 's', '<bihuan:starters candidateGroups="clerk"/>')}
   ${node('callActivity', 'call', '<bihuan:stage name="Outer"/><zeebe:calledElement processId="inner"/>', '', 'name="Ask below"')}
   ${node('endEvent', 'e')}${line('s', 'call', 'e')}`,
).replaceAll('id="process"', 'id="outer"')
const inner = model(
  `${node('startEvent', 's')}${node('userTask', 'a', `${group}<bihuan:stage name="Inner"/>`, '', 'name="Answer"')}
   ${node('scriptTask', 'call', `<zeebe:script expression="=1 / none" resultVariable="r"/>${io({ x: '=assert(missing, missing != null)' })}`, '', 'name="Reckon"')}
   ${node('endEvent', 'e')}${line('s', 'a', 'call', 'e')}`,
).replaceAll('id="process"', 'id="inner"')

test('a case that calls a process: its page, ring, drawing, trail and incidents', async () => {
  const form = new FormData()
  form.append('resources', new File([outer], 'outer.bpmn'))
  form.append('resources', new File([inner], 'inner.bpmn'))
  expect((await app.client('POST', '/v2/deployments', form)).status).toBe(200)
  const started = await app.client('POST', '/v2/process-instances', { processDefinitionId: 'outer', tenantId: 'east' })
  const { processInstanceKey: key } = (await started.json()) as { processInstanceKey: string }
  const page = async () =>
    (await (await clerk('GET', `/api/cases/${key}`)).json()) as {
      tasks: { key: string; name: string }[]
      incidents: { name: string }[]
      ring: { state: string; stages: { name: string; state: string }[] }
    }
  const before = await page()
  expect(before).toMatchObject({ tasks: [{ name: 'Answer' }], ring: { stages: [{ name: 'Outer', state: 'current' }] } })
  expect((await app.client('POST', `/v2/user-tasks/${before.tasks[0]!.key}/completion`, {})).status).toBe(204)
  expect(await page()).toMatchObject({ incidents: [{ name: 'Reckon' }], ring: { state: 'incident' } })
  // `call` is an element of both drawings: here it is the call activity, which stands.
  const drawing = await (await clerk('GET', `/api/cases/${key}/diagram`)).json()
  expect(drawing).toMatchObject({ taken: ['s_call'], elements: { s: 'done', call: 'incident' } })
  expect(drawing).not.toHaveProperty('elements.a')
  const { entries } = (await (await clerk('GET', `/api/cases/${key}/trail`)).json()) as {
    entries: { kind: string; elementName: string | null }[]
  }
  const nameAt = (kind: string) => entries.filter((one) => one.kind === kind).map(({ elementName }) => elementName)
  expect(nameAt('userTask.completed')).toEqual(['Answer'])
  expect(nameAt('incident.created')).toEqual(['Reckon'])
  const found = await app.client('POST', '/v2/element-instances/search', {
    filter: { processInstanceKey: key, processDefinitionId: 'inner', type: 'PROCESS' },
  })
  expect(await found.json()).toMatchObject({ items: [{ elementId: 'inner', state: 'ACTIVE' }] })
})
