import { type FieldEntry, fieldKinds, grades } from '@bihuan/engine'
import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import MoreHorizontal from 'lucide-solid/icons/ellipsis'
import GripVertical from 'lucide-solid/icons/grip-vertical'
import PencilLine from 'lucide-solid/icons/pencil-line'
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal'
import Trash from 'lucide-solid/icons/trash'
import { type JSX, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Menu } from '../../ui/menu.tsx'
import { startDrag } from './drag.ts'
import { changeField, changeKind, moveField } from './edit.ts'
import { InlineChoice } from './inline-choice.tsx'
import { InlineText } from './inline-text.tsx'
import type { RowProps } from './matrix-props.ts'
import { begin, gradeWord, kindLine, kindWord } from './words.ts'

/** Name, kind and grade of a field: what is common is changed here, the rest in its details. */
export function FieldCells(props: RowProps & { field: FieldEntry; index: number }) {
  const { table, editor } = props
  const key = () => props.field.key
  const typing = (col: number) => table.typing()?.id === props.id && table.typing()?.col === col
  const current = () => table.place().row === props.index
  const type = (col: number) => {
    table.goTo({ row: props.index, col })
    table.setTyping({ id: props.id, col })
  }
  const back = () => {
    table.setTyping(undefined)
    queueMicrotask(() => props.focusCell(table.place()))
  }

  function rename(name: string | null, enter: boolean): void {
    const wanted = name?.trim() ?? ''
    if (wanted !== '' && wanted !== props.field.name) editor.change(changeField(key(), { name: wanted }))
    back()
    // Enter on the last field of a group goes on with a new one.
    const next = table.rows()[props.index + 1]
    if (enter && (!next || next.kind === 'group')) table.setAdding(props.field.group ?? '')
  }

  const Cell = (given: { col: number; class: string; label: string; children: JSX.Element; onClick?: () => void }) => {
    const focused = () => current() && table.place().col === given.col
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
      // biome-ignore lint/a11y/noStaticElementInteractions: its role depends on the column
      // biome-ignore lint/a11y/useAriaPropsSupportedByRole: its role depends on the column
      <div
        role={given.col === 0 ? 'rowheader' : 'gridcell'}
        class={given.class}
        classList={{ focused: focused() }}
        data-col={given.col}
        tabindex={focused() ? 0 : -1}
        aria-colindex={given.col + 1}
        aria-label={given.label}
        onClick={() => given.onClick?.()}
        onDblClick={() => given.col === 0 && type(0)}
      >
        {given.children}
      </div>
    )
  }

  const items = () => [
    {
      label: st('fields.details'),
      icon: <SlidersHorizontal class="icon s" aria-hidden="true" />,
      onSelect: props.openDetails,
    },
    {
      label: st('fields.rename'),
      icon: <PencilLine class="icon s" aria-hidden="true" />,
      onSelect: () => queueMicrotask(() => type(0)),
    },
    {
      label: st('fields.moveUp'),
      icon: <ArrowUp class="icon s" aria-hidden="true" />,
      onSelect: () => editor.change(moveField(key(), -1)),
    },
    {
      label: st('fields.moveDown'),
      icon: <ArrowDown class="icon s" aria-hidden="true" />,
      onSelect: () => editor.change(moveField(key(), 1)),
    },
    {
      label: st('fields.remove'),
      icon: <Trash class="icon s" aria-hidden="true" />,
      danger: true,
      apart: true,
      onSelect: () => props.askToDelete(key()),
    },
  ]

  return (
    <>
      <Cell col={0} class="matrix-name" label={props.field.name}>
        <Show
          when={typing(0)}
          fallback={
            <>
              <span
                class="field-grip"
                aria-hidden="true"
                title={st('fields.drag')}
                onPointerDown={(event) => startDrag(event, key(), props)}
              >
                <GripVertical class="icon s" />
              </span>
              <span class="field-name">{props.field.name}</span>
              <Show when={current()}>
                <Menu
                  label={st('fields.more', { field: props.field.name })}
                  class="field-more"
                  trigger={<MoreHorizontal class="icon s" aria-hidden="true" />}
                  items={items()}
                  placement="bottom-start"
                />
              </Show>
            </>
          }
        >
          <InlineText label={st('fields.column.name')} value={props.field.name} onDone={rename} />
        </Show>
      </Cell>
      <Cell
        col={1}
        class="matrix-kind"
        label={st('fields.kindCell', { field: props.field.name, kind: kindLine(props.field) })}
        onClick={() => !typing(1) && type(1)}
      >
        <Show when={typing(1)} fallback={<span class="clip">{kindLine(props.field)}</span>}>
          <InlineChoice
            label={st('fields.column.kind')}
            value={props.field.kind}
            options={fieldKinds.map((kind) => ({ value: kind, label: kindWord(kind) }))}
            onChange={(kind) => editor.change(changeKind(key(), kind, begin()))}
            onDone={back}
          />
        </Show>
      </Cell>
      <Cell
        col={2}
        class="matrix-grade"
        label={st('fields.gradeCell', { field: props.field.name, grade: gradeWord(props.field.grade) })}
        onClick={() => !typing(2) && type(2)}
      >
        <Show
          when={typing(2)}
          fallback={<span class={`clip grade-${props.field.grade}`}>{gradeWord(props.field.grade)}</span>}
        >
          <InlineChoice
            label={st('fields.column.grade')}
            value={props.field.grade}
            options={grades.map((grade) => ({ value: grade, label: gradeWord(grade) }))}
            onChange={(grade) => editor.change(changeField(key(), { grade }))}
            onDone={back}
          />
        </Show>
      </Cell>
    </>
  )
}
