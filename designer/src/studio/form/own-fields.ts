import { fieldDefinitions } from '@bihuan/engine'
import { type StudioKey, st } from '../../i18n/studio.ts'
import type {
  EditorComponent,
  EditorField,
  EditorFields,
  EditorLibraries,
  PropertiesPanel,
  Registry,
} from './editor-module.ts'
import { ownIcon } from './own-icons.ts'
import { ownPreview } from './own-preview.ts'
import { type OwnPropertyFacts, ownGroup } from './own-properties.ts'
import './own-fields.css'

type Modeling = {
  editFormField(field: EditorComponent, properties: readonly string[], value: unknown): void
}

/** Lines of the editor's own panel that our types have too. */
const STOCK_ENTRIES = ['key', 'label', 'description', 'readonly', 'required']

/**
 * The field types of this house for the form editor, from the definitions of the engine: an entry of the palette, a
 * preview, and the lines of the properties panel.
 *
 * @returns a module for the editor's `additionalModules`; it stands before those that look at its fields
 */
export function ownFieldsModule(libraries: EditorLibraries, facts: OwnPropertyFacts): object {
  const { h, viewer } = libraries

  const fieldOf = ({ type, definition }: (typeof fieldDefinitions)[number]): EditorField => {
    const preview = ownPreview(h, type)
    const Own = ({ field, domId }: { field: EditorComponent; domId?: string }) =>
      h('div', { class: `fjs-form-field fjs-form-field-${type}` }, [
        h(viewer.Label, {
          htmlFor: domId,
          label: field.label,
          required: (field.validate as { required?: boolean } | undefined)?.required,
        }),
        h('div', { class: 'own-field', 'aria-hidden': 'true' }, preview(field)),
        h(viewer.Description, { description: field.description }),
      ])
    const name = st(`types.name.${type}` as StudioKey)
    return Object.assign(Own, {
      config: {
        type,
        keyed: true,
        own: true,
        name,
        label: name,
        group: definition.group,
        icon: ownIcon(libraries, definition.icon),
        emptyValue: null,
        sanitizeValue: () => null,
        propertiesPanelEntries: STOCK_ENTRIES,
        create: (options: object = {}, isNew = true) =>
          isNew ? { label: name, ...structuredClone(definition.create), ...options } : { ...options },
      },
    }) as EditorField
  }

  class OwnFields {
    static $inject = ['formFields']
    constructor(fields: EditorFields) {
      for (const each of fieldDefinitions) fields.register(each.type, fieldOf(each))
    }
  }

  class OwnProperties {
    static $inject = ['propertiesPanel', 'modeling', 'formFieldRegistry']
    constructor(panel: PropertiesPanel, modeling: Modeling, registry: Registry) {
      const group = ownGroup(libraries, facts, registry, (field, path, value) => {
        const [head, inner] = path
        if (head === undefined) return
        const before = (field[head] ?? {}) as Record<string, unknown>
        const next = inner === undefined ? value : without({ ...before, [inner]: value })
        modeling.editFormField(field, [head], next)
      })
      panel.registerProvider(
        {
          getGroups: (field) => (groups) => {
            const own = field && group(field)
            if (!own) return groups
            const after = groups.findIndex((each) => each.id === 'general') + 1
            return [...groups.slice(0, after), own, ...groups.slice(after)]
          },
        },
        // Behind the stock groups, before those that arrange them.
        700,
      )
    }
  }

  return {
    __init__: ['ownFields', 'ownProperties'],
    ownFields: ['type', OwnFields],
    ownProperties: ['type', OwnProperties],
  }
}

/** Without members that say nothing. */
const without = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ''))
