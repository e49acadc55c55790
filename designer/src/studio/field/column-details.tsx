import type { ColumnEntry } from '@bihuan/engine'
import { Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Choice } from '../../ui/choice.tsx'
import { optionsOf, relabelled } from './clipboard.ts'
import { TickDetail } from './detail-parts.tsx'
import { ItemList } from './item-list.tsx'
import { kindWord } from './words.ts'

const columnKinds = ['text', 'number', 'money', 'date', 'choice'] as const

/** The columns of a table: name, kind, whether they must be filled, options of a choice, unit of a number. */
export function ColumnDetails(props: {
  columns: readonly ColumnEntry[]
  onChange: (columns: readonly ColumnEntry[]) => void
}) {
  const columns = () => props.columns
  function freeKey(): string {
    const taken = new Set(columns().map((column) => column.key))
    let number = columns().length + 1
    while (taken.has(`column_${number}`)) number += 1
    return `column_${number}`
  }
  const ofKind = (column: ColumnEntry, kind: ColumnEntry['kind']): ColumnEntry => ({
    key: column.key,
    name: column.name,
    kind,
    ...(column.required && { required: true }),
    ...(kind === 'choice' && {
      options: column.options ?? optionsOf([1, 2].map((number) => st('fields.detail.option', { number }))),
    }),
    ...((kind === 'number' || kind === 'money') && column.unit && { unit: column.unit }),
  })
  return (
    <ItemList<ColumnEntry>
      legend={st('fields.detail.columns')}
      items={columns()}
      nameOf={(column) => column.name}
      add={st('fields.detail.addColumn')}
      onAdd={() => {
        const name = st('fields.detail.columnName', { number: columns().length + 1 })
        props.onChange([...columns(), { key: freeKey(), name, kind: 'text' }])
      }}
      onChange={props.onChange}
    >
      {(column, index, set) => (
        <div class="column-item">
          <input
            class="detail-control"
            aria-label={st('fields.detail.columnName', { number: index + 1 })}
            value={column().name}
            onChange={(event) => {
              const name = event.currentTarget.value.trim()
              if (name === '') event.currentTarget.value = column().name
              else set({ ...column(), name })
            }}
          />
          <Choice
            label={st('fields.detail.columnKind', { number: index + 1 })}
            value={column().kind}
            options={columnKinds.map((kind) => ({ value: kind, label: kindWord(kind) }))}
            onChange={(kind) => set(ofKind(column(), kind))}
          />
          <TickDetail
            label={st('fields.access.required')}
            value={column().required === true}
            onChange={(on) => {
              const { required: _, ...rest } = column()
              set(on ? { ...rest, required: true } : rest)
            }}
          />
          <Show when={column().kind === 'choice'}>
            <input
              class="detail-control wide"
              aria-label={st('fields.detail.columnOptions', { name: column().name })}
              value={(column().options ?? []).map((option) => option.label).join(st('fields.preview.comma'))}
              onChange={(event) => {
                const labels = event.currentTarget.value.split(/[\u3001,\uff0c;\uff1b]/).map((label) => label.trim())
                const given = labels.filter((label) => label !== '')
                if (given.length > 0) set({ ...column(), options: relabelled(given, column().options ?? []) })
              }}
            />
          </Show>
          <Show when={column().kind === 'number'}>
            <input
              class="detail-control wide"
              aria-label={st('fields.detail.columnUnit', { name: column().name })}
              placeholder={st('fields.detail.unit')}
              value={column().unit ?? ''}
              onChange={(event) => {
                const { unit: _, ...rest } = column()
                const unit = event.currentTarget.value.trim()
                set(unit === '' ? rest : { ...rest, unit })
              }}
            />
          </Show>
        </div>
      )}
    </ItemList>
  )
}
