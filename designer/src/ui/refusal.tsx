import { Show } from 'solid-js'
import { errorWords } from './state.tsx'
import './field.css'

/** What kept a person from it, said beside what he pressed; nothing while nothing did. */
export function Refusal(props: { error: unknown }) {
  return (
    <Show when={props.error}>
      {(error) => (
        <p class="note red" role="alert">
          {[errorWords(error()).title, errorWords(error()).text].join(' ')}
        </p>
      )}
    </Show>
  )
}
