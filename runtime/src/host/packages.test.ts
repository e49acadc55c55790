import type { Actor } from '@bihuan/engine'
import { line, model, node } from '@bihuan/engine/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type TemporaryHost, temporaryHost } from '../testing/open.ts'
import type { KillPoint } from './kill-point.ts'

const designer: Actor = { type: 'person', id: 'p' }
const files = (name: string) => ({
  'package.yaml': `id: pack\nname: ${name}\n`,
  'p.bpmn': model(`${node('startEvent', 's')}${node('endEvent', 'e')}${line('s', 'e')}`).replace('"process"', '"pack"'),
})

let temporary: TemporaryHost
/** Where the next write fails; null nowhere. */
let failsAt: KillPoint | null
beforeEach(async () => {
  failsAt = null
  temporary = await temporaryHost()
  await temporary.reopen({
    point: (name) => {
      if (name === failsAt) throw new Error('cut')
    },
  })
})
afterEach(() => temporary.remove())

const host = () => temporary.host
const begin = () =>
  host().packages.create(
    async () => ({ id: 'pack', name: 'One', unitId: '', files: files('One'), problems: [] }),
    ['x'],
    designer,
    'begin',
  )
const publish = async (note: string) =>
  host().packages.publish({ id: 'pack', note, files: (await host().packages.read('pack'))!.files }, designer, note)
const rows = async (table: 'package' | 'packageVersion' | 'packageDraft' | 'draftFile' | 'processDefinition') =>
  host().store.read.select().from(host().store.tables[table])

for (const point of ['deployment.judged', 'trail.written', 'projection.halfWritten', 'unit.written'] as const)
  it(`publishes whole or not at all when it is cut off at ${point}, and again under the same key`, async () => {
    await begin()
    const before = [await rows('package'), await rows('packageDraft'), await rows('draftFile')]
    failsAt = point
    await expect(publish('first')).rejects.toThrow()
    failsAt = null
    expect([await rows('package'), await rows('packageDraft'), await rows('draftFile')]).toEqual(before)
    expect([await rows('packageVersion'), await rows('processDefinition')]).toEqual([[], []])
    await temporary.reopen()
    expect(await publish('first')).toEqual({ version: 1, problems: expect.any(Array) })
    expect(await rows('packageVersion')).toHaveLength(1)
    expect((await host().packages.read('pack'))!.draft).toMatchObject({ isDraft: false })
  })

it('saves whole or not at all when it is cut off', async () => {
  await begin()
  const before = [await rows('packageDraft'), await rows('draftFile')]
  failsAt = 'projection.halfWritten'
  const changes = [
    { name: 'package.yaml', text: 'id: pack\nname: Two\n', revision: 1 },
    { name: 'x.form', text: '{}', revision: null },
  ]
  await expect(host().packages.save('pack', changes, 'p')).rejects.toThrow()
  failsAt = null
  expect([await rows('packageDraft'), await rows('draftFile')]).toEqual(before)
  expect((await host().packages.save('pack', changes, 'p')).files).toEqual([
    { name: 'package.yaml', revision: 2 },
    { name: 'x.form', revision: 1 },
  ])
})

it('a saving and a publishing at once: the saved text is published, or the publishing is refused', async () => {
  await begin()
  const change = { name: 'package.yaml', text: 'id: pack\nname: Two\n', revision: 1 }
  const [published, saved] = await Promise.allSettled([publish('first'), host().packages.save('pack', [change], 'p')])
  const state = (await host().packages.read('pack'))!
  expect(saved.status).toBe('fulfilled')
  expect(state.files.find(({ name }) => name === 'package.yaml')!.text).toBe(change.text)
  // What is published is what was seen, never the text that came after.
  if (published.status === 'fulfilled') {
    expect(state.latest!.files['package.yaml']).toBe(files('One')['package.yaml'])
    expect(state.draft!.isDraft).toBe(true)
  } else expect(published.reason).toMatchObject({ code: 'DRAFT_CONFLICT' })
})

it('takes no start of a retired package, over a restart too', async () => {
  await begin()
  await publish('first')
  await host().packages.setRetired('pack', true, 'r', designer, 'retire')
  await temporary.reopen()
  const start = () => host().start({ processId: 'pack', units: [], variables: {}, actor: designer, requestId: 's' })
  await expect(start()).rejects.toMatchObject({ code: 'PROCESS_RETIRED' })
  await host().packages.setRetired('pack', false, 'r', designer, 'restore')
  expect(await start()).toMatchObject({ processId: 'pack' })
})

it('E03 retires once under a key, and refuses a key that something else was done under', async () => {
  await begin()
  await publish('first')
  const retire = (key: string, reason = 'r') => host().packages.setRetired('pack', true, reason, designer, key)
  await expect(retire('first')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  await retire('retire')
  await host().packages.setRetired('pack', false, 'r', designer, 'restore')
  await retire('retire')
  expect((await host().packages.read('pack'))!.about.retired).toBe(false)
  await expect(retire('retire', 'another')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
})

it('a case of version 1 decides by the table of version 1, over a restart, and a new one by that of version 2', async () => {
  const decision = (answer: string) =>
    `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="drg" name="D" namespace="x"><decision id="rule" name="rule"><variable id="v" name="rule"/><literalExpression id="l"><text>"${answer}"</text></literalExpression></decision></definitions>`
  const rule = '<zeebe:calledDecision decisionId="rule" resultVariable="answer"/>'
  const withRule = (answer: string) => ({
    ...files('One'),
    'p.bpmn': model(
      `${node('startEvent', 's')}${node('userTask', 'a', '<zeebe:assignmentDefinition assignee="p"/>')}${node('businessRuleTask', 'r', rule)}${node('userTask', 'b', '<zeebe:assignmentDefinition assignee="p"/>')}${node('endEvent', 'e')}${line('s', 'a', 'r', 'b', 'e')}`,
    ).replace('"process"', '"pack"'),
    'd.dmn': decision(answer),
  })
  const prepare = async () => ({ id: 'pack', name: 'One', unitId: '', files: withRule('old'), problems: [] })
  await host().packages.create(prepare, ['x'], designer, 'begin')
  await publish('first')
  const start = (requestId: string) =>
    host().start({ processId: 'pack', units: [], variables: {}, actor: designer, requestId })
  const answerOf = async (started: Awaited<ReturnType<typeof start>>) => {
    const { key } = started.facts.find(({ kind }) => kind === 'userTask.created')!
    const value = { variables: {}, formKey: null }
    const { facts } = await host().submit({
      kind: 'userTask.complete',
      key,
      actor: designer,
      requestId: `c${key}`,
      value,
    })
    return facts.flatMap((fact) => (fact.kind === 'variables.set' ? [fact.value.variables] : []))
  }
  const one = await start('s1')
  await host().packages.save('pack', [{ name: 'd.dmn', text: decision('new'), revision: 1 }], 'p')
  await publish('second')
  const two = await start('s2')
  await temporary.reopen()
  expect(await answerOf(one)).toContainEqual({ answer: 'old' })
  expect(await answerOf(two)).toContainEqual({ answer: 'new' })
})
