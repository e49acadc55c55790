import { applyDictionary } from '@bihuan/engine'
import type { Shape } from 'bpmn-js/lib/model/Types'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import GripVertical from 'lucide-solid/icons/grip-vertical'
import Search from 'lucide-solid/icons/search'
import { createEffect, createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Kbd } from '../../../ui/kbd.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { useWorkspace } from '../../workspace/workspace.ts'
import type { StudioModeler } from '../services.ts'
import { piecesOf } from './index.ts'
import { type PieceKind, pieceGroups } from './piece.ts'
import { PieceIcon } from './piece-icon.tsx'
import './piece-rail.css'

interface PieceRailProps {
  modeler: StudioModeler
  /** Opens the list of all BPMN elements. */
  onMore?: () => void
}

/** The ready pieces: pressed, one follows what is chosen; dragged, it goes onto a flow, a step or free paper. */
export function PieceRail(props: PieceRailProps) {
  const workspace = useWorkspace()
  const [search, setSearch] = createSignal('')
  const [said, setSaid] = createSignal('')
  const pieces = createMemo(() => piecesOf(props.modeler))
  let searchBox: HTMLInputElement | undefined

  createEffect(() => {
    const service = pieces()
    service.around.connect({
      packageId: () => workspace.id,
      dictionary: () => workspace.dictionary(),
      roles: () => workspace.directory()?.roles.map((role) => role.key) ?? [],
      write: (before, after) => {
        const { files, id, steps } = workspace
        workspace.write(applyDictionary(files, { before, after, steps: steps(), packageId: id }), 'bpmn')
      },
    })
  })

  const groups = createMemo(() => {
    const text = search().trim()
    return pieceGroups
      .map((group) => ({
        id: group.id,
        kinds: group.kinds.filter(
          (kind) => st(`pieces.kind.${kind}`).includes(text) || st(`pieces.about.${kind}`).includes(text),
        ),
      }))
      .filter((group) => group.kinds.length > 0)
  })

  const tell = (kind: PieceKind, main: Shape | null, refusal: string) => {
    if (main) setSaid(st('pieces.placed', { name: st(`pieces.kind.${kind}`) }))
    else showToast(refusal, 'plain')
  }

  const append = (kind: PieceKind) => {
    const [chosen] = props.modeler.get('selection').get()
    tell(kind, pieces().append(chosen, kind), st('pieces.needsStep'))
  }

  const drag = (event: DragEvent, kind: PieceKind) => {
    event.preventDefault()
    pieces().drag(event, kind, (main) => {
      tell(kind, main, st('pieces.needsStep'))
      props.modeler.get('canvas').focus()
    })
  }

  onMount(() => {
    const focusSearch = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement
      if (event.key !== '/' || event.ctrlKey || event.metaKey || at.closest('input, textarea, [contenteditable]'))
        return
      event.preventDefault()
      searchBox?.focus()
    }
    document.addEventListener('keydown', focusSearch)
    onCleanup(() => document.removeEventListener('keydown', focusSearch))
  })

  return (
    <aside class="piece-rail" aria-label={st('pieces.title')}>
      <div class="piece-search">
        <Search class="icon s" aria-hidden="true" />
        <input
          ref={searchBox}
          type="search"
          aria-label={st('pieces.search')}
          placeholder={st('pieces.search')}
          value={search()}
          onInput={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = groups()[0]?.kinds ?? []
            if (event.key === 'Enter' && first && search().trim() !== '') append(first)
            if (event.key === 'Escape') setSearch('')
          }}
        />
        <Kbd>/</Kbd>
      </div>
      <For each={groups()} fallback={<p class="piece-none">{st('pieces.nothingFound')}</p>}>
        {(group) => (
          <section aria-labelledby={`piece-group-${group.id}`}>
            <h2 class="eyebrow" id={`piece-group-${group.id}`}>
              {st(`pieces.group.${group.id}`)}
            </h2>
            <For each={group.kinds}>
              {(kind) => (
                <button
                  type="button"
                  class="piece"
                  title={st(`pieces.about.${kind}`)}
                  draggable="true"
                  onClick={(event) => {
                    append(kind)
                    // Who came by mouse goes on drawing; who came by keyboard stays in the rail.
                    if (event.detail > 0) props.modeler.get('canvas').focus()
                  }}
                  onDragStart={(event) => drag(event, kind)}
                >
                  <PieceIcon kind={kind} />
                  <span>{st(`pieces.kind.${kind}`)}</span>
                  <GripVertical class="icon s grip" aria-hidden="true" />
                </button>
              )}
            </For>
          </section>
        )}
      </For>
      <Show when={props.onMore}>
        {(more) => (
          <button type="button" class="piece more" onClick={() => more()()}>
            <Ellipsis class="icon" aria-hidden="true" />
            <span>{st('pieces.more')}</span>
          </button>
        )}
      </Show>
      <p class="sr" aria-live="polite">
        {said()}
      </p>
    </aside>
  )
}
