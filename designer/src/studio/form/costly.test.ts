import { expect, it } from 'vitest'
import { costlyComponents } from './costly.ts'

it('finds what would stop the window, in expressions and templates, and nothing else', () => {
  const schema = {
    components: [
      { type: 'textfield', key: 'a', label: '甲', readonly: '=count(for i in 1..1000000000 return i) > 0' },
      { type: 'text', id: 'T', text: '共 {{ count(for i in 1..1000000000 return i) }} 项' },
      {
        type: 'group',
        components: [{ type: 'select', key: 'b', valuesExpression: '=for i in 1..1000000000 return i' }],
      },
      { type: 'textfield', key: 'c', label: '=sum(for i in 1..10 return i)', conditional: { hide: '=a != "x"' } },
      { type: 'textfield', key: 'd', label: '{{ 读不通 (' },
    ],
  }
  expect(costlyComponents(schema)).toEqual(['甲', 'T', 'b'])
})
