import dmn13 from 'dmn-moddle/resources/dmn/json/dmn13.json' with { type: 'json' }

const child = (name: string, type = 'ChildExpression') => ({ name, type, xml: { serialize: 'property' } })
const iterator = { name: 'iteratorVariable', type: 'String', isAttr: true }
const expression = (name: string, properties: readonly object[]) => ({
  name,
  superClass: ['Expression'],
  properties,
})

/** Boxed expressions that DMN 1.4 added and `typeConstraint` of DMN 1.5, for a parser that knows DMN 1.3. */
const ADDED = [
  { name: 'ChildExpression', superClass: ['DMNElement'], properties: [{ name: 'value', type: 'Expression' }] },
  {
    name: 'TypedChildExpression',
    superClass: ['ChildExpression'],
    properties: [{ name: 'typeRef', type: 'String', isAttr: true }],
  },
  expression('Conditional', [child('if'), child('then'), child('else')]),
  expression('Filter', [child('in'), child('match')]),
  expression('For', [iterator, child('in', 'TypedChildExpression'), child('return')]),
  expression('Every', [iterator, child('in', 'TypedChildExpression'), child('satisfies')]),
  expression('Some', [iterator, child('in', 'TypedChildExpression'), child('satisfies')]),
]

/** The descriptor of DMN 1.3 with what came later; every element has the namespace of DMN 1.3 when it is read. */
export const dmn15 = {
  ...dmn13,
  types: [
    ...dmn13.types.map((type) =>
      type.name === 'ItemDefinition'
        ? { ...type, properties: [...(type.properties ?? []), child('typeConstraint', 'UnaryTests')] }
        : type,
    ),
    ...ADDED,
  ],
}
