import type { Connection, Element, ModdleElement, Shape } from 'bpmn-js/lib/model/Types'
import { eventOf, extensionOf, isType, loopOf, objectOf } from '../pieces/extension.ts'
import { flowsIn, flowsOut, groupOf } from '../pieces/model-walk.ts'
import { type Condition, readCondition } from './feel/condition.ts'
import { type Count, readCount } from './feel/count.ts'
import { bodyOf } from './feel/path.ts'
import { type Ratio, readRatio } from './feel/ratio.ts'

/** What a way out of a gateway asks. */
export type Asked =
  | { readonly kind: 'otherwise' }
  | { readonly kind: 'open' }
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: 'ratio'; readonly ratio: Ratio }
  | { readonly kind: 'count'; readonly count: Count }
  | { readonly kind: 'formula'; readonly text: string }

export interface Way {
  readonly flow: Connection
  readonly target: Shape
  readonly asked: Asked
}

export const jobOf = (element: Element): string | undefined =>
  extensionOf(objectOf(element), 'zeebe:TaskDefinition')?.type

/** The ways out of a gateway and what each asks. */
export function waysOf(gateway: Element): Way[] {
  return flowsOut(gateway).map((flow) => ({ flow, target: flow.target as Shape, asked: askedBy(flow) }))
}

export function askedBy(flow: Connection): Asked {
  const bo = objectOf(flow)
  if (objectOf(flow.source as Shape).default === bo) return { kind: 'otherwise' }
  const text: string | undefined = bo.conditionExpression?.body
  if (!text?.trim()) return { kind: 'open' }
  const ratio = readRatio(text)
  if (ratio) return { kind: 'ratio', ratio }
  const count = readCount(text)
  if (count) return { kind: 'count', count }
  const condition = readCondition(text)
  return condition ? { kind: 'condition', condition } : { kind: 'formula', text }
}

/** Exclusive gateways that ask about a step: those of its piece, and the one it alone leads to. */
export function questionsAfter(step: Shape): Shape[] {
  const next = flowsOut(step).map((flow) => flow.target as Shape)
  const alone = next.filter((one) => isType(one, 'bpmn:ExclusiveGateway') && flowsIn(one).length === 1)
  const own = groupOf(step).filter((one) => isType(one, 'bpmn:ExclusiveGateway'))
  return [...new Set([...alone, ...own])]
}

/** The look-up of people whose list the instances of a step come from. */
export function lookUpOf(step: Shape): Shape | null {
  const list = bodyOf(loopOf(objectOf(step))?.inputCollection)
  if (list === null) return null
  const beside = ((step.parent as Shape).children ?? []) as Shape[]
  return (
    beside.find((one) => {
      if (jobOf(one) !== 'bihuan.people') return false
      const outputs = (extensionOf(objectOf(one), 'zeebe:IoMapping')?.outputParameters ?? []) as ModdleElement[]
      return outputs.length === 0 ? list === 'people' : outputs.some((output) => output.target === list)
    }) ?? null
  )
}

/** Timers that hang on a step. */
export const limitsOf = (step: Shape): Shape[] =>
  ((step.attachers ?? []) as Shape[]).filter((one) => timerOf(one) !== undefined)

export const timerOf = (element: Element): ModdleElement | undefined =>
  eventOf(objectOf(element), 'bpmn:TimerEventDefinition')

export const messageOf = (element: Element): ModdleElement | undefined =>
  eventOf(objectOf(element), 'bpmn:MessageEventDefinition')

/** Steps of the same scope that a way may lead to. */
export function stepsBeside(element: Shape): Shape[] {
  return ((element.parent as Shape).children as Shape[]).filter(
    (one) => isType(one, 'bpmn:Activity') && one.type !== 'label' && one !== element,
  )
}

/** The start of the process that people begin. */
export function startOf(root: Element): Shape | undefined {
  const children = ((root as Shape).children ?? []) as Shape[]
  const own = children.find(
    (one) => isType(one, 'bpmn:StartEvent') && one.type !== 'label' && !objectOf(one).eventDefinitions?.length,
  )
  return (
    own ??
    children
      .filter((one) => isType(one, 'bpmn:Participant'))
      .map(startOf)
      .find(Boolean)
  )
}
