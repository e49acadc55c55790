import { isTextFieldEntryEdited, TextFieldEntry } from '@bpmn-io/properties-panel'
import { h } from '@bpmn-io/properties-panel/preact'
import type { Element, ModdleElement } from 'bpmn-js/lib/model/Types'
import { useService } from 'bpmn-js-properties-panel'
import { st } from '../../i18n/studio.ts'
import type { DiagramModule } from './module.ts'
import type { CommandStack, ModelerServices } from './services.ts'

/** A property of one of our own extension elements, as a field of the complete panel. */
interface OwnProperty {
  readonly extension: string
  readonly property: string
  readonly label: () => string
  readonly about?: () => string
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

/** The text of one of our properties; empty when it is not set. */
export function ownValue(businessObject: ModdleElement, { extension, property }: OwnProperty): string {
  return String(extensionOf(businessObject, extension)?.get(property) ?? '')
}

const extensionOf = (businessObject: ModdleElement, type: string): ModdleElement | undefined =>
  businessObject.extensionElements?.values?.find(({ $type }: ModdleElement) => $type === type)

type Command = { readonly cmd: string; readonly context: object }

/** The commands that set one of our properties; an extension element without any left goes. */
export function ownChange(
  element: Element,
  { extension, property }: OwnProperty,
  value: string,
  factory: ModelerServices['bpmnFactory'],
): readonly Command[] {
  const { businessObject } = element
  const change = (moddleElement: ModdleElement, properties: object): Command => ({
    cmd: 'element.updateModdleProperties',
    context: { element, moddleElement, properties },
  })
  const existing = extensionOf(businessObject, extension)
  const text = value === '' ? undefined : value
  if (existing) {
    const others = existing.$descriptor.properties.filter(
      ({ name }: { name: string }) => name !== `${existing.$descriptor.ns.prefix}:${property}` && existing.get(name),
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
    return [change(extensionElements, { values: [...extensionElements.values, made] })]
  }
  const container = factory.create('bpmn:ExtensionElements', { values: [made] })
  made.$parent = container
  container.$parent = businessObject
  return [change(businessObject, { extensionElements: container })]
}

interface EntryProps {
  readonly element: Element
  readonly id: string
  readonly own: OwnProperty
}

function OwnEntry({ element, id, own }: EntryProps) {
  const stack = useService('commandStack') as CommandStack
  const factory = useService('bpmnFactory') as ModelerServices['bpmnFactory']
  return h(TextFieldEntry, {
    element,
    id,
    label: own.label(),
    description: own.about?.(),
    debounce: useService('debounceInput'),
    getValue: () => ownValue(element.businessObject, own),
    setValue: (value: string | undefined) => {
      const commands = ownChange(element, own, value ?? '', factory)
      if (commands.length > 0) stack.execute('properties-panel.multi-command-executor', commands)
    },
  })
}

interface PanelGroup {
  readonly id: string
}

/** Adds the group of what only this system knows, after the general one. */
class OwnProperties {
  static $inject = ['propertiesPanel']

  constructor(panel: { registerProvider(priority: number, provider: object): void }) {
    panel.registerProvider(400, this)
  }

  getGroups(element: Element): (groups: PanelGroup[]) => PanelGroup[] {
    return (groups) => {
      const own = ownProperties(element.businessObject)
      if (own.length === 0 || element.type === 'label') return groups
      const entries = own.map((property) => ({
        id: `own-${property.extension.slice('bihuan:'.length)}-${property.property}`,
        own: property,
        element,
        component: OwnEntry,
        isEdited: isTextFieldEntryEdited,
      }))
      const group = { id: 'bihuan', label: st('bpmn.own.group'), element, entries }
      const after = groups.findIndex(({ id }) => id === 'documentation' || id === 'general') + 1
      return [...groups.slice(0, after), group, ...groups.slice(after)]
    }
  }
}

/** The module that offers them. */
export const ownPropertiesModule = {
  __init__: ['ownProperties'],
  ownProperties: ['type', OwnProperties],
} as unknown as DiagramModule
