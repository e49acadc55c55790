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

test('A02 the form of an act in a called process shows what that process sees, and nothing else', async () => {
  const act =
    '<bpmn:boundaryEvent id="object" attachedToRef="a"><bpmn:extensionElements>' +
    '<bihuan:caseAction label="Object" formId="objection" candidateGroups="clerk"/></bpmn:extensionElements>' +
    '<bpmn:messageEventDefinition messageRef="m"/></bpmn:boundaryEvent>'
  const below = model(
    `${node('startEvent', 's')}${node('userTask', 'a', group)}${act}${node('endEvent', 'e')}${node('endEvent', 'x')}${line('s', 'a', 'e')}${line('object', 'x')}`,
    '<bpmn:message id="m" name="objection"/>',
  ).replaceAll('id="process"', 'id="below"')
  const above = outer
    .replaceAll('id="outer"', 'id="above"')
    .replace(
      '<zeebe:calledElement processId="inner"/>',
      `<zeebe:calledElement processId="below" propagateAllParentVariables="false"/>${io({ subject: '="ours"' })}`,
    )
  const field = (key: string) => ({ id: key, key, type: 'textfield', label: key })
  const schema = {
    id: 'objection',
    type: 'default',
    schemaVersion: 19,
    components: [field('subject'), field('phone')],
  }
  const files = new FormData()
  files.append('resources', new File([below], 'below.bpmn'))
  files.append('resources', new File([above], 'above.bpmn'))
  files.append('resources', new File([JSON.stringify(schema)], 'objection.form'))
  const deployed = await app.client('POST', '/v2/deployments', files)
  expect(deployed.status, await deployed.clone().text()).toBe(200)
  const body = {
    processDefinitionId: 'above',
    tenantId: 'east',
    variables: { subject: 'theirs', phone: '13800000000' },
  }
  const { processInstanceKey: key } = (await (await app.client('POST', '/v2/process-instances', body)).json()) as {
    processInstanceKey: string
  }
  const { actions } = (await (await clerk('GET', `/api/cases/${key}`)).json()) as { actions: { key: string }[] }
  const path = `/api/cases/${key}/actions/${actions[0]!.key}`
  const { form } = (await (await clerk('GET', path)).json()) as { form: { formKey: string; data: object } }
  expect(form.data).toEqual({ subject: 'ours' })
  const answers = { formKey: form.formKey, answers: { subject: 'ours', phone: '1' } }
  expect((await clerk('POST', path, answers)).status).toBe(200)
})
