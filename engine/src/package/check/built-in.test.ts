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
