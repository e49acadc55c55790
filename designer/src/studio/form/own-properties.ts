import { type EditableProperty, type EditKind, fieldDefinitions } from '@bihuan/engine'
import { type StudioKey, st } from '../../i18n/studio.ts'
import type { EditorComponent, EditorLibraries, PanelEntry, PanelGroup, Registry } from './editor-module.ts'
import { columnsEditor, papersEditor } from './own-lists.ts'

/** What the panel offers to choose from. */
export interface OwnPropertyFacts {
  readonly roles: () => readonly { readonly key: string; readonly name: string }[]
  readonly levels: () => readonly { readonly key: string; readonly name: string }[]
}

/** Sets a member of a component by its path; undefined takes it away. */
export type SetProperty = (field: EditorComponent, path: readonly string[], value: unknown) => void

interface Option {
  readonly value: string
  readonly label: string
}

/** Lines that the editor's own panel has already. */
const STOCK = 'required'

const valueAt = (field: EditorComponent, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], field)

/** The group of lines that belong to a type of this house; null for other types and for those with nothing to set. */
export function ownGroup(
  { h }: EditorLibraries,
  facts: OwnPropertyFacts,
  registry: Registry,
  set: SetProperty,
): (field: EditorComponent) => PanelGroup | null {
  const label = ({ path }: EditableProperty): string => st(`types.property.${path.at(-1)}` as StudioKey)

  const textLine = (property: EditableProperty, read: (typed: string) => unknown) =>
    function TextLine({ field, id }: { field: EditorComponent; id: string }) {
      const value = valueAt(field, property.path)
      return h('div', { class: 'bio-properties-panel-entry', 'data-entry-id': id }, [
        h('label', { class: 'bio-properties-panel-label', for: `own-${id}` }, label(property)),
        h('input', {
          id: `own-${id}`,
          key: `${field.id} ${String(value)}`,
          class: 'bio-properties-panel-input',
          spellcheck: false,
          value: value === undefined || value === null ? '' : String(value),
          onChange: (event: Event) => set(field, property.path, read((event.target as HTMLInputElement).value.trim())),
        }),
      ])
    }

  const toggleLine = (property: EditableProperty) =>
    function ToggleLine({ field, id }: { field: EditorComponent; id: string }) {
      return h('div', { class: 'bio-properties-panel-entry own-toggle', 'data-entry-id': id }, [
        h('input', {
          id: `own-${id}`,
          type: 'checkbox',
          checked: valueAt(field, property.path) === true,
          onChange: (event: Event) =>
            set(field, property.path, (event.target as HTMLInputElement).checked ? true : undefined),
        }),
        h('label', { class: 'bio-properties-panel-label', for: `own-${id}` }, label(property)),
      ])
    }

  const choiceLine = (
    property: EditableProperty,
    none: () => string,
    offered: (field: EditorComponent) => readonly Option[],
  ) =>
    function ChoiceLine({ field, id }: { field: EditorComponent; id: string }) {
      const value = valueAt(field, property.path)
      const options = [{ value: '', label: none() }, ...offered(field)]
      // What stands in the file and is not offered stays, and is shown as it is written.
      if (typeof value === 'string' && !options.some((option) => option.value === value))
        options.push({ value, label: value })
      return h('div', { class: 'bio-properties-panel-entry', 'data-entry-id': id }, [
        h('label', { class: 'bio-properties-panel-label', for: `own-${id}` }, label(property)),
        h(
          'select',
          {
            id: `own-${id}`,
            class: 'bio-properties-panel-input',
            onChange: (event: Event) =>
              set(field, property.path, (event.target as HTMLSelectElement).value || undefined),
          },
          options.map((option) =>
            h('option', { value: option.value, selected: option.value === (value ?? '') }, option.label),
          ),
        ),
      ])
    }

  const named = (items: readonly { readonly key: string; readonly name: string }[]): Option[] =>
    items.map(({ key, name }) => ({ value: key, label: name }))
  const attendances = (): Option[] =>
    registry
      .getAll()
      .filter((each) => each.type === 'attendance' && each.key)
      .map((each) => ({ value: String(each.key), label: each.label || String(each.key) }))

  const lines: { readonly [kind in EditKind]: (property: EditableProperty) => PanelEntry['component'] } = {
    text: (property) => textLine(property, (typed) => typed || undefined),
    decimal: (property) => textLine(property, (typed) => (/^-?\d{1,16}(\.\d{1,2})?$/.test(typed) ? typed : undefined)),
    number: (property) =>
      textLine(property, (typed) => (typed !== '' && Number.isFinite(Number(typed)) ? Number(typed) : undefined)),
    toggle: toggleLine,
    role: (property) =>
      choiceLine(
        property,
        () => st('types.any'),
        () => named(facts.roles()),
      ),
    level: (property) =>
      choiceLine(
        property,
        () => st('types.any'),
        () => named(facts.levels()),
      ),
    attendance: (property) => choiceLine(property, () => st('types.ownPresent'), attendances),
    columns: (property) => columnsEditor(h, label(property), (field, value) => set(field, property.path, value)),
    papers: (property) => papersEditor(h, label(property), (field, value) => set(field, property.path, value)),
  }

  // Made once: a component made anew at each drawing would lose the focus of its box.
  const entries = new Map(
    fieldDefinitions.map(({ type, definition }) => [
      type,
      definition.properties
        .filter(({ path }) => path.at(-1) !== STOCK)
        .map((property) => ({ id: `own-${property.path.join('-')}`, component: lines[property.kind](property) })),
    ]),
  )
  return (field) => {
    const own = entries.get(field.type) ?? []
    if (own.length === 0) return null
    return {
      id: 'own',
      label: st('types.group'),
      shouldOpen: true,
      entries: own.map((entry) => ({ ...entry, field })),
    }
  }
}
