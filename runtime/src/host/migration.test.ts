import type { Actor, Key, Variables } from '@bihuan/engine'
import { flow, line, model, node, timer } from '@bihuan/engine/testing'
import { count, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyTrail } from '../audit/verify.ts'
import { differingTables, rebuild } from '../projection/rebuild.ts'
import { type TemporaryHost, temporaryHost } from '../testing/open.ts'

const seed: Actor = { type: 'system', id: 'seed' }
const units = [{ id: 'u', name: 'Unit', level: 'village' }]

const task = (id: string, form = '') =>
  node(
    'userTask',
    id,
    `<zeebe:assignmentDefinition assignee="p"/>${form && `<zeebe:formDefinition formId="${form}"/>`}`,
  )
const numbered = '<bpmn:extensionElements><bihuan:case numberPrefix="XF"/></bpmn:extensionElements>'
const straight = (inner: string, ...ids: readonly string[]) =>
  model(`${numbered}${node('startEvent', 'start')}${inner}${node('endEvent', 'end')}${line('start', ...ids, 'end')}`)
const late =
  node('boundaryEvent', 'late', '', timer('timeDuration', 'P1D'), 'attachedToRef="a"') +
  node('endEvent', 'x') +
  flow('late', 'x')
const form = (id: string, label: string) =>
  JSON.stringify({
    type: 'default',
    id,
    schemaVersion: 19,
    components: [{ type: 'textfield', id: 'f', key: 'f', label }],
  })
const ONE = straight(task('a', 'ask') + task('b') + late, 'a', 'b')
const TWO = straight(task('a', 'ask2') + task('check') + task('b') + late, 'a', 'check', 'b')

let place: TemporaryHost
let requests = 0
const next = () => {
  requests += 1
  return `r${requests}`
}
beforeEach(async () => {
  place = await temporaryHost()
})
afterEach(() => place.remove())
const host = () => place.host
const tables = () => host().store.tables

async function deploy(xml: string): Promise<Key> {
  const files = { 'a.bpmn': xml, 'ask.form': form('ask', 'F'), 'ask2.form': form('ask2', 'G') }
  const resources = Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) }))
  return (await host().deploy(resources, seed, next())).processes[0]!.key
}

async function start(definitionKey: Key, variables: Variables = {}): Promise<Key> {
  return (await host().start({ definitionKey, units, variables, actor: seed, requestId: next() })).instanceKey
}

async function tasksOf(instanceKey: Key) {
  const { userTask } = tables()
  const rows = await host().store.read.select().from(userTask).where(eq(userTask.instanceKey, instanceKey))
  return rows.filter(({ state }) => state === 'created')
}

async function complete(instanceKey: Key, formKey: Key | null = null) {
  const [open] = await tasksOf(instanceKey)
  const value = { variables: {}, formKey }
  return host().submit({ kind: 'userTask.complete', key: open!.key, actor: seed, requestId: next(), value })
}

const instance = async (key: Key) => {
  const { processInstance } = tables()
  const [row] = await host().store.read.select().from(processInstance).where(eq(processInstance.key, key))
  return row!
}
const by = () => ({ reason: 'a step was missing', actor: seed, requestId: next() })
const rows = async () => (await host().store.read.select({ all: count() }).from(tables().trail))[0]!.all
const toldOf = ({ items }: Awaited<ReturnType<TemporaryHost['host']['planMigration']>>) =>
  items.map(({ instanceKey, rejection }) => [
    instanceKey,
    rejection && [rejection.code, ...rejection.problems.map(({ elementId, facts }) => `${elementId} ${facts.reason}`)],
  ])

/** The trail holds together, and the rows are those that follow from it. */
async function expectSound() {
  expect((await verifyTrail(host().store)).breaks).toEqual([])
  const fresh = await temporaryHost()
  try {
    await rebuild(host().store, fresh.host.store)
    expect(await differingTables(host().store, fresh.host.store)).toEqual([])
  } finally {
    await fresh.remove()
  }
}

