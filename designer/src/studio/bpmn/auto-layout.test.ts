import { line, model, modelWriter, node } from '@bihuan/engine/testing'
import { expect, it } from 'vitest'
import { layoutOf } from './auto-layout.ts'

it('places a line of steps from left to right with a way between each two', async () => {
  const into = (id: string) => `<bpmn:incoming>${id}</bpmn:incoming>`
  const out = (id: string) => `<bpmn:outgoing>${id}</bpmn:outgoing>`
  const xml = model(
    node('startEvent', 's', '', out('s_a')) +
      node('userTask', 'a', '', into('s_a') + out('a_e')) +
      node('endEvent', 'e', '', into('a_e')) +
      line('s', 'a', 'e'),
  )
  const { boxes, ways } = await layoutOf(xml, modelWriter())
  const [s, a, e] = ['s', 'a', 'e'].map((id) => boxes.get(id)!)
  expect(s!.x + s!.width).toBeLessThan(a!.x)
  expect(a!.x + a!.width).toBeLessThan(e!.x)
  expect([...ways.keys()].sort()).toEqual(['a_e', 's_a'])
  expect(ways.get('s_a')!.length).toBeGreaterThanOrEqual(2)
})
