import { columnKinds } from '@bihuan/engine'
import type * as Preact from 'preact'
import { st } from '../../i18n/studio.ts'
import type { EditorComponent } from './editor-module.ts'

type Item = { readonly [name: string]: unknown }
type Line = { readonly field: EditorComponent; readonly id: string }
type Set = (field: EditorComponent, value: readonly Item[]) => void

const itemsOf = (value: unknown): readonly Item[] =>
  Array.isArray(value) ? value.filter((item): item is Item => typeof item === 'object' && item !== null) : []
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Options as lines: what is shown, and the value behind a bar where it is another. */
export const optionLines = (options: unknown): string =>
  itemsOf(options)
    .map(({ value, label }) => (label === value || label === undefined ? text(value) : `${text(label)}|${text(value)}`))
    .join('\n')

/** The same lines as options; empty ones are left out, a value that comes twice counts once. */
export function readOptionLines(lines: string): readonly { readonly value: string; readonly label: string }[] {
  const options = lines.split('\n').flatMap((line) => {
    const [label = '', value = label] = line.split('|').map((part) => part.trim())
    return label === '' ? [] : [{ value: value || label, label }]
  })
  return options.filter((option, i) => options.findIndex((other) => other.value === option.value) === i)
}

/** A key that no other item has: `c1`, `c2`, … */
export function freeKey(items: readonly Item[]): string {
  let number = items.length + 1
  while (items.some((item) => item.key === `c${number}`)) number += 1
  return `c${number}`
}

/** What both lists share: cards one below the other, each with its lines and a way to take it away, and one to add. */
function listEditor(
  h: typeof Preact.h,
  label: string,
  member: string,
  add: string,
  make: (items: readonly Item[]) => Item,
  set: Set,
  lines: (item: Item, change: (update: Item) => void, id: string) => Preact.ComponentChild[],
) {
  return function ListEditor({ field, id }: Line) {
    const items = itemsOf(field[member])
    const change = (index: number, update: Item) =>
      set(
        field,
        items.map((item, at) => (at === index ? { ...item, ...update } : item)),
      )
    return h('div', { class: 'bio-properties-panel-entry own-items', 'data-entry-id': id }, [
      h('div', { class: 'bio-properties-panel-label' }, label),
      ...items.map((item, index) =>
        h('fieldset', { key: index, class: 'own-item' }, [
          ...lines(item, (update) => change(index, update), `${id}-${index}`),
          h(
            'button',
            {
              type: 'button',
              class: 'link',
              'aria-label': st('types.remove', { name: text(item.name) || st('types.unnamed') }),
              onClick: () =>
                set(
                  field,
                  items.filter((_, at) => at !== index),
                ),
            },
            '×',
          ),
        ]),
      ),
      h('button', { type: 'button', class: 'link own-add', onClick: () => set(field, [...items, make(items)]) }, add),
    ])
  }
}

const input = (h: typeof Preact.h, id: string, label: string, value: string, change: (text: string) => void) =>
  h('label', { class: 'own-line' }, [
    h('span', null, label),
    h('input', {
      id,
      key: value,
      class: 'bio-properties-panel-input',
      spellcheck: false,
      value,
      onChange: (event: Event) => change((event.target as HTMLInputElement).value.trim()),
    }),
  ])

const tick = (h: typeof Preact.h, label: string, checked: boolean, change: (checked: boolean) => void) =>
  h('label', { class: 'own-tick' }, [
    h('input', {
      type: 'checkbox',
      checked,
      onChange: (event: Event) => change((event.target as HTMLInputElement).checked),
    }),
    h('span', null, label),
  ])

/** The papers of a list of attachments. */
export const papersEditor = (h: typeof Preact.h, label: string, set: Set) =>
  listEditor(
    h,
    label,
    'items',
    st('types.addPaper'),
    () => ({ name: st('types.newPaper') }),
    set,
    (item, change, id) => [
      input(h, `${id}-name`, st('types.listName'), text(item.name), (name) => change({ name })),
      tick(h, st('types.paperRequired'), item.required === true, (required) => change({ required })),
    ],
  )

/** The columns of a table. */
export const columnsEditor = (h: typeof Preact.h, label: string, set: Set) =>
  listEditor(
    h,
    label,
    'columns',
    st('types.addColumn'),
    (items) => ({ key: freeKey(items), name: st('types.newColumn'), kind: 'text' }),
    set,
    (item, change, id) => [
      input(h, `${id}-name`, st('types.listName'), text(item.name), (name) => change({ name })),
      input(h, `${id}-key`, st('types.listKey'), text(item.key), (key) => change({ key })),
      h('label', { class: 'own-line' }, [
        h('span', null, st('types.columnKind')),
        h(
          'select',
          {
            class: 'bio-properties-panel-input',
            onChange: (event: Event) => change({ kind: (event.target as HTMLSelectElement).value }),
          },
          columnKinds.map((kind) =>
            h('option', { value: kind, selected: kind === (item.kind ?? 'text') }, st(`types.kind.${kind}`)),
          ),
        ),
      ]),
      ...(item.kind === 'number'
        ? [input(h, `${id}-unit`, st('types.columnUnit'), text(item.unit), (unit) => change({ unit }))]
        : []),
      ...(item.kind === 'choice'
        ? [
            h('label', { class: 'own-line tall' }, [
              h('span', null, st('types.columnOptions')),
              h('textarea', {
                rows: 3,
                key: optionLines(item.options),
                class: 'bio-properties-panel-input',
                value: optionLines(item.options),
                onChange: (event: Event) =>
                  change({ options: readOptionLines((event.target as HTMLTextAreaElement).value) }),
              }),
            ]),
          ]
        : []),
      tick(h, st('types.required'), item.required === true, (required) => change({ required })),
    ],
  )
