import { columnsOf, describeCell, type FieldColumn, rowFaults } from '@bihuan/engine'
import Plus from 'lucide-solid/icons/plus'
import Trash from 'lucide-solid/icons/trash'
import { For, Index, Show } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { YUAN_UNIT } from '../../../i18n/yuan.ts'
import { wide } from '../../../ui/wide.ts'
import { CellInput } from './cell-input.tsx'
import { groupedMoney, sumOfMoney } from './money-value.ts'
import './rows.css'
import type { OwnBodyProps } from './surroundings.ts'

type Row = { readonly [key: string]: unknown }
type Json = Parameters<typeof describeCell>[1]

/** What the table and the cards both need. */
interface RowsProps extends OwnBodyProps {
  readonly columns: readonly FieldColumn[]
  readonly rows: readonly Row[]
  readonly cellId: (row: number, column: FieldColumn) => string
  readonly isWrong: (row: number, column: FieldColumn) => boolean
  readonly onCell: (row: number, column: FieldColumn, value: unknown) => void
  readonly onRemove: (row: number) => void
  readonly onEnter: (event: KeyboardEvent, row: number, column: FieldColumn) => void
}

/** A table that is filled row by row: on a desk a table, on a phone a card a row. */
export function RowsBody(props: OwnBodyProps) {
  let add: HTMLButtonElement | undefined
  const columns = () => columnsOf(props.field.columns)
  const stored = (): readonly Row[] => (Array.isArray(props.value) ? (props.value as Row[]) : [])
  // An empty table opens with a row to type in; it counts once something stands in it.
  const rows = (): readonly Row[] => (stored().length === 0 && !props.readonly ? [{}] : stored())
  const cellId = (row: number, column: FieldColumn) => `${props.domId}-${row}-${column.key}`
  const copies = (): Row[] => rows().map((row) => ({ ...row }))
  const sums = () => columns().filter((column) => column.kind === 'money')

  function change(row: number, column: FieldColumn, value: unknown): void {
    props.onChange(copies().map((each, index) => (index === row ? { ...each, [column.key]: value } : each)))
  }
  function append(): void {
    const first = columns()[0]
    const at = rows().length
    props.onChange([...copies(), {}])
    if (first) focus(at, first)
  }
  function remove(row: number): void {
    const rest = copies().filter((_, index) => index !== row)
    props.onChange(rest.length > 0 ? rest : null)
    queueMicrotask(() => add?.focus())
  }
  const focus = (row: number, column: FieldColumn) =>
    requestAnimationFrame(() => document.getElementById(cellId(row, column))?.focus())

  /** Enter goes down the column, and opens a row at its end; it never sends the form. */
  function enter(event: KeyboardEvent, row: number, column: FieldColumn): void {
    if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    if (row + 1 < rows().length) focus(row + 1, column)
    else append()
  }

  const parts = (): RowsProps => ({
    ...props,
    columns: columns(),
    rows: rows(),
    cellId,
    isWrong: (row, column) =>
      props.invalid && rowFaults(columns(), rows()[row]).some((fault) => fault.column.key === column.key),
    onCell: change,
    onRemove: remove,
    onEnter: enter,
  })

  return (
    <fieldset
      class="field-rows"
      classList={{ reading: props.readonly }}
      aria-labelledby={props.labelId}
      aria-describedby={props.describedBy}
    >
      <Show when={rows().length > 0} fallback={<p class="files-none">{t('form.rows.none')}</p>}>
        <Show when={wide()} fallback={<Cards {...parts()} rows={rows()} />}>
          <Table {...parts()} rows={rows()} />
        </Show>
      </Show>
      <For each={sums()}>
        {(column) => (
          <p class="rows-sum">
            {column.name} {t('form.rows.sum')}
            <b>
              {groupedMoney(sumOfMoney(rows().map((row) => row[column.key])))} {YUAN_UNIT}
            </b>
          </p>
        )}
      </For>
      <Show when={!props.readonly}>
        <button ref={add} type="button" class="rows-add" onClick={append}>
          <Plus class="icon s" aria-hidden="true" />
          {t('form.rows.add')}
        </button>
      </Show>
    </fieldset>
  )
}

const isNumeric = (column: FieldColumn): boolean => column.kind === 'number' || column.kind === 'money'

function Table(props: RowsProps) {
  return (
    <div class="rows-scroll">
      <table>
        <thead>
          <tr>
            <th class="rows-place" scope="col">
              #
            </th>
            <For each={props.columns}>
              {(column) => (
                <th scope="col" classList={{ numeric: isNumeric(column) }}>
                  {column.name}
                </th>
              )}
            </For>
            <Show when={!props.readonly}>
              <th class="rows-act">
                <span class="sr">{t('form.rows.act')}</span>
              </th>
            </Show>
          </tr>
        </thead>
        <tbody>
          <Index each={props.rows}>
            {(row, index) => (
              <tr>
                <td class="rows-place">{index + 1}</td>
                <For each={props.columns}>
                  {(column) => (
                    <td classList={{ numeric: isNumeric(column) }}>
                      <Cell {...props} row={index} column={column} cell={row()[column.key]} named />
                    </td>
                  )}
                </For>
                <Show when={!props.readonly}>
                  <td class="rows-act">
                    <Remove row={index} onRemove={props.onRemove} />
                  </td>
                </Show>
              </tr>
            )}
          </Index>
        </tbody>
      </table>
    </div>
  )
}

function Cards(props: RowsProps) {
  return (
    <ol class="row-cards">
      <Index each={props.rows}>
        {(row, index) => (
          <li>
            <div class="row-head">
              <b>{t('form.rows.row', { row: index + 1 })}</b>
              <Show when={!props.readonly}>
                <Remove row={index} onRemove={props.onRemove} />
              </Show>
            </div>
            <For each={props.columns}>
              {(column) => (
                <div class="row-cell">
                  <Show when={!props.readonly} fallback={<span class="row-label">{column.name}</span>}>
                    <label class="row-label" for={props.cellId(index, column)}>
                      {column.name}
                      <Show when={!column.required}>
                        <span>{t('form.optional')}</span>
                      </Show>
                    </label>
                  </Show>
                  <Cell {...props} row={index} column={column} cell={row()[column.key]} />
                </div>
              )}
            </For>
          </li>
        )}
      </Index>
    </ol>
  )
}

function Cell(props: RowsProps & { row: number; column: FieldColumn; cell: unknown; named?: boolean }) {
  return (
    <Show
      when={!props.readonly}
      fallback={<span class="cell-text">{describeCell(props.column, props.cell as Json) || '–'}</span>}
    >
      <CellInput
        id={props.cellId(props.row, props.column)}
        column={props.column}
        value={props.cell}
        {...(props.named ? { label: t('form.rows.cell', { row: props.row + 1, column: props.column.name }) } : {})}
        invalid={props.isWrong(props.row, props.column)}
        onChange={(value) => props.onCell(props.row, props.column, value)}
        onBlur={() => props.onBlur()}
        onKeyDown={(event) => props.onEnter(event, props.row, props.column)}
      />
    </Show>
  )
}

function Remove(props: { row: number; onRemove: (row: number) => void }) {
  return (
    <button
      type="button"
      class="file-remove"
      aria-label={t('form.rows.remove', { row: props.row + 1 })}
      onClick={() => props.onRemove(props.row)}
    >
      <Trash class="icon s" aria-hidden="true" />
    </button>
  )
}
