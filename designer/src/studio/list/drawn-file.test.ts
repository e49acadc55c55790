import { expect, it } from 'vitest'
import { drawnFile } from './drawn-file.ts'

const model = (name: string) =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x"><process id="p" name="${name}"><startEvent id="s" /></process></definitions>`

it('draws a model without a drawing, and leaves alone one in another encoding: its names would be lost', async () => {
  const drawn = await drawnFile(new File([model('救助')], 'a.bpmn'))
  expect(await drawn.text()).toContain('BPMNShape')
  expect(await drawn.text()).toContain('name="救助"')
  const gbk = Buffer.concat([
    Buffer.from(model('').slice(0, 100)),
    Buffer.from([0xbe, 0xc8]),
    Buffer.from(model('').slice(100)),
  ])
  const file = new File([gbk], 'a.bpmn')
  expect(await drawnFile(file)).toBe(file)
})
