import { onMount } from 'solid-js'

/**
 * A text typed in place. Enter or leaving takes it, Escape does not (`null`).
 * @param onDone gets the text, and whether Enter was pressed
 */
export function InlineText(props: {
  label: string
  value: string
  placeholder?: string
  onDone: (text: string | null, enter: boolean) => void
}) {
  let input!: HTMLInputElement
  let over = false
  onMount(() => {
    input.focus()
    input.select()
  })
  const done = (text: string | null, enter = false) => {
    if (over) return
    over = true
    props.onDone(text, enter)
  }
  return (
    <input
      ref={input}
      class="inline-text"
      aria-label={props.label}
      placeholder={props.placeholder}
      value={props.value}
      maxlength="200"
      onBlur={() => done(input.value)}
      on:keydown={(event) => {
        event.stopPropagation()
        // An input method takes Enter for itself.
        if (event.isComposing) return
        if (event.key === 'Enter') {
          event.preventDefault()
          done(input.value, true)
        } else if (event.key === 'Escape') {
          event.preventDefault()
          done(null)
        }
      }}
    />
  )
}
