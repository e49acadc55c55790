import { createSignal, createUniqueId, For, type JSX, type ParentProps, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { setMode } from '../mode.ts'

/** A question and its answer. */
export function Section(props: ParentProps<{ title: string; icon: JSX.Element }>) {
  const id = createUniqueId()
  return (
    <section class="sentence-section" aria-labelledby={id}>
      <h3 id={id}>
        {props.icon}
        {props.title}
      </h3>
      {props.children}
    </section>
  )
}

/** A sentence whose blue words can be changed. */
export const Say = (props: ParentProps) => <div class="say">{props.children}</div>

/** What a sentence means in a real place, or with real numbers. */
export function Live(props: ParentProps<{ icon: JSX.Element; amber?: boolean | undefined }>) {
  return (
    <div class="live" classList={{ amber: props.amber ?? false }} role={props.amber ? 'status' : undefined}>
      {props.icon}
      <span>{props.children}</span>
    </div>
  )
}

/** Words with places for parts: `由 {{who}} 办` with `{who: …}`. The catalogue decides the order. */
export function Words(props: { text: string; parts: { readonly [name: string]: () => JSX.Element } }) {
  const pieces = () => props.text.split(/\{(\w+)\}/u)
  return <For each={pieces()}>{(piece, index) => (index() % 2 === 0 ? piece : (props.parts[piece]?.() ?? ''))}</For>
}

interface NumberWordProps {
  value: number | undefined
  label: string
  min?: number
  max?: number
  onChange: (value: number) => void
}

/** A number inside a sentence. Enter or leaving it takes the number; what is no number is put back. */
export function NumberWord(props: NumberWordProps) {
  const take = (box: HTMLInputElement) => {
    const value = Number(box.value)
    const isFit = box.value.trim() !== '' && Number.isInteger(value) && value >= (props.min ?? 0)
    if (isFit && value <= (props.max ?? 100_000)) {
      if (value !== props.value) props.onChange(value)
    } else box.value = String(props.value ?? '')
  }
  return (
    <input
      class="word-input number"
      size={1}
      inputmode="numeric"
      aria-label={props.label}
      value={props.value ?? ''}
      onChange={(event) => take(event.currentTarget)}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}

interface TextWordProps {
  value: string
  label: string
  placeholder?: string
  wide?: boolean
  required?: boolean
  onChange: (value: string) => void
}

/** A few words inside a sentence, as wide as they are. */
export function TextWord(props: TextWordProps) {
  const [typed, setTyped] = createSignal<string>()
  const shown = () => typed() ?? props.value
  const take = (box: HTMLInputElement) => {
    const value = box.value.trim()
    setTyped(undefined)
    if (value === props.value || (props.required && value === '')) box.value = props.value
    else props.onChange(value)
  }
  return (
    <span class="word-grow" classList={{ wide: props.wide ?? false }} data-text={shown() || props.placeholder || ''}>
      <input
        class="word-input"
        size={1}
        aria-label={props.label}
        placeholder={props.placeholder ?? ''}
        value={props.value}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={(event) => take(event.currentTarget)}
        onBlur={() => setTyped(undefined)}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </span>
  )
}

/** What was written in 专业 and no sentence says: shown as it stands, never changed from here. */
export function Expert(props: { text: string | undefined }) {
  return (
    <div class="expert">
      <p>
        {st('pieces.expert.written')}
        <button type="button" class="link" onClick={() => setMode('expert')}>
          {st('pieces.expert.open')}
        </button>
      </p>
      <Show when={props.text}>{(text) => <code>{text()}</code>}</Show>
    </div>
  )
}
