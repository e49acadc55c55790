import { expect, test } from 'vitest'
import type { DefinitionBundle } from '../model/definition.ts'
import type { MappingInstruction } from '../record/record.ts'
import { fold } from '../state/apply.ts'
import { serializeState } from '../state/snapshot.ts'
import { emptyState } from '../state/state.ts'
import { betweens, each, flow, line, model, node, type Play, play, timer, units, versionsOf } from '../testing/index.ts'
import { planMigration } from './plan.ts'
import { suggestMappings } from './suggest.ts'

const straight = (inner: string, ...ids: readonly string[]) =>
  model(node('startEvent', 'start') + inner + node('endEvent', 'end') + line('start', ...ids, 'end'))
const ONE = straight(node('userTask', 'a'), 'a')
const TWO = straight(node('userTask', 'a') + node('userTask', 'b'), 'a', 'b')
const same = (...ids: readonly string[]): MappingInstruction[] =>
  ids.map((id) => ({ sourceElementId: id, targetElementId: id }))

async function pair(source: string, target: string): Promise<[DefinitionBundle, DefinitionBundle]> {
  const [one, two] = await versionsOf([source, target])
  return [one!, two!]
}

function migrate(game: Play, { key }: { readonly key: number }, mappings: readonly MappingInstruction[]) {
  return game.send('processInstance.migrate', undefined, {
    reason: 'a step was missing',
    targetDefinitionKey: key,
    mappings,
  })
}

/** Why what cannot move cannot, by element. */
function reasonsOf(game: Play, target: { readonly key: number }, mappings: readonly MappingInstruction[]) {
  const { rejection, facts } = migrate(game, target, mappings)
  expect(facts).toEqual([])
  return rejection?.problems.map(({ elementId, facts: { reason } }) => `${elementId} ${reason}`)
}

test.each(Object.entries(betweens))('MG1 MG13 the case goes on in the target and back: %s', async (_, between) => {
  const [one, two] = await pair(ONE, TWO)
  const game = play(one, between)
  game.start()
  expect(migrate(game, two, same('a')).facts[0]).toMatchObject({
    kind: 'processInstance.migrated',
    value: {
      definitionKey: two.key,
      version: 2,
      processId: 'process',
      from: { definitionKey: one.key, version: 1, processId: 'process' },
      mappings: same('a'),
      reason: 'a step was missing',
    },
  })
  game.complete('a')
  expect(game.tasks()).toEqual(['b'])
  expect(reasonsOf(game, one, [])).toEqual(['b unmapped'])
  migrate(game, one, [{ sourceElementId: 'b', targetElementId: 'a' }])
  game.complete('a')
  expect(game.state.instance).toMatchObject({ status: 'completed', definitionKey: one.key })
  expect(serializeState(fold(emptyState(1024), game.facts))).toEqual(serializeState(game.state))
})

test('MG1 what there is not, and what has ended, is not migrated', async () => {
  const [one, two] = await pair(ONE, TWO)
  const game = play(one)
  expect(migrate(game, two, []).rejection?.code).toBe('NOT_FOUND')
  game.start()
  expect(migrate(game, { key: 7 }, []).rejection).toMatchObject({ code: 'NOT_FOUND', facts: { definitionKey: '7' } })
  game.complete('a')
  expect(migrate(game, two, []).rejection?.code).toBe('PROCESS_INSTANCE_ENDED')
})

test('MG1 of a thousand things that cannot move a hundred are listed, and all are counted', async () => {
  const many = straight(node('userTask', 'a', '', each({ items: 'for i in 1..400 return i' })), 'a')
  const [one, two] = await pair(many, ONE)
  const game = play(one)
  game.start()
  const { rejection } = migrate(game, two, same('a'))
  expect(rejection?.facts.count).toBe(401)
  expect(rejection?.problems).toHaveLength(100)
})

test('MG2 mappings that do not hold are refused, whatever is active; names of the prototype are names', async () => {
  const [one, two] = await pair(ONE, TWO)
  const game = play(one)
  game.start()
  const to = (sourceElementId: string, targetElementId: string) => ({ sourceElementId, targetElementId })
  expect(
    reasonsOf(game, two, [
      to('a', 'a'),
      to('a', 'b'),
      to('constructor', 'a'),
      to('end', '__proto__'),
      to('start_a', 'a_b'),
      to('a_end', 'a_b'),
      to('start', 'start_a'),
      to('process', 'process'),
    ]),
  ).toEqual(['a sourceTwice', 'constructor sourceUnknown', 'end targetUnknown', 'a_end targetTwice', 'start type'])
})

