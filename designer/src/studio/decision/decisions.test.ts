import { expect, it } from 'vitest'
import { decisionsOf, usesOf } from './decisions.ts'

it('lists the decisions of all files, with the names people gave them', () => {
  const files = {
    'b.dmn': `<definitions><dmn:decision name='甲 &amp; &lt;乙&gt;' id="d1"><x/></dmn:decision><decision id="d2"/></definitions>`,
    'a.dmn': '<definitions>',
    'p.bpmn': '<zeebe:calledDecision decisionId="d1" />',
  }
  expect(decisionsOf(files)).toEqual([
    { file: 'a.dmn', id: '', name: 'a.dmn' },
    { file: 'b.dmn', id: 'd1', name: '甲 & <乙>' },
    { file: 'b.dmn', id: 'd2', name: 'd2' },
  ])
  expect(usesOf(files, 'd1')).toEqual(['p.bpmn'])
  expect(usesOf(files, 'd')).toEqual([])
})