describe('planning a migration', () => {
  it('says of each case whether it can and why not, and writes nothing', async () => {
    const [one, two] = [await deploy(ONE), await deploy(TWO)]
    const [first, second, ended] = [await start(one), await start(one), await start(one)]
    await complete(second)
    await complete(ended)
    await complete(ended)
    const before = await rows()
    const request = { targetDefinitionKey: two, mappings: [{ sourceElementId: 'a', targetElementId: 'a' }] }
    const instanceKeys = [first, second, ended, 1024 * 2 ** 20 * 9 + 1]
    expect(toldOf(await host().planMigration({ ...request, cases: { instanceKeys } }))).toEqual([
      [first, null],
      [second, ['MIGRATION_NOT_POSSIBLE', 'b unmapped']],
      [ended, ['PROCESS_INSTANCE_ENDED']],
      [instanceKeys[3], ['NOT_FOUND']],
    ])
    expect(await rows()).toBe(before)
    expect((await tasksOf(first)).map(({ elementId }) => elementId)).toEqual(['a'])
  })

  it('goes through the running cases of a definition page by page', async () => {
    const [one, two] = [await deploy(ONE), await deploy(TWO)]
    const keys = [await start(one), await start(one), await start(one)]
    const page = (after: Key | null) =>
      host().planMigration({
        cases: { definitionKey: one, limit: 2, ...(after === null ? {} : { after }) },
        targetDefinitionKey: two,
      })
    const first = await page(null)
    expect([first.items.map((one) => one.instanceKey), first.next]).toEqual([keys.slice(0, 2), keys[1]])
    const second = await page(first.next)
    expect([second.items.map((one) => one.instanceKey), second.next]).toEqual([keys.slice(2), null])
  })

  it('refuses a definition that is not there, and more cases than a page', async () => {
    const one = await deploy(ONE)
    const cases = { instanceKeys: [1] }
    await expect(host().planMigration({ cases, targetDefinitionKey: 7 })).rejects.toThrow('NOT_FOUND')
    const many = { instanceKeys: Array.from({ length: 101 }, (_, index) => index) }
    await expect(host().planMigration({ cases: many, targetDefinitionKey: one })).rejects.toThrow('BODY_INVALID')
  })
})

