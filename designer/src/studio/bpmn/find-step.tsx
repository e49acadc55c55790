import type { Element } from 'bpmn-js/lib/model/Types'
import Search from 'lucide-solid/icons/search'
import X from 'lucide-solid/icons/x'
import { createMemo, createSignal, For, onMount, Show } from 'solid-js'
import { diagramWord } from '../../i18n/bpmn-io/diagram-words.ts'
import { t } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { typeWords } from './element-words.ts'
import { findElements } from './find-elements.ts'
import { mode } from './mode.ts'
import type { StudioModeler } from './services.ts'
import { reveal } from './show-element.ts'

const MOST = 60

/** Finds an element by its name or id and goes there. Arrow keys choose, Enter goes, Escape closes. */
export function FindStep(props: { modeler: StudioModeler; onClose: () => void }) {
  let box!: HTMLInputElement
  const [typed, setTyped] = createSignal('')
  const [chosen, setChosen] = createSignal(0)
  const all = elementsOf(props.modeler)
  const found = createMemo(() => findElements(all, typed()))
  const shown = createMemo(() => found().slice(0, MOST))

  onMount(() => box.focus())

  const go = (element: Element | undefined) => {
    if (element) reveal(props.modeler, element)
    props.onClose()
    props.modeler.get('canvas').focus()
  }
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen((at) => Math.min(Math.max(0, at + step), shown().length - 1))
      document.getElementById(`find-${chosen()}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      go(shown()[chosen()]?.element)
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      go(undefined)
    }
  }

  return (
    <search class="find">
      <div class="find-box">
        <Search class="icon s" aria-hidden="true" />
        <input
          ref={box}
          type="text"
          role="combobox"
          aria-label={st('bpmn.find')}
          aria-expanded="true"
          aria-controls="find-list"
          aria-activedescendant={shown().length > 0 ? `find-${chosen()}` : undefined}
          placeholder={st('bpmn.findPlaceholder')}
          value={typed()}
          onInput={(event) => {
            setTyped(event.currentTarget.value)
            setChosen(0)
          }}
          onKeyDown={onKey}
        />
        <button type="button" class="tool" aria-label={t('app.close')} onClick={() => go(undefined)}>
          <X class="icon s" aria-hidden="true" />
        </button>
      </div>
      <Show when={typed().trim() !== ''}>
        <p class="find-count" role="status">
          {found().length === 0
            ? st('bpmn.findNone', { text: typed().trim() })
            : st('bpmn.findCount', { n: found().length })}
        </p>
      </Show>
      <div class="find-list" id="find-list" role="listbox" aria-label={st('bpmn.find')}>
        <For each={shown()}>
          {(item, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keys
            <div
              class="find-item"
              id={`find-${index()}`}
              role="option"
              tabIndex={-1}
              aria-selected={index() === chosen()}
              onMouseEnter={() => setChosen(index())}
              onClick={() => go(item.element)}
            >
              <span class="find-name">{item.name || st('bpmn.noName')}</span>
              <span class="find-about">{mode() === 'expert' ? item.id : diagramWord(typeWords(item.element))}</span>
            </div>
          )}
        </For>
      </div>
    </search>
  )
}

interface Item {
  readonly id: string
  readonly name: string
  readonly element: Element
}

/** Everything of a drawing that can be gone to, from left to right. */
function elementsOf(modeler: StudioModeler): Item[] {
  return modeler
    .get('elementRegistry')
    .filter((element) => element.type !== 'label' && Boolean(element.parent))
    .map((element) => ({ id: element.businessObject.id, name: element.businessObject.name ?? '', element }))
    .toSorted((a, b) => leftOf(a.element) - leftOf(b.element))
}

function leftOf(element: Element): number {
  if ('waypoints' in element) return (element.waypoints as { x: number }[])[0]?.x ?? 0
  return (element as Element & { x: number }).x
}
