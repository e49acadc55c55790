import { type Component, createSignal, ErrorBoundary, lazy, Show, Suspense } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import type { OwnBodyProps } from './surroundings.ts'

type Load = () => Promise<{ default: Component<OwnBodyProps> }>

/**
 * The body of a field that is fetched when a form first shows it: a phone loads only the kinds of fields it needs. What
 * did not arrive is fetched again at a press.
 */
export function lateBody(load: Load): Component<OwnBodyProps> {
  let Body = lazy(load)
  return (props) => {
    const [tries, setTries] = createSignal(1)
    const again = () => {
      Body = lazy(load)
      setTries((count) => count + 1)
    }
    return (
      <Show when={tries()} keyed>
        <ErrorBoundary
          fallback={
            <p class="late-failed" role="alert">
              {t('form.lateFailed')}
              <button type="button" class="link" onClick={again}>
                {t('app.retry')}
              </button>
            </p>
          }
        >
          <Suspense fallback={<div class="late-body" aria-hidden="true" />}>
            <Body {...props} />
          </Suspense>
        </ErrorBoundary>
      </Show>
    )
  }
}
