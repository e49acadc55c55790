import { expect, test } from 'vitest'
import { compile } from '../compile/compile.ts'
import { flow, line, model, node, timer } from '../testing/index.ts'

test('EG7 an event whose start listeners nobody would hear is refused after an event-based gateway', async () => {
  const listener =
    '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="note"/></zeebe:executionListeners>'
  const xml = (extensions: string) =>
    model(
      node('startEvent', 'start') +
        node('eventBasedGateway', 'gateway') +
        node('intermediateCatchEvent', 'soon', extensions, timer('timeDuration', 'PT1H')) +
        node('intermediateCatchEvent', 'late', '', timer('timeDuration', 'P1D')) +
        line('start', 'gateway', 'soon') +
        flow('gateway', 'late'),
    )
  const codes = async (extensions: string) =>
    (await compile(xml(extensions), 'test.bpmn')).problems.map((problem) => problem.code)
  expect(await codes(listener)).toEqual(['EVENT_GATEWAY_TARGET'])
  expect(await codes(listener.replace('start', 'end'))).toEqual([])
})
