import type { Element, ModdleElement } from 'bpmn-js/lib/model/Types'

/** The extension element of a type, read from a business object; undefined when it has none. */
export function extensionOf(bo: ModdleElement | undefined, type: string): ModdleElement | undefined {
  const values = (bo?.extensionElements?.values ?? []) as ModdleElement[]
  return values.find((one) => one.$type === type)
}

/** The business object of an element, of a label that of what it names. */
export const objectOf = (element: Element): ModdleElement => element.businessObject

export const isType = (element: Element | undefined, type: string): boolean =>
  element?.businessObject?.$instanceOf?.(type) === true

/** Whether a root is the paper of a sub-process that is drawn apart from the process. */
export const isApart = (root: Element): boolean => isType(root, 'bpmn:SubProcess')

export const isFlow = (element: Element | undefined): boolean => isType(element, 'bpmn:SequenceFlow')

/** Multi-instance of an activity, as Camunda 8 writes it; undefined when it has none. */
export const loopOf = (bo: ModdleElement): ModdleElement | undefined =>
  extensionOf(bo.loopCharacteristics, 'zeebe:LoopCharacteristics')

/** The first event definition of a type. */
export function eventOf(bo: ModdleElement, type: string): ModdleElement | undefined {
  return ((bo.eventDefinitions ?? []) as ModdleElement[]).find((one) => one.$type === type)
}
