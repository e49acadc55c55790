import type { FragmentFlow, FragmentNode, PlainElement } from './fragment.ts'

/** A moddle element, as bpmn-js and bpmn-moddle make it. */
export interface Built {
  readonly $type: string
  $parent?: Built | undefined
  [name: string]: unknown
}

/** Makes an element of a type: `bpmnFactory.create`, or `moddle.create`. */
export type Create = (type: string, attributes: { [name: string]: unknown }) => Built

/** A moddle element from plain data, with all that lies in it. */
export function buildPlain(create: Create, plain: PlainElement): Built {
  const { $type, ...rest } = plain
  const children: Built[] = []
  const make = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(make)
    if (typeof value !== 'object' || value === null) return value
    const child = buildPlain(create, value as PlainElement)
    children.push(child)
    return child
  }
  const attributes = Object.fromEntries(
    Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, make(value)]),
  )
  const built = create($type, attributes)
  for (const child of children) child.$parent = built
  return built
}

/** The business object of a node; `roots` are the messages of the fragment by id. */
export function buildNode(create: Create, node: FragmentNode, roots: ReadonlyMap<string, Built>): Built {
  const { id, type, name, attributes, extensions, messageRef } = node
  const built = buildPlain(create, {
    $type: type,
    id,
    ...(name === undefined ? {} : { name }),
    ...attributes,
    ...(extensions && extensions.length > 0
      ? { extensionElements: { $type: 'bpmn:ExtensionElements', values: extensions } }
      : {}),
  })
  const message = messageRef === undefined ? undefined : roots.get(messageRef)
  if (message)
    for (const definition of built.eventDefinitions as Built[])
      if (definition.$type === 'bpmn:MessageEventDefinition') definition.messageRef = message
  return built
}

/** The business object of a flow, without its ends. */
export function buildFlow(create: Create, flow: Pick<FragmentFlow, 'id' | 'name' | 'condition'>): Built {
  return buildPlain(create, {
    $type: 'bpmn:SequenceFlow',
    id: flow.id,
    ...(flow.name === undefined ? {} : { name: flow.name }),
    ...(flow.condition === undefined
      ? {}
      : { conditionExpression: { $type: 'bpmn:FormalExpression', body: flow.condition } }),
  })
}
