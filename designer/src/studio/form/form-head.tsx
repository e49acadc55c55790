import type { Step } from '@bihuan/engine'
import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import Redo2 from 'lucide-solid/icons/redo-2'
import Trash from 'lucide-solid/icons/trash'
import Undo2 from 'lucide-solid/icons/undo-2'
import WandSparkles from 'lucide-solid/icons/wand-sparkles'
import { For, type JSX, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Menu } from '../../ui/menu.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Tip } from '../../ui/tooltip.tsx'
import { wide } from '../../ui/wide.ts'
import type { EditorHandle } from './form-editor.tsx'
import { stepNames } from './form-list.tsx'

/** Laying out, or looking at the form as people get it on a desk or a phone. */
export type View = 'edit' | 'desk' | 'phone'

export interface FormHeadProps {
  readonly name: string
  readonly steps: readonly Step[]
  /** Who fills it at the first of these steps, in words; null when that is not known. */
  readonly who: string | null
  readonly view: View
  readonly onView: (view: View) => void
  readonly editor: EditorHandle | null
  /** Whether the form can be made from the dictionary. */
  readonly generated: boolean
  readonly onBringUp: () => void
  readonly onAnew: () => void
  readonly onDelete: (() => void) | null
}

/** The line above a form: what it is, the acts on what is selected, and how it is looked at. */
export function FormHead(props: FormHeadProps) {
  const acts = (): readonly {
    label: string
    keys?: string
    icon: () => JSX.Element
    on: boolean
    act: () => void
  }[] => {
    const { editor } = props
    return [
      {
        label: st('forms.undo'),
        keys: 'Ctrl Z',
        icon: () => <Undo2 class="icon s" aria-hidden="true" />,
        on: editor?.canUndo() ?? false,
        act: () => editor?.undo(),
      },
      {
        label: st('forms.redo'),
        keys: 'Ctrl Y',
        icon: () => <Redo2 class="icon s" aria-hidden="true" />,
        on: editor?.canRedo() ?? false,
        act: () => editor?.redo(),
      },
      {
        label: st('forms.up'),
        icon: () => <ArrowUp class="icon s" aria-hidden="true" />,
        on: editor?.canMove(-1) ?? false,
        act: () => editor?.move(-1),
      },
      {
        label: st('forms.down'),
        icon: () => <ArrowDown class="icon s" aria-hidden="true" />,
        on: editor?.canMove(1) ?? false,
        act: () => editor?.move(1),
      },
      {
        label: st('forms.takeOff'),
        icon: () => <Trash class="icon s" aria-hidden="true" />,
        on: editor?.canRemove() ?? false,
        act: () => editor?.remove(),
      },
    ]
  }

  return (
    <header class="desk-head">
      <div class="desk-head-words">
        <h1>{props.name}</h1>
        <small>{[stepNames(props.steps) || st('forms.ofNone'), props.who].filter(Boolean).join(st('forms.dot'))}</small>
      </div>
      <Show when={props.view === 'edit'}>
        <div class="desk-tools" role="toolbar" aria-label={st('forms.acts')}>
          <For each={acts()}>
            {(act) => (
              <Tip text={act.label} {...(act.keys ? { keys: act.keys } : {})}>
                <button type="button" class="desk-tool" aria-label={act.label} disabled={!act.on} onClick={act.act}>
                  {act.icon()}
                </button>
              </Tip>
            )}
          </For>
        </div>
      </Show>
      <Segments<View>
        label={st('forms.view')}
        value={props.view}
        options={[
          ...(wide() ? [{ value: 'edit' as const, label: st('forms.viewEdit') }] : []),
          { value: 'desk', label: st('forms.viewDesk') },
          { value: 'phone', label: st('forms.viewPhone') },
        ]}
        onChange={props.onView}
      />
      <Menu
        label={st('forms.more')}
        class="btn secondary small"
        trigger={
          <>
            <WandSparkles class="icon s" aria-hidden="true" />
            {st('forms.regenerate')}
          </>
        }
        items={[
          { label: st('forms.bringUp'), disabled: !props.generated, onSelect: props.onBringUp },
          { label: st('forms.anew'), disabled: !props.generated, onSelect: props.onAnew },
          ...(props.onDelete
            ? [{ label: st('forms.delete'), danger: true, apart: true, onSelect: props.onDelete }]
            : []),
        ]}
      />
    </header>
  )
}