test.each<[string, string, string, string]>([
  ['a user task for people', node('userTask', 'a'), node('userTask', 'a', '', '', 'jobBased'), 'implementation'],
  [
    'a script of its own',
    script('<zeebe:script expression="=1" resultVariable="x"/>'),
    script('<zeebe:taskDefinition type="t"/>'),
    'implementation',
  ],
  [
    'one at a time',
    node('userTask', 'a', '', each({ items: '[1]', sequential: true })),
    node('userTask', 'a', '', each({ items: '[1]' })),
    'multiInstance',
  ],
  ['an activity', node('userTask', 'a'), node('serviceTask', 'a', '<zeebe:taskDefinition type="t"/>'), 'type'],
])('MG3 %s stays what it is', async (_, source, target, reason) => {
  const [one, two] = await pair(straight(source, 'a'), straight(target, 'a'))
  const game = play(one)
  game.start()
  expect(new Set(reasonsOf(game, two, same('a')))).toEqual(new Set([`a ${reason}`]))
})

/** A script task that waits for its listener. */
function script(extension: string): string {
  const listener = '<zeebe:executionListener eventType="start" type="wait"/>'
  return node('scriptTask', 'a', `${extension}<zeebe:executionListeners>${listener}</zeebe:executionListeners>`)
}

test('MG5 nothing is evaluated anew: assignee, deadline and job are those it was given', async () => {
  const task = (assignee: string, due: string, type: string) =>
    straight(
      node(
        'userTask',
        'a',
        `<zeebe:assignmentDefinition assignee="${assignee}"/><zeebe:taskSchedule dueDate="${due}"/>`,
      ) +
        node('serviceTask', 'b', `<zeebe:taskDefinition type="${type}" retries="5"/>`) +
        node('parallelGateway', 'fork') +
        flow('fork', 'b') +
        flow('b', 'end'),
      'fork',
      'a',
    )
  const [one, two] = await pair(task('one', '2026-06-01T00:00:00Z', 'old'), task('=absent.x', 'never', 'new'))
  const game = play(one)
  game.start()
  const before = serializeState(game.state)
  expect(migrate(game, two, same('a', 'b')).rejection).toBe(null)
  const after = serializeState(game.state)
  expect(after.jobs).toEqual(before.jobs)
  expect(after.tasks).toEqual(before.tasks.map((one) => ({ ...one, formKey: null })))
})

test('MG6 a timer that fired is not opened again by its mapping; without one it begins anew', async () => {
  const drawn = straight(
    node('userTask', 'a') +
      node('boundaryEvent', 'late', '', timer('timeDuration', 'PT1H'), 'attachedToRef="a" cancelActivity="false"') +
      node('endEvent', 'x') +
      flow('late', 'x'),
    'a',
  )
  const [one, two] = await pair(drawn, drawn)
  const game = play(one)
  game.start()
  game.fire('late')
  migrate(game, two, same('a', 'late'))
  expect(game.state.timers.size).toBe(0)
  migrate(game, one, same('a'))
  expect([...game.state.timers.values()].map(({ dueAt }) => dueAt - game.at)).toEqual([3_600_000])
})

test('MG9 a task shows the form of the target; answers to the form of before are refused', async () => {
  const form = (id: string) => node('userTask', 'a', `<zeebe:formDefinition formId="${id}"/>`)
  const [one, two] = await pair(straight(form('old'), 'a'), straight(form('new'), 'a'))
  const forms = { old: { key: 11 }, new: { key: 12 } }
  const withForms = (bundle: DefinitionBundle): DefinitionBundle => ({ ...bundle, forms, others })
  const others = { ...one.others!, byKey: (key: number) => (key === two.key ? withForms(two) : null) }
  const game = play(withForms(one))
  game.start()
  const task = [...game.state.tasks.keys()][0]
  expect(migrate(game, two, same('a')).facts).toContainEqual({
    kind: 'userTask.migrated',
    key: task,
    version: 1,
    value: { elementId: 'a', name: 'a', formId: 'new', formKey: 12 },
  })
  const complete = (formKey: number | null) => game.send('userTask.complete', task, { variables: {}, formKey })
  expect(complete(11).rejection?.code).toBe('FORM_VERSION_STALE')
  expect(complete(12).rejection).toBe(null)
})

test('MG9 answers to the step of before are refused, though both have the same form or none', async () => {
  const steps = node('userTask', 'a') + node('userTask', 'b')
  const [one, two] = await pair(straight(steps, 'a', 'b'), straight(steps, 'a', 'b'))
  const game = play(one)
  game.start()
  const task = [...game.state.tasks.keys()][0]
  const complete = (place: { definitionKey: number; elementId: string }) =>
    game.send('userTask.complete', task, { variables: {}, formKey: null, place }).rejection?.code
  migrate(game, two, same('a'))
  expect(complete({ definitionKey: one.key, elementId: 'a' })).toBe('FORM_VERSION_STALE')
  migrate(game, two, [{ sourceElementId: 'a', targetElementId: 'b' }])
  expect(complete({ definitionKey: two.key, elementId: 'a' })).toBe('FORM_VERSION_STALE')
  expect(complete({ definitionKey: two.key, elementId: 'b' })).toBe(undefined)
})

