import Landmark from 'lucide-solid/icons/landmark'
import Search from 'lucide-solid/icons/search'
import UserRound from 'lucide-solid/icons/user-round'
import X from 'lucide-solid/icons/x'
import { createSignal, For, onCleanup, Show } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import './picker.css'
import type { OwnBodyProps, Pickable } from './surroundings.ts'

/** Quiet time before a search, milliseconds. */
const QUIET = 250
/** As many as a search gives at most. */
const MOST = 20

type Named = Pick<Pickable, 'id' | 'name'>
type Finding =
  | { readonly state: 'idle' | 'searching' | 'failed' }
  | { readonly state: 'found'; readonly items: readonly Pickable[] }

const namedIn = (value: unknown): readonly Named[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (one): one is Named => typeof one === 'object' && one !== null && typeof (one as Named).id === 'string',
  )

/**
 * People or units, found as one types and kept as chips. A combobox with a list of its own (WAI-ARIA pattern): the
 * library's wants its options in the page, and drops chosen ones that the next search does not hold.
 */
export function PickerBody(props: OwnBodyProps) {
  const isPerson = () => props.field.type === 'person'
  const many = () => props.field.multiple === true
  const chosen = () => namedIn(props.value)
  const [finding, setFinding] = createSignal<Finding>({ state: 'idle' })
  const [active, setActive] = createSignal(0)
  const [typed, setTyped] = createSignal('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined
  let input: HTMLInputElement | undefined
  let place: HTMLFieldSetElement | undefined
  const listId = () => `${props.domId}-list`
  const items = (): readonly Pickable[] => {
    const found = finding()
    const ids = new Set(chosen().map((one) => one.id))
    return found.state === 'found' ? found.items.filter((item) => !ids.has(item.id)) : []
  }
  const isOpen = () => typed() !== '' && finding().state !== 'idle'

  function close(): void {
    clearTimeout(timer)
    running?.abort()
    setFinding({ state: 'idle' })
  }
  onCleanup(close)

  function type(text: string): void {
    setTyped(text)
    close()
    const search = text.trim()
    if (search === '') return
    setFinding({ state: 'searching' })
    timer = setTimeout(() => void find(search), QUIET)
  }

  async function find(search: string): Promise<void> {
    const own = new AbortController()
    running = own
    const { people, units } = props.around.sources
    const word = (name: string): string | null => {
      const value = props.field[name]
      return typeof value === 'string' && value !== '' ? value : null
    }
    try {
      const found = isPerson()
        ? await people(search, word('role'), own.signal)
        : await units(search, word('level'), own.signal)
      if (own.signal.aborted) return
      setActive(0)
      setFinding({ state: 'found', items: found })
    } catch {
      if (!own.signal.aborted) setFinding({ state: 'failed' })
    }
  }

  function choose(item: Pickable): void {
    const named = { id: item.id, name: item.name }
    setTyped('')
    close()
    props.onChange(many() ? [...chosen().map((one) => ({ ...one })), named] : named)
    if (many()) input?.focus()
    else queueMicrotask(() => place?.querySelector('button')?.focus())
  }
  function remove(id: string): void {
    const rest = chosen().filter((one) => one.id !== id)
    props.onChange(many() && rest.length > 0 ? rest.map((one) => ({ ...one })) : null)
    queueMicrotask(() => input?.focus())
  }

  function press(event: KeyboardEvent): void {
    if (event.isComposing) return
    const last = items().length - 1
    if (event.key === 'ArrowDown' && isOpen()) setActive((at) => Math.min(last, at + 1))
    else if (event.key === 'ArrowUp' && isOpen()) setActive((at) => Math.max(0, at - 1))
    else if (event.key === 'Enter' && typed() !== '') {
      const item = items()[active()]
      if (item) choose(item)
    } else if (event.key === 'Escape' && isOpen()) type('')
    else if (event.key === 'Backspace' && typed() === '' && many()) {
      const one = chosen().at(-1)
      if (!one) return
      remove(one.id)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  const said = (): string => {
    const found = finding()
    if (found.state === 'searching') return t('form.pick.searching')
    if (found.state === 'failed') return t('form.pick.failed')
    if (found.state !== 'found') return ''
    if (items().length === 0) return t('form.pick.nobody')
    return found.items.length >= MOST ? t('form.pick.found20') : t('form.pick.found', { count: items().length })
  }

  return (
    <Show
      when={!props.readonly}
      fallback={
        <p class="field-text">
          {chosen()
            .map((one) => one.name)
            .join(t('form.pick.separator'))}
        </p>
      }
    >
      <fieldset class="picker" ref={place} aria-labelledby={props.labelId}>
        <Show when={chosen().length > 0}>
          <ul class="picked">
            <For each={chosen()}>
              {(one) => (
                <li>
                  <Show when={isPerson()} fallback={<Landmark class="icon s" aria-hidden="true" />}>
                    <UserRound class="icon s" aria-hidden="true" />
                  </Show>
                  {one.name}
                  <button
                    type="button"
                    aria-label={t('form.remove', { name: one.name })}
                    onClick={() => remove(one.id)}
                  >
                    <X class="icon s" aria-hidden="true" />
                  </button>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <Show when={many() || chosen().length === 0}>
          <div class="picker-search">
            <div class="fjs-input-group">
              <Search class="icon s" aria-hidden="true" />
              <input
                ref={input}
                id={props.domId}
                class="fjs-input"
                type="text"
                role="combobox"
                autocomplete="off"
                aria-autocomplete="list"
                aria-expanded={isOpen() && items().length > 0}
                aria-controls={listId()}
                aria-activedescendant={isOpen() && items().length > 0 ? `${listId()}-${active()}` : undefined}
                aria-invalid={props.invalid}
                aria-describedby={props.describedBy}
                placeholder={t(isPerson() ? 'form.pick.person' : 'form.pick.unit')}
                value={typed()}
                onInput={(event) => type(event.currentTarget.value)}
                onKeyDown={press}
                onBlur={() => {
                  type('')
                  props.onBlur()
                }}
              />
            </div>
            <div class="picker-list" classList={{ open: isOpen() }}>
              <div
                class="picker-options"
                role="listbox"
                id={listId()}
                aria-labelledby={props.labelId}
                classList={{ empty: items().length === 0 }}
              >
                <For each={items()}>
                  {(item, index) => (
                    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box one types in
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box
                    <div
                      class="picker-option"
                      role="option"
                      id={`${listId()}-${index()}`}
                      aria-selected={active() === index()}
                      onPointerDown={(event) => event.preventDefault()}
                      onClick={() => choose(item)}
                    >
                      <b>{item.name}</b>
                      <Show when={item.about}>
                        <small>{item.about}</small>
                      </Show>
                    </div>
                  )}
                </For>
              </div>
              <p class="picker-said" role="status">
                {said()}
              </p>
            </div>
          </div>
        </Show>
      </fieldset>
    </Show>
  )
}
