import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { line, model, node } from '@bihuan/engine/testing'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Running, run } from '../../test/server-process.ts'
import type { MigrationResult, OperatedCase, StuckIncident } from '../contract/contract.ts'
import { readSettings } from '../settings.ts'
import { addOperateCommands } from './operate-command.ts'
import { serverCall } from './server-call.ts'

const TIMEOUT = 120_000

let data: string
let address: string
let server: Running
let identity: { readonly id: string; readonly secret: string }

type Ended = Pick<Awaited<Running['ended']>, 'code' | 'out' | 'err'>

const bihuan = (words: readonly string[], environment = {}) => run(data, words, environment).ended

const asClient = () => ({
  BIHUAN_URL: address,
  BIHUAN_CLIENT_ID: identity.id,
  BIHUAN_CLIENT_SECRET: identity.secret,
})

/** Runs a command in this process: what it prints, and its exit code. A process of its own takes seconds to begin. */
async function repair(...words: readonly string[]): Promise<Ended> {
  const program = new Command()
  addOperateCommands(program, () => readSettings(asClient(), data))
  const [out, err] = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')]
  const said = (spy: typeof out) => spy.mock.calls.map(([line]) => `${line}\n`).join('')
  out.mockImplementation(() => {})
  err.mockImplementation(() => {})
  try {
    await program.parseAsync(['node', 'bihuan', ...words])
    return { code: Number(process.exitCode ?? 0), out: said(out), err: said(err) }
  } finally {
    process.exitCode = undefined
    vi.restoreAllMocks()
  }
}

async function repaired<T>(...words: readonly string[]): Promise<T> {
  const { code, out, err } = await repair(...words, '--json')
  expect(code, err).toBe(0)
  return JSON.parse(out) as T
}

async function ask<T>(path: string, body: object): Promise<T> {
  const isForm = body instanceof FormData
  const answer = await fetch(`${address}/v2${path}`, {
    method: path.endsWith('/variables') ? 'PUT' : 'POST',
    headers: {
      authorization: `Bearer ${identity.id}.${identity.secret}`,
      ...(isForm ? {} : { 'content-type': 'application/json' }),
    },
    body: isForm ? body : JSON.stringify(body),
  })
  expect(answer.ok, await answer.clone().text()).toBe(true)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

const task = (id: string) => node('userTask', id, '<zeebe:userTask/>')
const choose = node('exclusiveGateway', 'choose')
const rules = (last: string) =>
  model(
    `${node('startEvent', 's')}${choose}${task('a')}${task(last)}${node('endEvent', 'e')}${line('s', 'choose')}
     <bpmn:sequenceFlow id="small" sourceRef="choose" targetRef="a"><bpmn:conditionExpression>=n &lt; 10</bpmn:conditionExpression></bpmn:sequenceFlow>
     <bpmn:sequenceFlow id="large" sourceRef="choose" targetRef="${last}"><bpmn:conditionExpression>=n &gt; 20</bpmn:conditionExpression></bpmn:sequenceFlow>
     ${line('a', last, 'e')}`,
  )

async function deploy(xml: string): Promise<string> {
  const form = new FormData()
  form.append('resources', new File([xml], 'rules.bpmn'))
  const { deployments } = await ask<{ deployments: { processDefinition: { processDefinitionKey: string } }[] }>(
    '/deployments',
    form,
  )
  return deployments[0]!.processDefinition.processDefinitionKey
}

const start = async (n: number): Promise<string> => {
  const body = { processDefinitionId: 'process', tenantId: 'huayuan', variables: { n } }
  return (await ask<{ processInstanceKey: string }>('/process-instances', body)).processInstanceKey
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'bihuan-operate-'))
  server = run(data, [], { BIHUAN_DEMO: '1' })
  address = (await server.printed('Bihuan listens on '))!
  const added = await bihuan(['client', 'add', 'operations', '--json'])
  if (added.code !== 0) throw new Error(added.err)
  identity = JSON.parse(added.out)
}, TIMEOUT)
afterAll(async () => {
  server.child.kill('SIGTERM')
  await server.ended
  await rm(data, { recursive: true, force: true })
})

