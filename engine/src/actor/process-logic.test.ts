import { expect, test } from 'vitest'
import { createActor } from 'xstate'
import type { Command } from '../record/record.ts'
import { serializeState } from '../state/snapshot.ts'
import { bundleOf, line, model, node, units } from '../testing/index.ts'
import { createProcessLogic } from './process-logic.ts'

const bundle = await bundleOf(
  model(node('startEvent', 'start') + node('userTask', 'a') + node('endEvent', 'end') + line('start', 'a', 'end')),
)
const command = (given: object) =>
  ({
    type: 'command',
    command: { at: 0, actor: { type: 'system', id: 't' }, requestId: 'r', ...given } as Command,
  }) as const
const create = command({
  kind: 'processInstance.create',
  value: { units, variables: {}, parameters: {}, businessId: null },
})

test('AC1 the actor stays active after the end of the case, and its last step is readable', () => {
  const actor = createActor(createProcessLogic(bundle), { input: { stream: 1024 } }).start()
  actor.send(create)
  const [task] = actor.getSnapshot().state.tasks.keys()
  actor.send(command({ kind: 'userTask.complete', key: task, value: { variables: {}, formKey: null } }))
  expect(actor.getSnapshot()).toMatchObject({ status: 'active', fault: null })
  expect(actor.getSnapshot().last?.facts.at(-1)?.kind).toBe('processInstance.completed')
  actor.send(command({ kind: 'userTask.complete', key: task, value: { variables: {}, formKey: null } }))
  expect(actor.getSnapshot().last?.rejection?.code).toBe('USER_TASK_COMPLETED')
})

test('AC2 a persisted snapshot is JSON and goes on where it was', () => {
  const logic = createProcessLogic(bundle)
  const actor = createActor(logic, { input: { stream: 1024 } }).start()
  actor.send(create)
  const saved = JSON.parse(JSON.stringify(actor.getPersistedSnapshot()))
  const again = createActor(logic, { snapshot: saved, input: { stream: 1024 } }).start()
  expect(again.getPersistedSnapshot()).toEqual(saved)
  const [task] = again.getSnapshot().state.tasks.keys()
  again.send(command({ kind: 'userTask.complete', key: task, value: { variables: {}, formKey: null } }))
  expect(again.getSnapshot().state.instance?.status).toBe('completed')
})

test('AC3 a transition never throws: a fault of the engine is kept and nothing more is taken', () => {
  const broken = { ...bundle, process: { ...bundle.process, scopes: {} } }
  const actor = createActor(createProcessLogic(broken), { input: { stream: 1024 } }).start()
  actor.send(create)
  expect(actor.getSnapshot().fault).toBeInstanceOf(Error)
  expect(actor.getSnapshot().status).toBe('active')
  const { state } = actor.getSnapshot()
  const before = serializeState(state)
  actor.send(command({ kind: 'processInstance.cancel', value: { reason: '' } }))
  expect(serializeState(actor.getSnapshot().state)).toEqual(before)
})

test('ST3 a state that meets a definition without its elements is a fault, named by its rule', async () => {
  const actor = createActor(createProcessLogic(bundle), { input: { stream: 1024 } }).start()
  actor.send(create)
  const other = await bundleOf(
    model(node('startEvent', 'start') + node('userTask', 'b') + node('endEvent', 'end') + line('start', 'b', 'end')),
  )
  const snapshot = JSON.parse(JSON.stringify(actor.getPersistedSnapshot()))
  const moved = createActor(createProcessLogic(other), { snapshot, input: { stream: 1024 } }).start()
  const [task] = moved.getSnapshot().state.tasks.keys()
  moved.send(command({ kind: 'userTask.complete', key: task, value: { variables: {}, formKey: null } }))
  expect(moved.getSnapshot().fault?.message).toContain('ST3')
})
