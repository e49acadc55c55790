import { line, model, node } from '@bihuan/engine/testing'
import { expect, it } from 'vitest'
import { type HostPlay, keyOf, named, seed } from './host-play.ts'

const call = (binding: string) =>
  node('callActivity', 'call', `<zeebe:calledElement processId="child" bindingType="${binding}"/>`)

export const caller = (binding: string, first = '') =>
  model(
    `${node('startEvent', 's')}${first && node('userTask', first)}${call(binding)}${node('endEvent', 'e')}
     ${line('s', ...(first ? [first] : []), 'call', 'e')}`,
  )

/** A process to be called, whose task has the name of its version. */
export const child = (task: string) =>
  named(
    model(
      `${node('startEvent', 's')}${node('userTask', task, '<bihuan:stage name="Stage"/>', '', `name="${task}"`)}${node('endEvent', 'e')}${line('s', task, 'e')}`,
    ),
    'child',
  )

/** Processes that call others. */
export function calls(play: HostPlay): void {
  const openTasks = async () => (await play.sorted('userTask')).filter(({ state }) => state === 'created')
  const deployBoth = (binding: string, task: string, requestId: string) =>
    play.host.deploy(
      [
        { name: 'p.bpmn', content: Buffer.from(caller(binding)) },
        { name: 'c.bpmn', content: Buffer.from(child(task)) },
      ],
      seed,
      requestId,
    )

  it('calls the version that is latest then, and goes on with it after a restart', async () => {
    await play.deploy(child('one'), 'd1')
    await play.deploy(caller('latest', 'before'), 'd2')
    const first = await play.start({}, 's1')
    const second = await play.start({}, 's2')
    const called = await play.complete(keyOf(first.facts, 'userTask.created'), 'c1')
    await play.reopen()
    await play.deploy(child('two'), 'd3')
    await play.reopen()
    await play.complete(keyOf(second.facts, 'userTask.created'), 'c2')
    expect((await openTasks()).map(({ elementId }) => elementId)).toEqual(['one', 'two'])
    await play.reopen()
    await play.complete(keyOf(called.facts, 'userTask.created'), 'c3')
    expect((await play.rows('processInstance')).map(({ state }) => state).sort()).toEqual(['active', 'completed'])
  })

  it('calls the version deployed with the caller, whatever is deployed later', async () => {
    await deployBoth('deployment', 'one', 'd1')
    await play.deploy(child('two'), 'd2')
    await play.reopen()
    await play.start({}, 's1')
    // The caller is as it was, and still a version of its own: it was deployed with another.
    await deployBoth('deployment', 'three', 'd3')
    await play.start({}, 's2')
    expect((await openTasks()).map(({ elementId }) => elementId)).toEqual(['one', 'three'])
    expect((await play.sorted('processInstance')).map(({ version }) => version)).toEqual([1, 2])
  })

  it('tells what stands in a called process from what stands in the case', async () => {
    await deployBoth('latest', 'one', 'd1')
    const { definitionKey, instanceKey } = await play.start()
    const [task] = await openTasks()
    expect(task?.definitionKey).not.toBeNull()
    expect(task?.definitionKey).not.toBe(definitionKey)
    await play.reopen()
    await play.complete(task!.key, 'c')
    const rows = await play.sorted('elementInstance')
    const inside = rows.filter((row) => row.definitionKey === task!.definitionKey).map(({ elementId }) => elementId)
    expect(inside).toEqual(['child', 's', 'one', 'e'])
    expect(rows.filter((row) => row.definitionKey === null).map(({ elementId }) => elementId)).toEqual([
      's',
      'call',
      'e',
    ])
    expect((await play.rows('flowTaken')).map(({ flowId }) => flowId).sort()).toEqual(['call_e', 's_call'])
    expect(await play.rows('processInstance')).toMatchObject([
      { key: instanceKey, state: 'completed', stageElementId: null },
    ])
  })
}
