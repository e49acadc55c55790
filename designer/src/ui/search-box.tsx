import Search from 'lucide-solid/icons/search'
import { createEffect, createSignal, on, onCleanup } from 'solid-js'
import './search-box.css'

/** How long typing must rest before it counts. */
const REST = 250

/** A box to search a list; `/` goes to it from anywhere on the page. */
export function SearchBox(props: { label: string; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = createSignal(props.value)
  let rest: ReturnType<typeof setTimeout> | undefined
  let box!: HTMLInputElement
  // What was cleared from outside is cleared here; whoever is typing is ahead of it.
  createEffect(
    on(
      () => props.value,
      (value) => document.activeElement !== box && setTyped(value),
      { defer: true },
    ),
  )
  const focus = (event: KeyboardEvent) => {
    const busy = event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable]')
    if (event.key !== '/' || busy || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    box.focus()
  }
  document.addEventListener('keydown', focus)
  onCleanup(() => {
    clearTimeout(rest)
    document.removeEventListener('keydown', focus)
  })
  return (
    <label class="search-box">
      <Search class="icon s" aria-hidden="true" />
      <span class="sr">{props.label}</span>
      <input
        ref={box}
        type="search"
        value={typed()}
        placeholder={props.label}
        onInput={(event) => {
          setTyped(event.currentTarget.value)
          clearTimeout(rest)
          rest = setTimeout(() => props.onChange(typed().trim()), REST)
        }}
      />
      <span class="kbd" aria-hidden="true">
        /
      </span>
    </label>
  )
}
