import { modelWriter } from '@bihuan/engine/testing'
import { expect, it } from 'vitest'
import { readTree, writeTree } from './clipboard.ts'

type Copied = Record<string, { id: string; businessObject: ReturnType<ReturnType<typeof modelWriter>['create']> }[]>

it('carries copied steps to another model with their types, extensions and shared parts', () => {
  const from = modelWriter()
  const message = from.create('bpmn:Message', { id: 'Message_1', name: 'm' })
  const own = from.create('bihuan:Stage', { name: 's' })
  const assignment = from.create('zeebe:AssignmentDefinition', { candidateGroups: 'clerk' })
  const task = from.create('bpmn:UserTask', {
    id: 'review',
    name: 'Review <b>',
    extensionElements: from.create('bpmn:ExtensionElements', { values: [assignment, own] }),
  })
  const received = from.create('bpmn:ReceiveTask', { id: 'wait', messageRef: message })
  const again = from.create('bpmn:ReceiveTask', { id: 'wait_2', messageRef: message })
  const tree = {
    0: [task, received, again].map((businessObject) => ({
      id: businessObject.id as string,
      businessObject,
      x: 10,
      y: 20,
    })),
  }

  const read = readTree(writeTree(tree), modelWriter()) as Copied
  const [review, wait, second] = read[0]!.map(({ businessObject }) => businessObject)
  expect(review!.$type).toBe('bpmn:UserTask')
  expect(review!.name).toBe('Review <b>')
  const values = (review!.extensionElements as { values: { $type: string; name?: string }[] }).values
  expect(values.map(({ $type }) => $type)).toEqual(['zeebe:AssignmentDefinition', 'bihuan:Stage'])
  expect(values[1]!.name).toBe('s')
  expect((values[0] as unknown as { $parent: unknown }).$parent).toBe(review!.extensionElements)
  expect(wait!.messageRef).toBe(second!.messageRef)
})

it('takes nothing that is no copy of ours', () => {
  const moddle = modelWriter()
  expect(readTree('not json', moddle)).toBeUndefined()
  expect(readTree('"text"', moddle)).toBeUndefined()
  expect(readTree('null', moddle)).toBeUndefined()
  expect(readTree('{"0":[{"businessObject":{"$type":"evil:Unknown"}}]}', moddle)).toBeUndefined()
})
