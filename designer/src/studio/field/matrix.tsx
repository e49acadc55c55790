// biome-ignore-all lint/a11y/useSemanticElements: lines are drawn only where they are seen, which tables cannot do
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { large } from '../../ui/size.ts'
import { type Place, STEPS_FROM } from './grid.ts'
import './matrix.css'
import { MatrixHead } from './matrix-head.tsx'
import type { MatrixProps } from './matrix-props.ts'
import { MatrixRow } from './matrix-row.tsx'
import { createMatrixClipboard } from './use-clipboard.ts'
import { createMatrixKeys } from './use-keys.ts'

/** Lines drawn above and below what is in view. */
const OVERSCAN = 6

/**
 * Fields × steps as one grid with a single tab stop: arrow keys move, Shift and the pointer select, a letter sets all
 * selected cells. Only the lines in view are drawn, so that 200 fields × 30 steps stay fluid.
 */
export function Matrix(props: MatrixProps) {
  let place!: HTMLDivElement
  const { table } = props
  const [top, setTop] = createSignal(0)
  const [height, setHeight] = createSignal(600)
  const rowHeight = () => (large() ? 52 : 29)
  const headHeight = () => (large() ? 84 : 54)

  /** Ids of the lines to draw; the focused one is always there, so that the focus has a place. */
  const drawn = createMemo(
    (): readonly string[] => {
      const rows = table.rows()
      const first = Math.max(0, Math.floor(top() / rowHeight()) - OVERSCAN)
      const last = Math.min(rows.length, Math.ceil((top() + height()) / rowHeight()) + OVERSCAN)
      const ids = rows.slice(first, last).map((row) => row.id)
      const focused = rows[table.place().row]
      if (focused && (table.place().row < first || table.place().row >= last)) ids.push(focused.id)
      return ids
    },
    undefined,
    { equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]) },
  )

  onMount(() => {
    const seen = new ResizeObserver(() => setHeight(place.clientHeight))
    seen.observe(place)
    onCleanup(() => seen.disconnect())
  })

  /** Scrolls a cell into view and gives it the focus. */
  function focusCell(to: Place): void {
    const upper = to.row * rowHeight()
    const view = place.clientHeight - headHeight()
    if (upper < place.scrollTop) place.scrollTop = upper
    else if (upper + rowHeight() > place.scrollTop + view) place.scrollTop = upper + rowHeight() - view
    setTop(place.scrollTop)
    const id = table.rows()[to.row]?.id ?? ''
    const line = place.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`)
    const cell =
      line?.querySelector<HTMLElement>(`[data-col="${to.col}"]`) ?? line?.querySelector<HTMLElement>('[data-col]')
    cell?.focus({ preventScroll: true })
    if (to.col < STEPS_FROM) place.scrollLeft = 0
    else cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  /** Whether the focus is in the table: only then it follows what is chosen. */
  const hasFocus = () => place.contains(document.activeElement)
  createEffect(
    on(
      () => [table.place(), table.typing()] as const,
      ([to, typing]) => {
        if (!typing && hasFocus()) focusCell(to)
      },
      { defer: true },
    ),
  )

  const keys = createMatrixKeys({ ...props, focusCell, setTyping: table.setTyping })
  const clipboard = createMatrixClipboard(props)

  /** Where the pointer is, as a cell. */
  function cellAt(event: PointerEvent): Place | null {
    const under = document.elementFromPoint(event.clientX, event.clientY)
    const cell = under?.closest<HTMLElement>('[data-col]')
    const line = cell?.closest<HTMLElement>('[data-line]')
    if (!cell || !line || !place.contains(line)) return null
    const row = table.indexById().get(line.dataset.line ?? '')
    return row === undefined ? null : { row, col: Number(cell.dataset.col) }
  }

  let dragging = false
  function press(event: PointerEvent): void {
    if (event.button !== 0 || (event.target as Element).closest('input, select, button, .field-grip')) return
    const at = cellAt(event)
    if (!at) return
    const id = table.rows()[at.row]?.id ?? ''
    // What is typed beside the table is kept as the focus leaves it: of the field it was typed for, so before another
    // is chosen. Keeping it may move the rows.
    focusCell(at)
    table.goTo({ ...at, row: table.indexById().get(id) ?? at.row }, event.shiftKey)
    dragging = at.col >= STEPS_FROM && event.pointerType === 'mouse'
  }
  function pass(event: PointerEvent): void {
    if (!dragging) return
    const at = cellAt(event)
    if (at && at.col >= STEPS_FROM && (at.row !== table.place().row || at.col !== table.place().col))
      table.goTo(at, true)
  }
  const release = () => {
    dragging = false
  }
  onMount(() => addEventListener('pointerup', release))
  onCleanup(() => removeEventListener('pointerup', release))

  return (
    <div
      ref={place}
      class="matrix"
      role="grid"
      tabindex="-1"
      aria-label={st('fields.table')}
      aria-multiselectable="true"
      aria-rowcount={table.rows().length + 1}
      aria-colcount={table.cols()}
      style={{
        '--steps': table.columns().length,
        '--name': table.columns().length > 8 ? '176px' : '142px',
        '--row': `${rowHeight()}px`,
        '--head': `${headHeight()}px`,
      }}
      onScroll={() => setTop(place.scrollTop)}
      on:keydown={keys}
      on:copy={clipboard.copy}
      on:paste={clipboard.paste}
      onPointerDown={press}
      onPointerMove={pass}
    >
      <MatrixHead {...props} focusCell={focusCell} />
      <div class="matrix-body" role="presentation" style={{ height: `${table.rows().length * rowHeight()}px` }}>
        <For each={drawn()}>
          {(id) => (
            <Show when={table.indexById().get(id) !== undefined}>
              <MatrixRow {...props} id={id} rowHeight={rowHeight()} focusCell={focusCell} />
            </Show>
          )}
        </For>
      </div>
    </div>
  )
}
