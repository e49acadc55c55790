import { modelWriter } from '@bihuan/engine/testing'
import type { Element, Moddle, ModdleElement } from 'bpmn-js/lib/model/Types'
import { expect, it } from 'vitest'
import { ownChange, ownProperties, ownValue } from './own-property.ts'

const text = (of: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="d" targetNamespace="t">
  <bpmn:process id="p" isExecutable="true"><bpmn:extensionElements>${of}</bpmn:extensionElements></bpmn:process>
</bpmn:definitions>`

async function processOf(of: string) {
  const moddle: Moddle = modelWriter()
  const { rootElement } = await moddle.fromXML(text(of))
  const businessObject: ModdleElement = rootElement.rootElements[0]
  const strict = ownProperties(businessObject).find(({ property }) => property === 'strict')!
  const set = (value: string) =>
    ownChange({ businessObject } as Element, strict, value, { create: moddle.create.bind(moddle) }).map(
      ({ context }) => (context as { properties: object }).properties,
    )
  return { strict, businessObject, set }
}

it('CO22 a strict process shows as ticked, and ticking sets the attribute alone', async () => {
  const { strict, businessObject, set } = await processOf('<bihuan:case title="=t" strict="true" />')
  expect(ownValue(businessObject, strict)).toBe('true')
  expect(set('')).toEqual([{ strict: undefined }])
  const loose = await processOf('<bihuan:case title="=t" />')
  expect(ownValue(loose.businessObject, loose.strict)).toBe('')
  expect(loose.set('true')).toEqual([{ strict: true }])
})

it('CO22 a process without settings of its own gets them, and loses them with the last', async () => {
  const bare = await processOf('')
  expect(bare.set('true')).toMatchObject([{ values: [{ $type: 'bihuan:Case', strict: true }] }])
  expect((await processOf('<bihuan:case strict="true" />')).set('')).toEqual([{ values: [] }])
})
