import { Show } from 'solid-js'
import { ApiProblem } from '../api/http.ts'
import { t } from '../i18n/i18n.ts'
import { errorWords } from './state.tsx'
import './field.css'

/** What kept a person from it, said beside what he pressed; nothing while nothing did. */
export function Refusal(props: {
  error: unknown
  /** What it means for an act that no answer came; that it is asked for again by itself unless given. */
  unanswered?: string
}) {
  const words = (error: unknown) =>
    props.unanswered && !(error instanceof ApiProblem)
      ? [t('app.unreachable'), props.unanswered]
      : [errorWords(error).title, errorWords(error).text]
  return (
    <Show when={props.error}>
      {(error) => (
        <p class="note red" role="alert">
          {words(error()).join(' ')}
        </p>
      )}
    </Show>
  )
}
