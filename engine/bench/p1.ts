import { EventEmitter } from 'node:events'
import { performance } from 'node:perf_hooks'
import { Engine } from 'bpmn-engine'
import { createActor } from 'xstate'
import type { Figure } from '../../scripts/figure.ts'
import { type Command, createProcessLogic, type DefinitionBundle, type Key } from '../src/index.ts'
import { bundleOf, flow, line, model, node } from '../src/testing/index.ts'

const ROUNDS = 8
/** So many take about as long on either side: neither is measured less warm than the other. */
const OURS = 2_500
const THEIRS = 20

/** start → A → gateway (condition) → B and C in parallel → join → D → end, as figure P1 asks. */
const drawing = (condition: string) =>
  node('startEvent', 'start') +
  node('userTask', 'a') +
  node('exclusiveGateway', 'choice', '', '', 'default="choice_end"') +
  node('parallelGateway', 'fork') +
  node('userTask', 'b') +
  node('userTask', 'c') +
  node('parallelGateway', 'join') +
  node('userTask', 'd') +
  node('endEvent', 'end') +
  line('start', 'a', 'choice') +
  condition +
  flow('choice', 'end') +
  line('fork', 'b', 'join') +
  line('fork', 'c', 'join') +
  line('join', 'd', 'end')

/**
 * P1: instances a second in memory against `bpmn-engine` on the same model, in one run, taking turns. Each of our
 * instances is an XState actor that takes five commands and keeps every fact.
 */
export async function p1(): Promise<Figure> {
  const bundle = await bundleOf(model(drawing(flow('choice', 'fork', '3 * present >= 2 * expected'))))
  const theirs = model(
    drawing(
      '<bpmn:sequenceFlow id="choice_fork" sourceRef="choice" targetRef="fork"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="javascript">next(null, this.environment.variables.present &gt; 0)</bpmn:conditionExpression></bpmn:sequenceFlow>',
    ),
  )
  let ourTime = 0
  let theirTime = 0
  runOurs(bundle, OURS)
  await runTheirs(theirs, THEIRS)
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    runOurs(bundle, OURS)
    const middle = performance.now()
    await runTheirs(theirs, THEIRS)
    ourTime += middle - start
    theirTime += performance.now() - middle
  }
  const ours = (ROUNDS * OURS) / ourTime
  const other = (ROUNDS * THEIRS) / theirTime
  return { name: 'P1', value: ours / other, goal: '>=150' }
}

function runOurs(bundle: DefinitionBundle, count: number): void {
  const logic = createProcessLogic(bundle)
  for (let index = 0; index < count; index++) {
    const actor = createActor(logic, { input: { stream: 1024 + index } }).start()
    const send = (given: Pick<Command, 'kind' | 'key' | 'value'>) => {
      const command = { ...given, at: 0, actor: { type: 'system', id: 'bench' }, requestId: 'bench' } as Command
      actor.send({ type: 'command', command })
      if (actor.getSnapshot().last?.rejection !== null) throw new Error('the bench was refused')
    }
    const complete = (elementId: string) => send({ kind: 'userTask.complete', key: taskAt(elementId), value: done })
    const taskAt = (elementId: string): Key => {
      for (const task of actor.getSnapshot().state.tasks.values()) if (task.elementId === elementId) return task.key
      throw new Error(`no task at ${elementId}`)
    }
    send({
      kind: 'processInstance.create',
      value: { units: [], variables: { present: 34, expected: 50 }, parameters: {}, businessId: null },
    })
    for (const elementId of ['a', 'b', 'c', 'd']) complete(elementId)
    if (actor.getSnapshot().state.instance?.status !== 'completed') throw new Error('the bench did not end')
    actor.stop()
  }
}

const done = { variables: { answer: 'yes' }, formKey: null }

async function runTheirs(source: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const engine = new Engine({ name: 'bench', source })
    const listener = new EventEmitter()
    listener.on('wait', (activity: { signal(message: object): void }) => activity.signal({ answer: 'yes' }))
    const ended = engine.waitFor('end')
    await engine.execute({ listener, variables: { present: 34 } })
    await ended
  }
}
