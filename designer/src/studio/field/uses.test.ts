import { describe, expect, it } from 'vitest'
import { expressionsOf, namesRead, usesOf, usesOfParameter } from './uses.ts'

const bpmn = `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="b" xmlns:zeebe="z">
  <!-- <bpmn:userTask id="no" name="=amount" /> -->
  <bpmn:process id="p" name="P">
    <bpmn:extensionElements><bihuan:case title="=title" /></bpmn:extensionElements>
    <bpmn:userTask id="t" name="Check">
      <bpmn:extensionElements><zeebe:ioMapping><zeebe:input source="=amount * 2" target="x" /></zeebe:ioMapping></bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:exclusiveGateway id="g" name="Enough?" />
    <bpmn:sequenceFlow id="f" sourceRef="g" targetRef="t">
      <bpmn:conditionExpression>=amount &gt;= parameters.limit and held.amount &lt; 3</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
  </bpmn:process>
</bpmn:definitions>`
const dmn = `<definitions><decision id="d" name="Who"><decisionTable>
  <input><inputExpression><text>amount</text></inputExpression></input>
  <rule><inputEntry><text>&gt; parameters.limit</text></inputEntry><outputEntry><text><![CDATA["a" + title]]></text></outputEntry></rule>
</decisionTable></decision></definitions>`
const form = JSON.stringify({
  id: 'f',
  properties: { title: 'Form' },
  components: [
    { type: 'number', key: 'amount', label: 'Amount', conditional: { hide: '=title = null' } },
    { type: 'text', text: 'Hello {{title}}' },
    { type: 'number', key: 'n', label: 'N', properties: { check: 'n < amount' } },
  ],
})
const dictionary = {
  fields: [
    { key: 'amount', name: 'Amount', kind: 'money', grade: 'public', check: 'amount > 0' },
    { key: 'n', name: 'N', kind: 'number', grade: 'public', check: 'n <= amount' },
  ],
  access: {},
} as const

describe('where a variable is read', () => {
  const all = expressionsOf({ 'p.bpmn': bpmn, 'd.dmn': dmn, 'f.form': form, 'fields.yaml': 'amount' }, dictionary)
  it('is told by the element, the rule, the form and the check', () => {
    expect(usesOf(all, 'amount').map(({ part, name, source }) => [part, name, source])).toEqual([
      ['process', 'Check', 'amount * 2'],
      ['process', 'Enough? → Check', 'amount >= parameters.limit and held.amount < 3'],
      ['decision', 'Who', 'amount'],
      ['form', 'Form · N', 'n < amount'],
      ['field', 'N', 'n <= amount'],
    ])
  })
  it('knows titles, templates and outputs', () => {
    expect(usesOf(all, 'title').map(({ part, source }) => `${part} ${source}`)).toEqual([
      'process title',
      'decision "a" + title',
      'form title = null',
      'form title',
    ])
  })
  it('finds parameters in conditions and cells', () => {
    expect(usesOfParameter(all, 'limit').map(({ part, kind }) => `${part} ${kind}`)).toEqual([
      'process feel',
      'decision tests',
    ])
    expect(usesOfParameter(all, 'other')).toEqual([])
  })
  it('names all that is read', () => {
    expect([...namesRead(all)].sort()).toEqual(['amount', 'held', 'n', 'parameters', 'title'])
  })
  it('reads what it can of a half-written file', () => {
    expect(expressionsOf({ 'a.bpmn': '<a id="x" y="=b"><c', 'b.form': '{' }, dictionary).length).toBe(2)
  })
})
