import { expect, test } from 'vitest'
import { bundleOf, line, model, node, play, trace } from '../testing/index.ts'

const roots =
  '<bpmn:escalation id="e1" escalationCode="late"/><bpmn:escalation id="e2" escalationCode="costly"/><bpmn:error id="r1" errorCode="lost"/>'
const escalation = (ref: string) => `<bpmn:escalationEventDefinition escalationRef="${ref}"/>`
const throwing = (id: string, ref: string) => node('intermediateThrowEvent', id, '', escalation(ref))
const handler = (id: string, catches: string, inside: string) =>
  node(
    'subProcess',
    id,
    '',
    node('startEvent', `${id}Start`, '', escalation(catches), 'isInterrupting="false"') +
      inside +
      node('endEvent', `${id}End`),
    'triggeredByEvent="true"',
  )

test('ES10 two event sub-processes that escalate to each other stop with incidents', async () => {
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          throwing('t', 'e1') +
          node('endEvent', 'end') +
          line('start', 't', 'end') +
          handler('one', 'e1', throwing('again', 'e2') + line('oneStart', 'again', 'oneEnd')) +
          handler('two', 'e2', throwing('back', 'e1') + line('twoStart', 'back', 'twoEnd')),
        roots,
      ),
    ),
  )
  game.start()
  const codes = [...game.state.incidents.values()].map((one) => one.code)
  expect(codes.length).toBeGreaterThan(0)
  expect(codes.length).toBeLessThan(10)
  expect(new Set(codes)).toEqual(new Set(['STEP_TOO_LONG']))
})

test('ES3 what an interrupting catcher ended writes nothing more', async () => {
  const game = play(
    await bundleOf(
      model(
        node('startEvent', 'start') +
          node(
            'subProcess',
            'a',
            '',
            node('startEvent', 's') + throwing('t', 'e1') + node('endEvent', 'e') + line('s', 't', 'e'),
          ) +
          node('endEvent', 'end') +
          line('start', 'a', 'end') +
          node('boundaryEvent', 'b', '', escalation('e1'), 'attachedToRef="a"') +
          node('endEvent', 'late') +
          line('b', 'late'),
        roots,
      ),
    ),
  )
  const told = trace(game.start().facts)
  const caught = told.indexOf('escalation.thrown t')
  expect(told.slice(caught)).toEqual([
    'escalation.thrown t',
    'element.terminated t',
    'element.terminated a',
    'element.activated b',
    'element.completed b',
    'sequenceFlow.taken b_late',
    'element.activated late',
    'element.completed late',
    'processInstance.completed',
  ])
})
