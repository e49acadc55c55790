// biome-ignore-all lint/a11y/useSemanticElements: lines are drawn only where they are seen, which tables cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the one tab stop of the grid is the focused cell
import Trash from 'lucide-solid/icons/trash'
import { For, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { removeStep } from './edit.ts'
import { type Place, STEPS_FROM } from './grid.ts'
import type { MatrixProps } from './matrix-props.ts'
import type { Column } from './table.ts'

/** The names of the columns. Pressing a step selects its column and shows its form. */
export function MatrixHead(props: MatrixProps & { focusCell: (to: Place) => void }) {
  const { table } = props
  const shown = (column: Column) => column.step !== null && table.shownStep()?.elementId === column.elementId

  /** Steps that are gone have no name left: they are counted. */
  const goneNumber = (column: Column) =>
    table
      .columns()
      .filter((each) => each.step === null)
      .findIndex((each) => each.elementId === column.elementId) + 1

  function select(index: number): void {
    table.selectColumn(STEPS_FROM + index)
    props.focusCell(table.place())
  }

  function forget(elementId: string): void {
    props.editor.change(removeStep(elementId))
    props.say(st('fields.removedStep'))
  }

  return (
    <div class="matrix-row matrix-head" role="row" aria-rowindex={1}>
      <div class="matrix-name" role="columnheader" aria-colindex={1}>
        {st('fields.column.name')}
      </div>
      <div class="matrix-kind" role="columnheader" aria-colindex={2}>
        {st('fields.column.kind')}
      </div>
      <div class="matrix-grade" role="columnheader" aria-colindex={3}>
        <span class="sr">{st('fields.column.grade')}</span>
      </div>
      <For each={table.columns()}>
        {(column, index) => (
          <div
            class="matrix-step"
            role="columnheader"
            aria-colindex={STEPS_FROM + index() + 1}
            classList={{ on: shown(column), gone: column.step === null }}
          >
            <Show
              when={column.step}
              fallback={
                <>
                  <span class="matrix-step-name">{st('fields.gone')}</span>
                  <button
                    type="button"
                    class="matrix-forget"
                    title={`${st('fields.goneStep', { number: goneNumber(column) })}\n${st('fields.removeStep')}`}
                    aria-label={`${st('fields.goneStep', { number: goneNumber(column) })}\u00a0${st('fields.removeStep')}`}
                    onClick={() => forget(column.elementId)}
                  >
                    <Trash class="icon s" aria-hidden="true" />
                  </button>
                </>
              }
            >
              {(step) => (
                <button
                  type="button"
                  tabindex="-1"
                  class="matrix-step-name"
                  title={st('fields.selectStep', { step: step().name })}
                  onClick={() => select(index())}
                >
                  <span style={{ 'max-width': nameWidth(step().name) }}>{step().name}</span>
                </button>
              )}
            </Show>
          </div>
        )}
      </For>
    </div>
  )
}

/** Short names break in two even lines; longer ones take three. */
function nameWidth(name: string): string {
  return `${Math.max(2, Math.ceil(name.length / (name.length > 8 ? 3 : 2)))}.2em`
}
