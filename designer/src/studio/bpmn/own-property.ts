import type { Element, ModdleElement } from 'bpmn-js/lib/model/Types'
import { st } from '../../i18n/studio.ts'
import type { ModelerServices } from './services.ts'

/** A property of one of our own extension elements, as a field of the complete panel. */
export interface OwnProperty {
  readonly extension: string
  readonly property: string
  readonly label: () => string
  readonly about?: () => string
  /** It is set or not: a box to tick instead of a text. */
  readonly flag?: true
}

const STAGE: OwnProperty = {
  extension: 'bihuan:Stage',
  property: 'name',
  label: () => st('bpmn.own.stage'),
  about: () => st('bpmn.own.stageAbout'),
}
const CASE: readonly OwnProperty[] = [
  { extension: 'bihuan:Case', property: 'title', label: () => st('bpmn.own.caseTitle') },
  { extension: 'bihuan:Case', property: 'dueDate', label: () => st('bpmn.own.caseDue') },
  { extension: 'bihuan:Case', property: 'numberPrefix', label: () => st('bpmn.own.numberPrefix') },
  {
    extension: 'bihuan:Case',
    property: 'strict',
    label: () => st('bpmn.own.strict'),
    about: () => st('bpmn.own.strictAbout'),
    flag: true,
  },
]
const STARTERS: OwnProperty = {
  extension: 'bihuan:Starters',
  property: 'candidateGroups',
  label: () => st('bpmn.own.starters'),
  about: () => st('bpmn.template.rolesAbout'),
}
const ACTION: readonly OwnProperty[] = [
  { extension: 'bihuan:CaseAction', property: 'label', label: () => st('bpmn.own.actionLabel') },
  { extension: 'bihuan:CaseAction', property: 'formId', label: () => st('bpmn.own.actionForm') },
  {
    extension: 'bihuan:CaseAction',
    property: 'candidateGroups',
    label: () => st('bpmn.own.actionRoles'),
    about: () => st('bpmn.template.rolesAbout'),
  },
]

/**
 * Which of our properties an element may carry (docs/process-package.md).
 * @param businessObject of the element; `inEventSubProcess` when it stands directly in one
 */
export function ownProperties(businessObject: ModdleElement): readonly OwnProperty[] {
  const is = (type: string): boolean => businessObject.$instanceOf(type)
  const definitions = (businessObject.eventDefinitions ?? []) as ModdleElement[]
  const isMessage = definitions.some(({ $type }) => $type === 'bpmn:MessageEventDefinition')
  if (is('bpmn:Process')) return CASE
  if (!is('bpmn:FlowNode')) return []
  const isInner = businessObject.$parent?.$type === 'bpmn:SubProcess'
  if (is('bpmn:StartEvent') && definitions.length === 0 && !isInner) return [STARTERS, STAGE]
  const takesAction = isMessage && (is('bpmn:CatchEvent') || is('bpmn:BoundaryEvent'))
  return takesAction ? [...ACTION, STAGE] : [STAGE]
}

/** The text of one of our properties, `true` for a flag; empty when it is not set. */
export function ownValue(businessObject: ModdleElement, { extension, property }: OwnProperty): string {
  return String(extensionOf(businessObject, extension)?.get(property) || '')
}

const extensionOf = (businessObject: ModdleElement, type: string): ModdleElement | undefined =>
  businessObject.extensionElements?.values?.find(({ $type }: ModdleElement) => $type === type)

type Command = { readonly cmd: string; readonly context: object }

/** The commands that set one of our properties; an extension element without any left goes. */
export function ownChange(
  element: Element,
  { extension, property, flag }: OwnProperty,
  value: string,
  factory: ModelerServices['bpmnFactory'],
): readonly Command[] {
  const { businessObject } = element
  const change = (moddleElement: ModdleElement, properties: object): Command => ({
    cmd: 'element.updateModdleProperties',
    context: { element, moddleElement, properties },
  })
  const existing = extensionOf(businessObject, extension)
  const text = value === '' ? undefined : (flag ?? value)
  if (existing) {
    const others = existing.$descriptor.properties.filter(
      ({ name }: { name: string }) => name !== property && existing.get(name),
    )
    if (text !== undefined || others.length > 0) return [change(existing, { [property]: text })]
    const { extensionElements } = businessObject
    return [change(extensionElements, { values: extensionElements.values.filter((one: object) => one !== existing) })]
  }
  if (text === undefined) return []
  const made = factory.create(extension, { [property]: text })
  const { extensionElements } = businessObject
  if (extensionElements) {
    made.$parent = extensionElements
    return [change(extensionElements, { values: [...(extensionElements.values ?? []), made] })]
  }
  const container = factory.create('bpmn:ExtensionElements', { values: [made] })
  made.$parent = container
  container.$parent = businessObject
  return [change(businessObject, { extensionElements: container })]
}
