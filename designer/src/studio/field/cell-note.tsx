import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal'
import { createMemo, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Segments } from '../../ui/segments.tsx'
import { accesses } from './clipboard.ts'
import { setAccess } from './edit.ts'
import type { FieldEditor } from './editor.ts'
import { STEPS_FROM } from './grid.ts'
import type { Table } from './table.ts'
import { accessWord, gradeWord, kindLine } from './words.ts'

/** What is chosen in the table, in words, and its access to change by pressing. */
export function CellNote(props: {
  table: Table
  editor: FieldEditor
  uses: (key: string) => number
  openDetails: () => void
}) {
  const { table } = props
  const field = () => table.focusedField()
  const column = () => table.columns()[table.place().col - STEPS_FROM]
  const many = createMemo(() => (table.isMany() ? table.chosen().cells.flat() : []))
  const access = () => {
    const key = field()?.key
    const elementId = column()?.elementId
    if (many().length > 0) {
      const [first, ...rest] = many().map(table.accessOfCell)
      return first !== undefined && rest.every((each) => each === first) ? first : undefined
    }
    return key !== undefined && elementId !== undefined ? table.accessOfCell({ elementId, key }) : undefined
  }
  const about = (): string => {
    const given = field()
    if (!given) return ''
    const used = props.uses(given.key)
    const what = [
      kindLine(given),
      gradeWord(given.grade),
      given.anew ? st('fields.detail.anew') : undefined,
      (given.purpose ?? given.description)?.replace(/[\u3002.]$/, ''),
      used > 0 ? st('fields.note.usedIn', { count: used }) : undefined,
    ]
    return what.filter((part) => part !== undefined && part !== '').join(' · ')
  }
  const effect = () => {
    const now = access()
    return now && many().length === 0 ? st(`fields.note.${now}`) : ''
  }

  return (
    <section class="cell-note" aria-live="off">
      <Show when={field() || many().length > 0} fallback={<p class="quiet">{st('fields.note.noStep')}</p>}>
        <div class="cell-note-words">
          <Show
            when={many().length === 0}
            fallback={
              <>
                <h3>{st('fields.note.many', { count: many().length })}</h3>
                <p>{st('fields.note.manyText')}</p>
              </>
            }
          >
            <h3>
              {column()?.step
                ? st('fields.note.field', { field: field()?.name ?? '', step: column()?.step?.name ?? '' })
                : field()?.name}
            </h3>
            <p>{about()}</p>
            <p>{effect()}</p>
          </Show>
        </div>
        <div class="cell-note-acts">
          <Show when={many().length > 0 || column()}>
            <Segments
              label={st('fields.note.access')}
              value={access() ?? ''}
              options={accesses.map((each) => ({ value: each as string, label: accessWord(each) }))}
              onChange={(value) => {
                const wanted = accesses.find((each) => each === value)
                const key = field()?.key
                const elementId = column()?.elementId
                if (!wanted) return
                if (many().length > 0) table.setChosen(wanted)
                else if (key && elementId)
                  props.editor.change(setAccess([{ cell: { elementId, key }, access: wanted }]))
              }}
            />
          </Show>
          <Show when={many().length === 0}>
            <Button kind="plain" size="small" onClick={props.openDetails}>
              <SlidersHorizontal class="icon s" aria-hidden="true" />
              {st('fields.details')}
            </Button>
          </Show>
        </div>
      </Show>
    </section>
  )
}
