// biome-ignore-all lint/a11y/useSemanticElements: lines are drawn only where they are seen, which tables cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the one tab stop of the grid is the focused cell
import { createMemo, For, Match, Switch } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { AddCell } from './add-cell.tsx'
import { CellMark } from './cell-mark.tsx'
import { FieldCells } from './field-cells.tsx'
import { STEPS_FROM, within } from './grid.ts'
import { GroupCell } from './group-cell.tsx'
import type { MatrixProps, RowProps } from './matrix-props.ts'
import type { Row } from './rows.ts'
import { accessWord } from './words.ts'

const of = <K extends Row['kind']>(row: Row | undefined, kind: K) =>
  row?.kind === kind ? (row as Extract<Row, { kind: K }>) : undefined

/** A line of the table, where its number puts it. */
export function MatrixRow(props: RowProps) {
  const { table } = props
  const index = createMemo(() => table.indexById().get(props.id) ?? 0)
  const row = (): Row | undefined => table.rows()[index()]
  const current = () => table.place().row === index()
  const field = createMemo(() => of(row(), 'field')?.field)
  const group = () => of(row(), 'group')
  const adding = () => of(row(), 'add')

  return (
    <div
      class="matrix-row"
      classList={{ current: current() && field() !== undefined, heading: group() !== undefined }}
      role="row"
      aria-rowindex={index() + 2}
      data-line={props.id}
      style={{ transform: `translateY(${index() * props.rowHeight}px)` }}
    >
      <Switch>
        <Match when={group()}>{(given) => <GroupCell {...props} row={given()} index={index()} />}</Match>
        <Match when={adding()}>{(given) => <AddCell {...props} group={given().group} index={index()} />}</Match>
        <Match when={field()}>
          {(given) => (
            <>
              <FieldCells {...props} field={given()} index={index()} />
              <For each={table.columnIds()}>
                {(elementId, at) => (
                  <AccessCell
                    {...props}
                    field={given().key}
                    name={given().name}
                    elementId={elementId}
                    row={index()}
                    at={at()}
                  />
                )}
              </For>
            </>
          )}
        </Match>
      </Switch>
    </div>
  )
}

function AccessCell(props: MatrixProps & { field: string; name: string; elementId: string; row: number; at: number }) {
  const { table } = props
  const col = () => STEPS_FROM + props.at
  const access = createMemo(() => table.accessOfCell({ elementId: props.elementId, key: props.field }))
  const focused = () => table.place().row === props.row && table.place().col === col()
  const chosen = () => table.isMany() && within(table.range(), props.row, col())
  const step = () => table.columns()[props.at]?.step
  return (
    <div
      role="gridcell"
      class="matrix-cell"
      classList={{
        on: step() !== null && table.shownStep()?.elementId === props.elementId,
        gone: step() === null,
        chosen: chosen(),
        focused: focused(),
      }}
      data-col={col()}
      tabindex={focused() ? 0 : -1}
      aria-colindex={col() + 1}
      aria-selected={chosen() || focused()}
      aria-label={st('fields.cell', {
        field: props.name,
        step: step()?.name ?? st('fields.gone'),
        access: accessWord(access()),
      })}
    >
      <CellMark access={access()} />
    </div>
  )
}
