import fc from 'fast-check'
import { each, flow, model, node, timer } from './model.ts'

/** A piece of a process with one way in and one way out. */
export type Block =
  | { readonly kind: 'userTask' | 'serviceTask' | 'scriptTask' | 'timer' | 'message' }
  | { readonly kind: 'sequence' | 'parallel' | 'exclusive'; readonly parts: readonly Block[] }
  | { readonly kind: 'subProcess'; readonly inner: Block; readonly event: 'none' | 'timer' | 'message' }
  | {
      readonly kind: 'multi'
      readonly inner: 'userTask' | 'subProcess'
      readonly sequential: boolean
      readonly items: number
    }
  | { readonly kind: 'guarded'; readonly interrupting: boolean }
  | { readonly kind: 'loop'; readonly inner: Block }

/** Random block structures: every one can run to its end. */
export const blocks: fc.Arbitrary<Block> = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Block>(
      { kind: 'userTask' },
      { kind: 'serviceTask' },
      { kind: 'scriptTask' },
      { kind: 'timer' },
      { kind: 'message' },
    ),
    fc.record({ kind: fc.constant('guarded' as const), interrupting: fc.boolean() }),
    fc.record({
      kind: fc.constant('multi' as const),
      inner: fc.constantFrom('userTask' as const, 'subProcess' as const),
      sequential: fc.boolean(),
      items: fc.nat(3),
    }),
    fc.record({
      kind: fc.constantFrom('sequence' as const, 'parallel' as const, 'exclusive' as const),
      parts: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('subProcess' as const),
      inner: tie('block'),
      event: fc.constantFrom('none' as const, 'timer' as const, 'message' as const),
    }),
    fc.record({ kind: fc.constant('loop' as const), inner: tie('block') }),
  ),
})).block

const MESSAGE = '<bpmn:messageEventDefinition messageRef="m"/>'
const ROOTS =
  '<bpmn:message id="m" name="news"><bpmn:extensionElements><zeebe:subscription correlationKey="=case.key"/></bpmn:extensionElements></bpmn:message>'

/** The BPMN file of a block structure; ids are numbered in the order of the structure. */
export function modelOf(block: Block): string {
  let count = 0
  const id = (prefix: string) => {
    count += 1
    return `${prefix}${count}`
  }
  interface Piece {
    readonly xml: string
    readonly first: string
    readonly last: string
  }
  const single = (xml: string, name: string): Piece => ({ xml, first: name, last: name })
  const scope = (inner: Piece, name: string) =>
    node('startEvent', `${name}s`) +
    inner.xml +
    node('endEvent', `${name}e`) +
    flow(`${name}s`, inner.first) +
    flow(inner.last, `${name}e`)

  function draw(part: Block): Piece {
    switch (part.kind) {
      case 'userTask': {
        const name = id('u')
        return single(node('userTask', name), name)
      }
      case 'serviceTask': {
        const name = id('j')
        return single(node('serviceTask', name, '<zeebe:taskDefinition type="work"/>'), name)
      }
      case 'scriptTask': {
        const name = id('c')
        return single(node('scriptTask', name, '<zeebe:script expression="=n + 1" resultVariable="n"/>'), name)
      }
      case 'timer': {
        const name = id('t')
        return single(node('intermediateCatchEvent', name, '', timer('timeDuration', 'PT1H')), name)
      }
      case 'message': {
        const name = id('w')
        return single(node('intermediateCatchEvent', name, '', MESSAGE), name)
      }
      case 'guarded': {
        const [task, event, merge, side] = [id('u'), id('b'), id('m'), id('u')]
        const attributes = `attachedToRef="${task}" cancelActivity="${part.interrupting}"`
        const way = part.interrupting ? flow(event, merge) : node('userTask', side) + flow(event, side)
        const xml =
          node('userTask', task) +
          node('boundaryEvent', event, '', timer('timeDuration', 'PT2H'), attributes) +
          node('exclusiveGateway', merge) +
          flow(task, merge) +
          way
        return { xml, first: task, last: merge }
      }
      case 'multi': {
        const name = id('x')
        const items = `[${Array.from({ length: part.items }, (_, i) => i + 1).join(', ')}]`
        const loop = each({ items, element: 'item', into: `r${name}`, result: 'answer', sequential: part.sequential })
        if (part.inner === 'userTask') return single(node('userTask', name, '', loop), name)
        return single(node('subProcess', name, '', scope(draw({ kind: 'userTask' }), name) + loop), name)
      }
      case 'sequence': {
        const pieces = part.parts.map(draw)
        const flows = pieces.slice(1).map((piece, i) => flow(pieces[i]?.last ?? '', piece.first))
        return {
          xml: pieces.map((piece) => piece.xml).join('') + flows.join(''),
          first: pieces[0]?.first ?? '',
          last: pieces.at(-1)?.last ?? '',
        }
      }
      case 'parallel':
      case 'exclusive': {
        const [open, close] = [id('g'), id('g')]
        const tag = part.kind === 'parallel' ? 'parallelGateway' : 'exclusiveGateway'
        const pieces = part.parts.map(draw)
        const ways = pieces.map((piece, i) => {
          const isLast = i === pieces.length - 1
          const condition = part.kind === 'exclusive' && !isLast ? `modulo(n, ${pieces.length}) = ${i}` : undefined
          return piece.xml + flow(open, piece.first, condition) + flow(piece.last, close)
        })
        const fallback = part.kind === 'exclusive' ? `default="${open}_${pieces.at(-1)?.first}"` : ''
        return { xml: node(tag, open, '', '', fallback) + ways.join('') + node(tag, close), first: open, last: close }
      }
      case 'subProcess': {
        const name = id('s')
        const event = part.event === 'none' ? '' : eventSubProcess(name, part.event)
        return single(node('subProcess', name, '', scope(draw(part.inner), name) + event), name)
      }
      case 'loop': {
        const [merge, again, task] = [id('g'), id('g'), id('u')]
        const inner = draw(part.inner)
        const xml =
          node('exclusiveGateway', merge) +
          inner.xml +
          node('userTask', task) +
          node('exclusiveGateway', again, '', '', `default="${again}_out"`) +
          node('manualTask', `${again}m`) +
          flow(merge, inner.first) +
          flow(inner.last, task) +
          flow(task, again) +
          flow(again, merge, 'again') +
          flow(again, `${again}m`, undefined, `${again}_out`)
        return { xml, first: merge, last: `${again}m` }
      }
    }
  }
  function eventSubProcess(owner: string, event: 'timer' | 'message'): string {
    const name = `${owner}v`
    const definition = event === 'timer' ? timer('timeDuration', 'PT3H') : MESSAGE
    const start = node('startEvent', `${name}s`, '', definition, `isInterrupting="${event === 'timer'}"`)
    const inner =
      start +
      node('userTask', `${name}u`) +
      node('endEvent', `${name}e`) +
      flow(`${name}s`, `${name}u`) +
      flow(`${name}u`, `${name}e`)
    return node('subProcess', name, '', inner, 'triggeredByEvent="true"')
  }
  const body = draw(block)
  return model(
    node('startEvent', 'start') +
      body.xml +
      node('endEvent', 'end') +
      flow('start', body.first) +
      flow(body.last, 'end'),
    ROOTS,
  )
}
