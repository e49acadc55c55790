import { CheckboxEntry, isCheckboxEntryEdited, isTextFieldEntryEdited, TextFieldEntry } from '@bpmn-io/properties-panel'
import { h } from '@bpmn-io/properties-panel/preact'
import type { Element } from 'bpmn-js/lib/model/Types'
import { useService } from 'bpmn-js-properties-panel'
import { st } from '../../i18n/studio.ts'
import type { DiagramModule } from './module.ts'
import { type OwnProperty, ownChange, ownProperties, ownValue } from './own-property.ts'
import type { CommandStack, ModelerServices } from './services.ts'

interface EntryProps {
  readonly element: Element
  readonly id: string
  readonly own: OwnProperty
}

function OwnEntry({ element, id, own }: EntryProps) {
  const stack = useService('commandStack') as CommandStack
  const factory = useService('bpmnFactory') as ModelerServices['bpmnFactory']
  const debounce = useService('debounceInput')
  const set = (value: string): void => {
    const commands = ownChange(element, own, value, factory)
    if (commands.length > 0) stack.execute('properties-panel.multi-command-executor', commands)
  }
  const entry = { element, id, label: own.label(), description: own.about?.() }
  if (own.flag)
    return h(CheckboxEntry, {
      ...entry,
      getValue: () => ownValue(element.businessObject, own) === 'true',
      setValue: (value: boolean) => set(value ? 'true' : ''),
    })
  return h(TextFieldEntry, {
    ...entry,
    debounce,
    getValue: () => ownValue(element.businessObject, own),
    setValue: (value: string | undefined) => set(value ?? ''),
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
        isEdited: property.flag ? isCheckboxEntryEdited : isTextFieldEntryEdited,
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