describe('migrating cases', () => {
  it('MG5 MG9 number, deadline and assignee stay; version, form and steps are the target’s', async () => {
    const [one, two] = [await deploy(ONE), await deploy(TWO)]
    const key = await start(one)
    const before = await instance(key)
    const [open] = await tasksOf(key)
    const mappings = await host().suggestMappings(one, two)
    expect(mappings.map(({ targetElementId }) => targetElementId)).toEqual(expect.arrayContaining(['a', 'b', 'late']))
    const cases = { definitionKey: one }
    expect(toldOf(await host().migrateInstances({ cases, targetDefinitionKey: two }, by()))).toEqual([[key, null]])
    expect(await instance(key)).toEqual({ ...before, definitionKey: two, version: 2 })
    const [moved] = await tasksOf(key)
    expect(moved).toMatchObject({ key: open!.key, assignee: 'p', formId: 'ask2', createdAt: open!.createdAt })
    await expect(complete(key, open!.formKey)).rejects.toThrow('FORM_VERSION_STALE')
    await complete(key, moved!.formKey)
    expect((await tasksOf(key)).map(({ elementId }) => elementId)).toEqual(['check'])
    await expectSound()
  })

  it('MG5 the stage of the ring moves with its element, and no further', async () => {
    const stage = (id: string) => node('userTask', id, '<bihuan:stage name="Stage"/>')
    const one = await deploy(straight(stage('a') + stage('b'), 'a', 'b'))
    const two = await deploy(straight(stage('b') + stage('c'), 'b', 'c'))
    const key = await start(one)
    expect((await instance(key)).stageElementId).toBe('a')
    const mappings = [
      { sourceElementId: 'a', targetElementId: 'b' },
      { sourceElementId: 'b', targetElementId: 'c' },
    ]
    await host().migrateInstances({ cases: { instanceKeys: [key] }, targetDefinitionKey: two, mappings }, by())
    expect((await instance(key)).stageElementId).toBe('b')
    await expectSound()
  })

  it('MG6 a timer that is kept fires when it was due, in the target', async () => {
    const [one, two] = [await deploy(ONE), await deploy(TWO)]
    const key = await start(one)
    await host().migrateInstances({ cases: { instanceKeys: [key] }, targetDefinitionKey: two }, by())
    place.clock.pin(place.clock.now() + 86_400_000)
    await host().settle()
    expect((await instance(key)).state).toBe('completed')
    await expectSound()
  })

  it('MG13 a case is read from a snapshot of before, and from one of after, without the definition it began with', async () => {
    const [one, two] = [await deploy(ONE), await deploy(TWO)]
    const key = await start(one)
    await place.reopen()
    await host().migrateInstances({ cases: { instanceKeys: [key] }, targetDefinitionKey: two }, by())
    await place.reopen()
    await complete(key)
    await place.reopen({ rowsPerSnapshot: 1 })
    await complete(key)
    await place.reopen()
    await complete(key)
    expect((await instance(key)).state).toBe('completed')
    await expectSound()
  })

  it('MG11 ME4 what waits for a message goes on for the process of the target, in a called one for its own', async () => {
    const named = (xml: string, id: string) => xml.replaceAll('id="process"', `id="${id}"`)
    const message =
      '<bpmn:message id="paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=&quot;k&quot;"/></bpmn:extensionElements></bpmn:message>'
    const paid = '<bpmn:messageEventDefinition messageRef="paid"/>'
    const withMessage = (xml: string) => xml.replace('</bpmn:process>', `</bpmn:process>${message}`)
    await deploy(named(withMessage(straight(node('intermediateCatchEvent', 'm', '', paid), 'm')), 'child'))
    const calling = withMessage(
      straight(
        node('callActivity', 'call', '<zeebe:calledElement processId="child"/>') +
          node('boundaryEvent', 'told', '', paid, 'attachedToRef="call" cancelActivity="false"') +
          node('endEvent', 'x') +
          flow('told', 'x'),
        'call',
      ),
    )
    const [one, two] = [await deploy(calling), await deploy(named(calling, 'other'))]
    const key = await start(one)
    const waiting = async () => {
      const { subscription: t } = tables()
      return (await host().store.read.select().from(t).orderBy(t.key)).map(({ processId }) => processId).sort()
    }
    expect(await waiting()).toEqual(['child', 'process'])
    const cases = { instanceKeys: [key] }
    expect(toldOf(await host().migrateInstances({ cases, targetDefinitionKey: two }, by()))).toEqual([[key, null]])
    expect(await waiting()).toEqual(['child', 'other'])
    await expectSound()
  })

  it('a repeat of the request answers as before and moves nothing twice', async () => {
    const [one, two] = [await deploy(ONE), await deploy(TWO)]
    const key = await start(one)
    const mappings = await host().suggestMappings(one, two)
    const request = { cases: { instanceKeys: [key] }, targetDefinitionKey: two, mappings }
    const given = by()
    await host().migrateInstances(request, given)
    const before = await rows()
    expect(toldOf(await host().migrateInstances(request, given))).toEqual([[key, null]])
    expect(await rows()).toBe(before)
  })

  it('F13 a repeat that leaves the mappings to the host answers as before, though they would be others now', async () => {
    const [one, two] = [await deploy(ONE), await deploy(TWO)]
    const key = await start(one)
    const request = { cases: { instanceKeys: [key] }, targetDefinitionKey: two }
    const given = by()
    await host().migrateInstances(request, given)
    const before = await rows()
    expect(toldOf(await host().migrateInstances(request, given))).toEqual([[key, null]])
    expect(await rows()).toBe(before)
    const other = { ...given, reason: 'another' }
    await expect(host().migrateInstances(request, other)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  })

  it('E03 a repeat is about the cases of the first request, and not about those who stand where they did', async () => {
    const [one, two] = [await deploy(ONE), await deploy(TWO)]
    const keys = [await start(one), await start(one), await start(one)]
    const [given, later] = [by(), by()]
    const request = { cases: { definitionKey: one, limit: 1 }, targetDefinitionKey: two }
    const page = await host().migrateInstances(request, given)
    expect([toldOf(page), page.next]).toEqual([[[keys[0], null]], keys[0]])
    await place.reopen()
    const again = await host().migrateInstances(request, given)
    expect([toldOf(again), again.next]).toEqual([[[keys[0], null]], keys[0]])
    expect((await instance(keys[1]!)).definitionKey).toBe(one)
    const rest = { cases: { definitionKey: one, after: keys[0]!, limit: 1 }, targetDefinitionKey: two }
    const answers = await Promise.all([1, 2].map(() => host().migrateInstances(rest, later)))
    expect(answers.map(toldOf)).toEqual([[[keys[1], null]], [[keys[1], null]]])
    expect((await instance(keys[2]!)).definitionKey).toBe(one)
    await expectSound()
  })

  it('E13 while tasks are being completed each case moves whole or not at all, and failures are listed', async () => {
    const [one, two] = [await deploy(ONE), await deploy(TWO)]
    const keys: Key[] = []
    for (let i = 0; i < 60; i++) keys.push(await start(one))
    const tasks = await Promise.all(keys.map(async (key) => (await tasksOf(key))[0]!.key))
    const mappings = [{ sourceElementId: 'a', targetElementId: 'a' }]
    const act = (key: Key) => {
      const value = { variables: {}, formKey: null }
      return host().submit({ kind: 'userTask.complete', key, actor: seed, requestId: next(), value })
    }
    const request = { cases: { instanceKeys: keys }, targetDefinitionKey: two, mappings }
    const third = (which: number) => tasks.filter((_, index) => index % 3 === which).map(act)
    const early = third(0)
    const migrating = host().migrateInstances(request, by())
    const meanwhile = third(1)
    const [{ items }] = await Promise.all([migrating, ...early, ...meanwhile])
    const open = new Map(await Promise.all(keys.map(async (key) => [key, await tasksOf(key)] as const)))
    for (const { instanceKey, rejection } of items) {
      const row = await instance(instanceKey)
      const at = open.get(instanceKey)!.map(({ elementId }) => elementId)
      if (rejection) {
        expect(rejection.problems.map(({ elementId, facts }) => [elementId, facts.reason])).toEqual([['b', 'unmapped']])
        expect([row.definitionKey, at]).toEqual([one, ['b']])
      } else {
        expect(row.definitionKey).toBe(two)
        expect([['a'], ['check']]).toContainEqual(at)
      }
    }
    const refused = items.filter(({ rejection }) => rejection !== null).length
    expect(refused).toBeGreaterThan(0)
    expect(refused).toBeLessThan(items.length)
    await expectSound()
  })
})
