import type { Actor, Rejection } from '@bihuan/engine'
import { line, model, node } from '@bihuan/engine/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TemporaryHost, temporaryHost } from '../testing/open.ts'

const seed: Actor = { type: 'system', id: 'seed' }
const process = (name: string, form = 'ask') =>
  model(
    `${node('startEvent', 's')}${node('userTask', 'a', `<zeebe:assignmentDefinition assignee="p"/><zeebe:formDefinition formId="${form}"/>`, '', `name="${name}"`)}${node('endEvent', 'e')}${line('s', 'a', 'e')}`,
  )
const form = (label: string) =>
  JSON.stringify({
    type: 'default',
    id: 'ask',
    schemaVersion: 19,
    components: [{ type: 'textfield', id: 'f', key: 'f', label }],
  })
const packageYaml = 'id: demo\nname: Demo\nversion: 1.0.0\ndepartment: Office\ndescription: Shows how\n'
const parametersYaml =
  'parameters:\n  - { name: days, title: { zh: 天数, en: Days }, type: integer, default: 7, unit: day, mark: P }\n  - { name: open, title: 开放, type: boolean, default: false }\n'

let temporary: TemporaryHost
beforeEach(async () => {
  temporary = await temporaryHost()
})
afterEach(() => temporary.remove())
const host = () => temporary.host
let requests = 0
const deploy = (files: { readonly [name: string]: string | Uint8Array }) => {
  requests += 1
  const resources = Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) }))
  return host().deploy(resources, seed, `d${requests}`)
}
const refused = (files: { readonly [name: string]: string | Uint8Array }) =>
  deploy(files).then(
    () => [],
    (error: Rejection) => {
      expect(error.code).toBe('DEPLOYMENT_REFUSED')
      return error.problems
        .filter(({ severity }) => severity === 'error')
        .map(({ code, resource, elementId }) => `${code} ${resource} ${elementId ?? ''}`.trim())
    },
  )
const definitions = () => host().store.read.select().from(host().store.tables.processDefinition)

describe('deployment', () => {
  it('keeps the version of what has not changed and counts on what has', async () => {
    const first = await deploy({ 'a.bpmn': process('A'), 'ask.form': form('F') })
    expect([first.processes[0]?.version, first.forms[0]?.version]).toEqual([1, 1])
    const second = await deploy({ 'a.bpmn': process('A'), 'ask.form': form('G') })
    expect(second.processes).toEqual(first.processes)
    expect(second.forms[0]).toMatchObject({ id: 'ask', version: 2 })
    const third = await deploy({ 'a.bpmn': process('B') })
    expect(third.processes[0]).toMatchObject({ id: 'process', version: 2 })
    expect((await definitions()).map(({ version, latest }) => [version, latest])).toEqual([
      [1, false],
      [2, true],
    ])
  })

  it('E14 keeps each case on its version and takes the latest for new ones, over a restart', async () => {
    const start = (requestId: string) =>
      host().start({ processId: 'process', units: [], variables: {}, actor: seed, requestId })
    await deploy({ 'a.bpmn': process('A'), 'ask.form': form('F') })
    const one = await start('s1')
    await deploy({ 'a.bpmn': process('B'), 'ask.form': form('G') })
    await temporary.reopen()
    const two = await start('s2')
    expect([one.version, two.version]).toEqual([1, 2])
    expect((await host().definition(one.definitionKey)).nodes.a?.name).toBe('A')
    expect((await host().definition(two.definitionKey)).nodes.a?.name).toBe('B')
    const asked = two.facts.find((fact) => fact.kind === 'userTask.created')
    const forms = await host().store.read.select().from(host().store.tables.form)
    expect(asked?.value).toMatchObject({ formId: 'ask', formKey: forms.find(({ latest }) => latest)?.key })
  })

  it('I03 refuses all together, with every problem, and leaves what was deployed', async () => {
    await deploy({ 'a.bpmn': process('A'), 'ask.form': form('F') })
    const codes = await refused({
      'a.bpmn': process('B', 'gone'),
      'b.bpmn': '<!DOCTYPE x><x/>',
      'ask.form': '{"type":',
      'package.yaml': 'name: x',
      'parameters.yaml': 'parameters: [{ name: a }, { name: b, default: .inf }]',
      'run.sh': 'echo',
      'bytes.dmn': new Uint8Array([0xff, 0xfe, 0x00]),
    })
    expect(codes).toEqual(
      expect.arrayContaining([
        'FORM_NOT_FOUND a.bpmn a',
        'DOCTYPE_NOT_ALLOWED b.bpmn',
        'FORM_INVALID ask.form',
        'PACKAGE_FILE_INVALID package.yaml',
        'PACKAGE_FILE_INVALID parameters.yaml',
        'RESOURCE_NOT_SUPPORTED run.sh',
        'XML_UNREADABLE bytes.dmn',
      ]),
    )
    expect((await definitions()).map(({ version }) => version)).toEqual([1])
  })

  it('refuses the same process twice, an empty deployment, and YAML that unfolds without end', async () => {
    expect(
      await refused({ 'a.bpmn': process('A', 'ask'), 'b.bpmn': process('B', 'ask'), 'ask.form': form('F') }),
    ).toEqual(['DUPLICATE_ID b.bpmn'])
    expect(await refused({ 'package.yaml': packageYaml })).toEqual([])
    const bomb = `a: &a [1,1,1,1,1,1,1,1,1]\n${'bcdefghi'
      .split('')
      .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`)
      .join('\n')}\nid: x\nname: x`
    expect(await refused({ 'package.yaml': bomb })).toEqual(['PACKAGE_FILE_INVALID package.yaml'])
    expect(await definitions()).toEqual([])
  })

  it('takes the parameters in force for the unit at the start, and freezes them', async () => {
    await deploy({
      'a.bpmn': process('A'),
      'ask.form': form('F'),
      'package.yaml': packageYaml,
      'parameters.yaml': parametersYaml,
    })
    expect(await definitions()).toMatchObject([{ packageId: 'demo', department: 'Office', description: 'Shows how' }])
    const now = temporary.clock.now()
    const set = (unitId: string, effectiveFrom: number, days: number) =>
      host().setParameters({ packageId: 'demo', unitId, effectiveFrom, values: { days } }, seed, `${unitId}${days}`)
    await set('t1', 0, 10)
    await set('v1', now + 1000, 15)
    const start = async (unitId: string, requestId: string) => {
      const units = [unitId, 't1'].map((id) => ({ id, name: id, level: 'x' }))
      const { facts } = await host().start({ processId: 'process', units, variables: {}, actor: seed, requestId })
      const [created] = facts
      return created?.kind === 'processInstance.created' ? created.value.parameters : null
    }
    expect(await start('v1', '1')).toEqual({ days: 10, open: false })
    temporary.clock.pin(now + 1000)
    expect(await start('v1', '2')).toEqual({ days: 15, open: false })
    expect(await start('v2', '3')).toEqual({ days: 10, open: false })
  })

  it('answers a repeated deployment from the first', async () => {
    const resources = [
      { name: 'a.bpmn', content: Buffer.from(process('A')) },
      { name: 'ask.form', content: Buffer.from(form('F')) },
    ]
    const both = await Promise.all([host().deploy(resources, seed, 'same'), host().deploy(resources, seed, 'same')])
    expect(both[0]).toEqual(both[1])
    expect(await host().deploy(resources, seed, 'same')).toEqual(both[0])
  })
})