test('MG9 an act that is kept is called as the target calls it, with its form; who may send it stays', async () => {
  const drawn = (label: string, group: string) =>
    model(
      node('startEvent', 'start') +
        node('userTask', 'a') +
        node('endEvent', 'end') +
        line('start', 'a', 'end') +
        node(
          'boundaryEvent',
          'back',
          `<bihuan:caseAction label="${label}" formId="form" candidateGroups="${group}"/>`,
          '<bpmn:messageEventDefinition messageRef="m"/>',
          'attachedToRef="a"',
        ) +
        node('endEvent', 'x') +
        flow('back', 'x'),
      '<bpmn:message id="m" name="withdraw"/>',
    )
  const [one, two] = await pair(drawn('Take back', 'clerk'), drawn('Withdraw', 'reviewer@nowhere'))
  const bundles = [one, two].map((bundle, index) => ({ ...bundle, forms: { form: { key: 11 + index } } }))
  const others = { ...one.others!, byKey: (key: number) => bundles.find((bundle) => bundle.key === key) ?? null }
  const game = play({ ...bundles[0]!, others })
  game.start()
  const action = () => [...game.state.subscriptions.values()].map((waiting) => 'action' in waiting && waiting.action)
  const [before] = action()
  expect(before).toMatchObject({ label: 'Take back', formKey: 11 })
  migrate(game, two, same('a', 'back'))
  expect(action()).toEqual([{ ...(before as object), label: 'Withdraw', formKey: 12 }])
})

test('MG12 what waits for the listeners of a task that is being canceled cannot move', async () => {
  const listened = node(
    'userTask',
    'a',
    '<zeebe:taskListeners><zeebe:taskListener eventType="canceling" type="t"/></zeebe:taskListeners>',
  )
  const [one, two] = await pair(straight(listened, 'a'), straight(listened, 'a'))
  const game = play(one)
  game.start()
  game.send('processInstance.cancel', undefined, { reason: 'asked' })
  expect(reasonsOf(game, two, same('a'))).toEqual(['process ending', 'a ending'])
})

test('MG13 a process that waits to begin begins at the start event of the target', async () => {
  const listened = (id: string, listener = 'wait') =>
    model(
      node('startEvent', id, '', '<bpmn:messageEventDefinition messageRef="m"/>') +
        node('endEvent', 'end') +
        line(id, 'end') +
        `<bpmn:extensionElements><zeebe:executionListeners><zeebe:executionListener eventType="start" type="${listener}"/></zeebe:executionListeners></bpmn:extensionElements>`,
      '<bpmn:message id="m" name="m"/>',
    )
  const [one, two] = await pair(listened('here'), listened('there'))
  const game = play(one)
  const value = { units, variables: {}, parameters: {}, businessId: null, startEventId: 'here' }
  game.send('processInstance.create', undefined, value)
  expect(reasonsOf(game, two, [])).toEqual(['process startEvent'])
  migrate(game, two, [{ sourceElementId: 'here', targetElementId: 'there' }])
  const { facts } = game.send('job.complete', [...game.state.jobs.keys()][0], { variables: {} })
  expect(facts.find(({ kind }) => kind === 'element.activated')?.value).toMatchObject({ elementId: 'there' })
})

test('MG14 what has the same id, kind and scope is suggested, and flows that lead there', async () => {
  const source = straight(
    node('userTask', 'a') +
      node('userTask', 'b') +
      node('boundaryEvent', 'late', '', timer('timeDuration', 'PT1H'), 'attachedToRef="a"') +
      node('subProcess', 's', '', node('startEvent', 's0') + node('userTask', 'c') + line('s0', 'c')) +
      node('endEvent', 'x') +
      flow('late', 'x'),
    'a',
    'b',
    's',
  )
  const target = straight(
    node('userTask', 'a') +
      node('manualTask', 'b') +
      node('boundaryEvent', 'late', '', timer('timeDuration', 'PT2H'), 'attachedToRef="c"') +
      node('subProcess', 's', '', node('startEvent', 's0') + line('s0')) +
      node('userTask', 'c') +
      node('endEvent', 'x') +
      flow('late', 'x'),
    'a',
    'b',
    's',
    'c',
  )
  const [one, two] = await pair(source, target)
  const suggested = suggestMappings(one.process, two.process)
  expect(suggested).toEqual(same('start', 'a', 's', 's0', 'x', 'end', 'late_x', 'start_a', 'b_s'))
  const game = play(one)
  game.start()
  expect(planMigration(one.process, two.process, game.state, suggested)).toMatchObject({ ok: true })
  expect(planMigration(one.process, two.process, game.state, [])).toMatchObject({
    ok: false,
    problems: [{ reason: 'unmapped', elementId: 'a' }],
  })
})
