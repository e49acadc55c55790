import { editorPreact } from '@bpmn-io/form-js-editor'
import { st } from '../../i18n/studio.ts'
import type { EditorComponent, Modeling, PanelEntry, PanelGroup, PropertiesPanel } from './editor-module.ts'
import { dictionaryKey } from './schema.ts'

/** Lines that would break what the package is made of: the form's id is named by its step, its version is ours. */
const LEFT_OUT: ReadonlySet<string> = new Set(['id', 'versionTag'])

/** Names under `properties` that have a line of their own here. */
const OWN_PROPERTIES: ReadonlySet<string> = new Set(['field', 'check', 'checkMessage'])

const textOf = (field: EditorComponent, name: string): string => {
  const value = field.properties?.[name]
  return typeof value === 'string' ? value : ''
}

/** What the panel asks of the page around it. */
export interface PanelFacts {
  /** Opens the dictionary at a field. */
  openField(key: string): void
}

/**
 * Lines of the properties panel that are ours: where a dictionary field comes from (its key cannot be renamed here), the
 * title of the form, and the rule across fields with what is said when it does not hold.
 */
export function studioProperties(facts: PanelFacts) {
  const { h } = editorPreact

  return class StudioProperties {
    static $inject = ['propertiesPanel', 'modeling']

    constructor(panel: PropertiesPanel, modeling: Modeling) {
      const keep = (field: EditorComponent, name: string, value: string): void => {
        const { [name]: _, ...others } = field.properties ?? {}
        const properties = value.trim() === '' ? others : { ...others, [name]: value.trim() }
        modeling.editFormField(field, ['properties'], properties)
      }

      const textLine = (id: string, label: string, name: string, more: { help?: string; long?: boolean } = {}) => {
        const Line = ({ field }: { field: EditorComponent }) =>
          h('div', { class: 'bio-properties-panel-entry', 'data-entry-id': id }, [
            h('label', { class: 'bio-properties-panel-label', for: `studio-${id}` }, label),
            h(more.long ? 'textarea' : 'input', {
              id: `studio-${id}`,
              class: 'bio-properties-panel-input',
              key: field.id,
              rows: more.long ? 2 : undefined,
              spellcheck: false,
              value: textOf(field, name),
              onChange: (event: Event) => keep(field, name, (event.target as HTMLInputElement).value),
            }),
            more.help ? h('div', { class: 'bio-properties-panel-description' }, more.help) : null,
          ])
        return (field: EditorComponent): PanelEntry => ({ id, component: Line, field })
      }

      const title = textLine('form-title', st('forms.formTitle'), 'title')
      const check = textLine('check', st('forms.check'), 'check', { help: st('forms.checkHelp'), long: true })
      const said = textLine('check-message', st('forms.checkMessage'), 'checkMessage', { long: true })

      const Origin = ({ field }: { field: EditorComponent }) =>
        h('div', { class: 'bio-properties-panel-entry field-origin' }, [
          h('div', { class: 'bio-properties-panel-label' }, st('forms.origin')),
          h('button', { type: 'button', class: 'link', onClick: () => facts.openField(dictionaryKey(field) ?? '') }, [
            h('code', null, field.key),
          ]),
          h('div', { class: 'bio-properties-panel-description' }, st('forms.originHelp')),
        ])

      const without = (entries: PanelEntry[], names: ReadonlySet<string>): PanelEntry[] =>
        entries.filter((entry) => !names.has(entry.id))

      const general = (group: PanelGroup, field: EditorComponent): PanelGroup => {
        const entries = without(group.entries ?? [], LEFT_OUT)
        if (field.type === 'default') return { ...group, entries: [title(field), ...entries] }
        if (dictionaryKey(field) === null) return { ...group, entries }
        const key = entries.findIndex((entry) => entry.id === 'key' || entry.id === 'path')
        const rest = without(entries, new Set(['key', 'path']))
        rest.splice(key < 0 ? rest.length : key, 0, { id: 'origin', component: Origin, field })
        return { ...group, entries: rest }
      }

      /** Further properties of a field, without those that stand elsewhere; the stock list names them by their place. */
      const further = (group: PanelGroup, field: EditorComponent): PanelGroup => {
        const names = Object.keys(field.properties ?? {})
        return { ...group, items: (group.items ?? []).filter((_, index) => !OWN_PROPERTIES.has(names[index] ?? '')) }
      }

      const groupsOf = (field: EditorComponent, groups: PanelGroup[]): PanelGroup[] =>
        groups
          .filter((group) => group.id !== 'security-attributes')
          .map((group) => (group.id === 'general' ? { ...group, shouldOpen: true } : group))
          .flatMap((group) => {
            if (group.id === 'general') return [general(group, field)]
            if (group.id === 'custom-values') return [further(group, field)]
            if (group.id === 'validation' && field.key !== undefined)
              return [{ ...group, entries: [...(group.entries ?? []), check(field), said(field)] }]
            return [group]
          })

      panel.registerProvider({ getGroups: (field) => (groups) => (field ? groupsOf(field, groups) : groups) }, 500)
    }
  }
}
