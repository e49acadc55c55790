import { contextOf, evaluateDecision, inDmn13, readDecisions } from '@bihuan/engine'
import type { Moddle } from 'bpmn-js/lib/model/Types'
import { DmnModdle } from 'dmn-moddle'
import { expect, it } from 'vitest'
import { inVersionOf, moddleExtensions } from './moddle.ts'

const VERSION = 'https://www.omg.org/spec/DMN/20230324/MODEL/'
const part = (name: string, text: string) =>
  `<${name}><literalExpression><text>${text}</text></literalExpression></${name}>`
const xml = `<definitions xmlns="${VERSION}" id="f" name="f" namespace="n">
<itemDefinition id="i" name="tSmall"><typeRef>number</typeRef><typeConstraint><text>&lt; 10</text></typeConstraint></itemDefinition>
<decision id="which" name="which"><conditional>${part('if', 'x &gt; 1')}${part('then', '"many"')}${part('else', '"one"')}</conditional></decision>
<decision id="all" name="all"><for iteratorVariable="i">${part('in', '[1, x]')}${part('return', 'i * 2')}</for></decision>
<decision id="some" name="some"><filter>${part('in', '[1, x]')}${part('match', 'item &gt; 1')}</filter></decision>
<decision id="any" name="any"><some iteratorVariable="i">${part('in', '[1, x]')}${part('satisfies', 'i = 3')}</some></decision>
</definitions>`

const results = async (text: string) => {
  const { decisions, problems } = await readDecisions(text, 'a.dmn')
  expect(problems).toEqual([])
  return decisions.map((decision) => {
    const outcome = evaluateDecision(decision, contextOf({ x: 3 }), 0)
    return outcome.ok ? outcome.value : outcome.message
  })
}

it('DM1 DM10 what DMN 1.4 and 1.5 added is still there, in their namespace, after the editor has read and written it', async () => {
  const moddle = new DmnModdle(moddleExtensions) as unknown as Moddle
  const { rootElement, warnings } = await moddle.fromXML(inDmn13(xml), 'dmn:Definitions')
  expect(warnings).toEqual([])
  const { xml: written } = await moddle.toXML(rootElement, { format: true })
  const kept = inVersionOf(xml, written)
  expect(kept).toContain(`="${VERSION}"`)
  for (const tag of ['conditional', 'for', 'filter', 'some', 'typeConstraint']) expect(kept).toMatch(`${tag}>`)
  expect(await results(kept)).toEqual(['many', [2, 6], [3], true])
  expect(await results(xml)).toEqual(await results(kept))
})

it('DM1 a file of an older version is written as DMN 1.3, the one the editor knows', () => {
  const written = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>`
  expect(inVersionOf('<definitions xmlns="http://www.omg.org/spec/DMN/20180521/MODEL/"/>', written)).toBe(written)
})
