import { type JSX, Show, splitProps } from 'solid-js'
import './button.css'

export interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` carries the seal colour: one on a page, for the official act. */
  kind?: 'primary' | 'secondary' | 'plain'
  size?: 'small' | 'normal' | 'large'
  wide?: boolean
  /** Shows that the act is under way; further presses do nothing. */
  busy?: boolean
  /** Not yet allowed: a pale seal; the page says what is missing. */
  pending?: boolean
  /** The key that does the same on the desk. */
  keys?: string
}

/** A button in one of three kinds. Takes the attributes of `<button>`; `type` is `button` unless given. */
export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, [
    'kind',
    'size',
    'wide',
    'busy',
    'pending',
    'keys',
    'class',
    'children',
    'onClick',
    'type',
  ])
  const press: JSX.EventHandler<HTMLButtonElement, MouseEvent> = (event) => {
    if (own.busy) return
    if (typeof own.onClick === 'function') own.onClick(event)
  }
  return (
    <button
      {...rest}
      type={own.type ?? 'button'}
      class={`btn ${own.kind ?? 'secondary'} ${own.size ?? 'normal'} ${own.class ?? ''}`}
      classList={{ wide: own.wide, busy: own.busy, wait: own.pending }}
      aria-busy={own.busy ? 'true' : undefined}
      onClick={press}
    >
      <Show when={own.busy}>
        <span class="spinner" aria-hidden="true" />
      </Show>
      {own.children}
      <Show when={own.keys}>
        <span class="kbd" aria-hidden="true">
          {own.keys}
        </span>
      </Show>
    </button>
  )
}