test(
  'what is stuck is listed and tried again; a case is suspended, resumed, moved, ended; cases go to another version',
  async () => {
    const from = await deploy(rules('b'))
    const [stuck, moved] = [await start(15), await start(5)]
    const [incident] = await repaired<StuckIncident[]>('incidents', '--process', 'process')
    expect(incident).toMatchObject({ caseKey: stuck, elementId: 'choose', code: 'NO_FLOW_TAKEN' })
    const listed = await bihuan(['incidents', '--case', stuck], asClient())
    expect(listed.code, listed.err).toBe(0)
    expect(listed.out).toContain(`case ${stuck}`)
    const again = await repair('incident', 'resolve', incident!.key, '--reason', 'A look')
    expect(again).toMatchObject({ code: 1, out: 'Tried again, and stuck again.\n' })
    await ask(`/element-instances/${stuck}/variables`, { variables: { n: 1 } })
    const [next] = await repaired<StuckIncident[]>('incidents')
    expect(await repaired('incident', 'resolve', next!.key, '--reason', 'Put right')).toEqual({
      key: next!.key,
      stuckAgain: false,
    })
    expect((await repair('incidents')).out).toBe('Nothing is stuck.\n')

    await repaired('case', 'suspend', moved, '--reason', 'A look')
    expect(await repaired<OperatedCase>('case', 'show', moved)).toMatchObject({ state: 'suspended' })
    await repaired('case', 'resume', moved, '--reason', 'Looked at')
    const after = await repaired<OperatedCase>('case', 'modify', moved, '--move', 'a:b', '--reason', 'Skipped')
    expect(after.steps).toMatchObject([{ elementId: 'b' }])
    const both = ['--activate', 'a', '--activate', 'a', '--terminate', after.steps[0]!.key]
    const twice = await repaired<OperatedCase>('case', 'modify', moved, ...both, '--reason', 'Anew')
    expect(twice.steps.map(({ elementId }) => elementId)).toEqual(['a', 'a'])

    const third = await start(30)
    const to = await deploy(rules('c'))
    const way = ['--from', from, '--to', to]
    const plan = await repair('migrate', ...way, '--dry-run')
    expect(plan.code).toBe(1)
    expect(plan.out).toMatch(/^2 can move, 1 stay\.\n/)
    expect(plan.out).toContain(third)
    const done = await repaired<MigrationResult['items']>('migrate', ...way, '--map', 'b:c', '--reason', 'A mistake')
    expect(done.map(({ refusal }) => refusal)).toEqual([null, null, null])
    expect(await repaired<OperatedCase>('case', 'show', third)).toMatchObject({ steps: [{ elementId: 'c' }] })

    await repaired('case', 'cancel', third, '--reason', 'Filed twice')
    expect(await repaired<OperatedCase>('case', 'show', third)).toMatchObject({ state: 'terminated' })
  },
  TIMEOUT,
)

test(
  'a case is named by its number, a definition by id and version, as people know them',
  async () => {
    const drawn = `${node('startEvent', 's')}${task('a')}${node('endEvent', 'e')}${line('s', 'a', 'e')}`
    const numbered = model(drawn).replace(
      /(<bpmn:process id="process"[^>]*>)/,
      '$1<bpmn:extensionElements><bihuan:case title="=null" numberPrefix="CL"/></bpmn:extensionElements>',
    )
    const own = numbered.replaceAll('id="process"', 'id="numbered"')
    await deploy(own)
    const begun = { processDefinitionId: 'numbered', tenantId: 'huayuan' }
    const { processInstanceKey: key, businessId } = await ask<{ processInstanceKey: string; businessId: string }>(
      '/process-instances',
      begun,
    )
    expect(businessId).toMatch(/^CL-/)
    expect(await repaired<OperatedCase>('case', 'show', businessId)).toMatchObject({ key, state: 'active' })
    await repaired('case', 'suspend', businessId, '--reason', 'A look')
    await repaired('case', 'resume', businessId, '--reason', 'Looked at')
    expect((await repair('incidents', '--case', businessId)).out).toBe('Nothing is stuck.\n')
    expect((await repair('case', 'show', 'CL-1999-0001')).err).toContain('"CL-1999-0001", but there is none')
    await deploy(own.replace('</bpmn:definitions>', '<!-- 2 --></bpmn:definitions>'))
    const versions = ['--from', 'numbered:1', '--to', 'numbered:2']
    const moved = await repaired<MigrationResult['items']>('migrate', ...versions, '--reason', 'A newer one')
    expect(moved).toMatchObject([{ caseKey: key, refusal: null }])
    const unknown = await repair('migrate', '--from', 'numbered:9', '--to', 'numbered:2', '--dry-run')
    expect(unknown.code).toBe(1)
    expect(unknown.err).toMatch(
      /Expected --from to be the key or ID:VERSION.*"numbered:9".*\n(.*\n)*.*numbered:2 {2}\d+ {2}1 running/,
    )
  },
  TIMEOUT,
)

test(
  'what cannot be done is said in a sentence, without a trace of the program and without the secret',
  async () => {
    const key = await start(5)
    const refused = [
      await repair('case', 'show', '1'),
      await repair('case', 'cancel', key, '--reason', ' '),
      await repair('case', 'modify', key, '--reason', 'x'),
      await repair('case', 'modify', key, '--move', 'a', '--reason', 'x'),
      await repair('case', 'modify', key, '--activate', 'nowhere', '--reason', 'x'),
      await repair('incidents', '--url', 'http://127.0.0.1:9'),
      await repair('migrate', '--from', '1', '--to', '2'),
      await bihuan(['incidents'], { BIHUAN_URL: address, BIHUAN_CLIENT_ID: identity.id, BIHUAN_CLIENT_SECRET: 'no' }),
    ]
    expect(refused.map(({ code }) => code)).toEqual(refused.map(() => 1))
    const said = refused.map(({ err }) => err)
    for (const [index, words] of [
      'NOT_FOUND',
      'BODY_INVALID',
      'Expected --activate',
      'Expected --move',
      'MODIFICATION_REFUSED',
      'to answer',
      'Expected --reason',
      'NOT_SIGNED_IN',
    ].entries())
      expect(said[index]).toContain(words)
    expect(said.join('')).not.toMatch(/\n {4}at |undefined/)
    expect(said.join('')).not.toContain(identity.secret)
  },
  TIMEOUT,
)

test('without a client the way to make one is said', () => {
  const caller = { url: null, clientId: null, clientSecret: null }
  expect(() => serverCall({ port: 8080, caller }, undefined)).toThrow(/BIHUAN_CLIENT_ID.*bihuan client add/)
})
