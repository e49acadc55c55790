import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import Plus from 'lucide-solid/icons/plus'
import X from 'lucide-solid/icons/x'
import { Index, type JSX, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'

/** A list whose items are typed in place, put in order and taken away: options, papers, columns. */
export function ItemList<T>(props: {
  legend: string
  items: readonly T[]
  /** What an item is called, for the names of its buttons. */
  nameOf: (item: T) => string
  add: string
  onAdd: () => void
  onChange: (items: readonly T[]) => void
  children: (item: () => T, index: number, set: (item: T) => void) => JSX.Element
}) {
  let list!: HTMLUListElement
  const put = (index: number, item: T) => props.onChange(props.items.map((each, at) => (at === index ? item : each)))
  const move = (index: number, by: number) => {
    const next = [...props.items]
    const [item] = next.splice(index, 1)
    if (item !== undefined) next.splice(index + by, 0, item)
    props.onChange(next)
  }
  const add = () => {
    props.onAdd()
    queueMicrotask(() => list.querySelector<HTMLInputElement>('li:last-child input')?.select())
  }
  return (
    <fieldset class="item-list">
      <legend>{props.legend}</legend>
      <ul ref={list}>
        <Index each={props.items}>
          {(item, index) => (
            <li>
              {props.children(item, index, (next) => put(index, next))}
              <button
                type="button"
                class="item-act"
                disabled={index === 0}
                aria-label={st('fields.detail.up', { name: props.nameOf(item()) })}
                onClick={() => move(index, -1)}
              >
                <ArrowUp class="icon s" aria-hidden="true" />
              </button>
              <button
                type="button"
                class="item-act"
                disabled={index === props.items.length - 1}
                aria-label={st('fields.detail.down', { name: props.nameOf(item()) })}
                onClick={() => move(index, 1)}
              >
                <ArrowDown class="icon s" aria-hidden="true" />
              </button>
              <Show when={props.items.length > 1}>
                <button
                  type="button"
                  class="item-act"
                  aria-label={st('fields.detail.off', { name: props.nameOf(item()) })}
                  onClick={() => props.onChange(props.items.filter((_, at) => at !== index))}
                >
                  <X class="icon s" aria-hidden="true" />
                </button>
              </Show>
            </li>
          )}
        </Index>
      </ul>
      <button type="button" class="item-add" onClick={add}>
        <Plus class="icon s" aria-hidden="true" />
        {props.add}
      </button>
    </fieldset>
  )
}
