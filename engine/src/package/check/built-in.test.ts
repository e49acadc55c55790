import { expect, test } from 'vitest'
import { io, line, model, node } from '../../testing/index.ts'
import { judgePackage } from '../judge.ts'

const judged = async (type: string, inputs: { readonly [name: string]: string } = {}, kind = 'serviceTask') => {
  const task = node(kind, 'call', `<zeebe:taskDefinition type="${type}"/>${io(inputs)}`, '', 'name="Call"')
  const xml = model(node('startEvent', 's') + task + node('endEvent', 'e') + line('s', 'call', 'e'))
  const { problems } = await judgePackage({ 'p.bpmn': xml })
  return problems.map(({ code, severity, elementId, facts }) => [code, severity, elementId, facts.type ?? facts.found])
}

test('a type of job that begins as those of the house, and is none, is refused', async () => {
  expect(await judged('bihuan.htpp')).toEqual([['JOB_TYPE_UNKNOWN', 'error', 'call', 'bihuan.htpp']])
  expect(await judged('bihuan.htpp', {}, 'sendTask')).toEqual([['JOB_TYPE_UNKNOWN', 'error', 'call', 'bihuan.htpp']])
  for (const type of ['bihuan.http', 'bihuan.notify', 'bihuan.start', 'bihuan.message', 'bihuanhttp', 'pay'])
    expect(await judged(type)).toEqual([])
})

const list = (role: string | null) =>
  `<zeebe:taskDefinition type="bihuan.people"/>${
    role === null ? '' : `<zeebe:taskHeaders><zeebe:header key="role" value="${role}"/></zeebe:taskHeaders>`
  }`
const listening = `<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="clerk"/><zeebe:taskListeners><zeebe:taskListener eventType="creating" type="bihuan.people"/></zeebe:taskListeners>`
const refused = [['JOB_ROLE_MISSING', 'error', 'call']]

test.each([
  ['a service task without a header', 'serviceTask', list(null), refused],
  ['one with an empty header', 'serviceTask', list(' , '), refused],
  ['one with a level alone', 'serviceTask', list('@township'), refused],
  ['a send task', 'sendTask', list(null), refused],
  ['a listener', 'userTask', listening, refused],
  ['one that names a role', 'serviceTask', list('clerk, reviewer@township'), []],
])('CO26 a list of people of no role is refused: %s', async (_what, kind, extensions, expected) => {
  const task = node(kind, 'call', extensions, '', 'name="Call"')
  const xml = model(node('startEvent', 's') + task + node('endEvent', 'e') + line('s', 'call', 'e'))
  const { problems } = await judgePackage({ 'p.bpmn': xml })
  expect(problems.map(({ code, severity, elementId }) => [code, severity, elementId])).toEqual(expected)
  const people = { roles: ['clerk'], levels: ['town'] }
  const unknown = (await judgePackage({ 'p.bpmn': xml }, { forms: [], decisions: [], people })).problems
  const named = expected.length === 0 ? ['reviewer@township'] : []
  expect(unknown.flatMap(({ code, facts }) => (code === 'PEOPLE_UNKNOWN' ? [facts.people] : []))).toEqual(named)
})

test.each([
  ['="file:///etc/passwd"', 'file:///etc/passwd'],
  ['="gopher://127.0.0.1/"', 'gopher://127.0.0.1/'],
  ['="//api.example.cn/" + id', '//api.example.cn/'],
  ['="api.example.cn"', 'api.example.cn'],
])('I15 an address %s that is written out and no http is refused when it is saved', async (url, found) => {
  expect(await judged('bihuan.http', { url })).toEqual([['URL_NOT_HTTP', 'error', 'call', found]])
  expect(await judged('bihuan.notify', { url })).toEqual([['URL_NOT_HTTP', 'error', 'call', found]])
  expect(await judged('other', { url })).toEqual([])
})

test.each(['="https://api.example.cn/x"', '="HTTP://api.example.cn/" + id', '=address', '=base + "/x"'])(
  'an address %s is left to the call',
  async (url) => {
    expect(await judged('bihuan.http', { url })).toEqual([])
  },
)
