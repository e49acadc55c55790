import type { Element } from 'bpmn-js/lib/model/Types'

/** English name of an element's type, as the properties panel writes it: a key of its dictionary. */
export function typeWords(element: Element): string {
  const type = element.type.replace(/^bpmn:/, '').replace(/([a-z])([A-Z])/g, '$1 $2')
  const [definition] = (element.businessObject.eventDefinitions ?? []) as { $type: string }[]
  const kind = definition?.$type.replace(/^bpmn:(\w+)EventDefinition$/, '$1')
  return kind ? `${kind} ${type}` : type
}
