import { For, onMount } from 'solid-js'

/** A choice made in place: the list opens at once, Enter or a press takes, Escape or leaving keeps what was. */
export function InlineChoice<T extends string>(props: {
  label: string
  value: T
  options: readonly { readonly value: T; readonly label: string }[]
  onChange: (value: T) => void
  onDone: () => void
}) {
  let select!: HTMLSelectElement
  let over = false
  const done = () => {
    if (over) return
    over = true
    props.onDone()
  }
  onMount(() => {
    select.focus()
    // Needs a press just before; without one the list waits for a key.
    try {
      select.showPicker()
    } catch {
      return
    }
  })
  return (
    <select
      ref={select}
      class="inline-choice"
      aria-label={props.label}
      onChange={() => {
        const value = props.options.find((option) => option.value === select.value)?.value
        if (value && value !== props.value) props.onChange(value)
        done()
      }}
      onBlur={done}
      on:keydown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape' || event.key === 'Enter') {
          event.preventDefault()
          done()
        }
      }}
    >
      <For each={props.options}>
        {(option) => (
          <option value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        )}
      </For>
    </select>
  )
}
