import type { FieldEntry } from '@bihuan/engine'
import { st } from '../../../../i18n/studio.ts'
import { writeCondition } from '../../sentence/feel/condition.ts'
import type { Fragment } from '../fragment.ts'
import { namesFor, type PieceContext } from '../piece-context.ts'

/**
 * 判断: two ways, one of them the default. Its condition begins with the last field that can be asked; without one it
 * is left open, and the problem list asks for it.
 */
export function decide(context: PieceContext): Fragment {
  const id = namesFor(context).group('decide', ['yes', 'no', 'closed'])
  const asked = context.dictionary.fields.findLast((field) => question(field) !== null)
  const condition = asked ? question(asked) : null
  return {
    nodes: [
      { id: id(), type: 'bpmn:ExclusiveGateway', name: st('pieces.element.decide'), x: 0, y: 0 },
      { id: id('closed'), type: 'bpmn:EndEvent', name: st('pieces.element.ended'), x: 0, y: 110 },
    ],
    flows: [
      {
        id: id('no'),
        source: id(),
        target: id('closed'),
        name: st('pieces.flow.no'),
        isDefault: true,
      },
    ],
    roots: [],
    entry: id(),
    exit: { source: id(), name: st('pieces.flow.yes'), ...(condition === null ? {} : { condition }) },
    main: id(),
    fields: [],
    access: {},
  }
}

function question(field: FieldEntry): string | null {
  const [first] = field.options ?? []
  const compare = (value: string | number | boolean, operator: '=' | '>' = '=') =>
    writeCondition({
      join: 'and',
      clauses: [{ kind: 'compare', left: field.key, operator, value: { kind: 'literal', value } }],
    })
  if (field.kind === 'choice') return first ? compare(first.value) : null
  if (field.kind === 'yesNo') return compare(true)
  if (field.kind === 'number') return compare(0, '>')
  return null
}
