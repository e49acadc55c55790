import { parser as theirs, buildSimpleTree as theirTree } from '@bpmn-io/lezer-feelers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildSimpleTree, parser, type SimpleNode } from './template.ts'

const outline = (node: Pick<SimpleNode, 'name' | 'children' | 'content'>): unknown => [
  node.name,
  node.content ?? null,
  node.children.map(outline),
]
const ours = (text: string) => outline(buildSimpleTree(parser.parse(text), text))
const other = (text: string) => outline(theirTree(theirs.parse(text), text) as SimpleNode)

describe('FE9 templates of forms read as the library reads them', () => {
  it.each([
    '=a + b',
    'a {{b}} c',
    '{{#if a}}x{{/if}} y',
    '{{#if a}}\nx\n{{/if}}\ny',
    '{{#loop l}}\n- {{this}}\n{{/loop}}\nend',
    '{{#loop l}}{{#loop this}}{{x}}{{/loop}}{{/loop}}',
    '{{}} {{=}} {{ }} {{=a}}',
    'a {{b',
    '{{#if a}}x',
    '{ {{a}} }',
    '{{ {a: 1}.a }}',
    '{{"}}"}}',
    '',
    '  =a',
    '{{#other a}}x{{/other}}',
  ])('%j', (text) => {
    expect(ours(text)).toEqual(other(text))
  })
  it('whatever is put together', () => {
    const { template } = fc.letrec<{ template: string; part: string }>((tie) => ({
      template: fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
      part: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('text', '\n', ' { ', '{{a}}', '{{ b.c }}', '{{=d}}'),
        fc
          .tuple(fc.constantFrom('if', 'loop'), tie('template'), fc.constantFrom('', '\n'))
          .map(([word, inner, line]) => `{{#${word} x}}${line}${inner}{{/${word}}}${line}`),
      ),
    }))
    fc.assert(
      fc.property(template, (text) => {
        expect(ours(text)).toEqual(other(text))
      }),
      { numRuns: 200 },
    )
  })
})
