import { expect, test } from 'vitest'
import { compile } from '../../compile/compile.ts'
import { each, flow, line, model, node, timer } from '../../testing/model.ts'
import { Order } from './order.ts'

const user = (...ids: string[]) => ids.map((id) => node('userTask', id)).join('')
const begin = node('startEvent', 'start') + node('endEvent', 'end')

/** Asks whether `first` can come before `then`: `asked('first then')`. */
async function orderOf(content: string): Promise<(pair: string) => boolean> {
  const [process] = (await compile(model(content), 'a.bpmn')).processes
  if (!process) throw new Error('the model is refused')
  const order = new Order(process)
  return (pair) => {
    const [first, then] = pair.split(' ').map((id) => process.nodes[id]!)
    return order.canPrecede(first!, then!)
  }
}

test('CO21 what only follows does not precede; what goes back does', async () => {
  const asked = await orderOf(begin + user('a', 'b') + line('start', 'a', 'b', 'end'))
  expect(['a b', 'start a', 'b a', 'a start', 'a a'].map(asked)).toEqual([true, true, false, false, false])
  const loop = await orderOf(
    begin +
      user('a', 'b') +
      node('exclusiveGateway', 'm') +
      node('exclusiveGateway', 'g', '', '', 'default="g_end"') +
      line('start', 'm', 'a', 'b', 'g', 'end') +
      flow('g', 'm', 'x'),
  )
  expect(['b a', 'a a', 'b start', 'end a'].map(loop)).toEqual([true, true, false, false])
})

test('CO21 branches come in any order, and so does what another path leads to', async () => {
  const fork = (type: string) =>
    begin +
    node(type, 'g', '', '', type === 'exclusiveGateway' ? 'default="g_b"' : '') +
    user('a', 'b', 'c') +
    node('exclusiveGateway', 'm') +
    line('start', 'g') +
    flow('g', 'a', type === 'exclusiveGateway' ? 'x' : undefined) +
    line('g', 'b', 'm') +
    line('a', 'm', 'c', 'end')
  for (const type of ['parallelGateway', 'exclusiveGateway']) {
    const asked = await orderOf(fork(type))
    expect(['a b', 'b a', 'a c', 'c a', 'c g'].map(asked)).toEqual([true, true, true, true, false])
  }
})

test('CO21 boundary events and event sub-processes come whenever they do', async () => {
  const boundary = node(
    'boundaryEvent',
    'late',
    '',
    timer('timeDuration', 'P1D'),
    'attachedToRef="a" cancelActivity="false"',
  )
  const inside = node('startEvent', 'es', '', timer('timeDuration', 'P1D')) + user('e') + line('es', 'e')
  const asked = await orderOf(
    begin +
      user('a', 'b', 'r') +
      boundary +
      node('subProcess', 'esp', '', inside, 'triggeredByEvent="true"') +
      line('start', 'a', 'b', 'end') +
      line('late', 'r'),
  )
  expect(['r a', 'r b', 'b r', 'e a', 'b e', 'b a'].map(asked)).toEqual([true, true, true, true, true, false])
})

test('CO21 a sub-process begins before what lies in it and is done after; items come in any order', async () => {
  const inner = node('startEvent', 's') + user('i', 'j') + line('s', 'i', 'j')
  const content = (more = '') =>
    begin + user('a', 'b') + node('subProcess', 'sub', '', inner + more) + line('start', 'a', 'sub', 'b', 'end')
  const asked = await orderOf(content())
  expect(['sub i', 'i sub', 'j i', 'i j', 'a i', 'i a', 'b i', 'i b'].map(asked)).toEqual([
    true,
    false,
    false,
    true,
    true,
    false,
    false,
    true,
  ])
  const many = await orderOf(content(each({ items: 'list' })))
  expect(['j i', 'i sub', 'b i'].map(many)).toEqual([true, true, false])
})
