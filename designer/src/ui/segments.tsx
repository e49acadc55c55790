import { For } from 'solid-js'
import './segments.css'

interface SegmentsProps<T extends string> {
  /** What the choice is about, for a screen reader. */
  label: string
  value: T
  options: readonly { readonly value: T; readonly label: string }[]
  onChange: (value: T) => void
}

/** A choice of one out of a few, all in view. */
export function Segments<T extends string>(props: SegmentsProps<T>) {
  return (
    <fieldset class="segments">
      <legend class="sr">{props.label}</legend>
      <For each={props.options}>
        {(option) => (
          <button
            type="button"
            aria-pressed={props.value === option.value}
            onClick={() => props.onChange(option.value)}
          >
            {option.label}
          </button>
        )}
      </For>
    </fieldset>
  )
}
