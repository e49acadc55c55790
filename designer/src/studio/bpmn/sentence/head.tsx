import type { Element, Shape } from 'bpmn-js/lib/model/Types'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import { createMemo, createSignal, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Menu } from '../../../ui/menu.tsx'
import { setMode } from '../mode.ts'
import { isFlow, isType, objectOf } from '../pieces/extension.ts'
import { PieceIcon } from '../pieces/piece-icon.tsx'
import { kindOf } from './kind-of.ts'
import { RemoveDialog } from './remove-dialog.tsx'
import { useSentences } from './sentence-context.tsx'

/** What is chosen: its name, which can be changed, what it is, and what else can be done with it. */
export function Head(props: { element: Element }) {
  const { edit, version, workspace } = useSentences()
  const [removing, setRemoving] = createSignal(false)
  const name = createMemo((): string => {
    version()
    return objectOf(props.element).name ?? ''
  })
  const kind = createMemo(() => {
    version()
    return kindOf(props.element)
  })
  const about = () => {
    const steps = workspace.steps()
    const at = steps.findIndex((step) => step.elementId === objectOf(props.element).id)
    const words = st(kind().words)
    return at < 0 ? words : st('pieces.head.step', { kind: words, number: at + 1, count: steps.length })
  }
  const isStep = () => isType(props.element, 'bpmn:FlowNode') || isFlow(props.element)
  return (
    <header class="sentence-head">
      <span class="sentence-badge">
        <PieceIcon kind={kind().piece} />
      </span>
      <div class="sentence-name">
        <input
          aria-label={st('pieces.head.name')}
          placeholder={st('pieces.unnamed')}
          value={name()}
          onChange={(event) => edit.rename(props.element, event.currentTarget.value.trim())}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
        <p>{about()}</p>
      </div>
      <Show when={isStep()}>
        <Menu
          label={st('pieces.head.more')}
          class="hit"
          trigger={<Ellipsis class="icon" aria-hidden="true" />}
          items={[
            { label: st('pieces.expert.open'), onSelect: () => setMode('expert') },
            { label: st('pieces.head.remove'), danger: true, apart: true, onSelect: () => setRemoving(true) },
          ]}
        />
        <RemoveDialog element={props.element as Shape} open={removing()} onClose={() => setRemoving(false)} />
      </Show>
    </header>
  )
}
