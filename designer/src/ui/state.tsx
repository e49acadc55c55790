import Lock from 'lucide-solid/icons/lock'
import RefreshCw from 'lucide-solid/icons/refresh-cw'
import SearchX from 'lucide-solid/icons/search-x'
import { createSignal, type JSX, onCleanup, Show } from 'solid-js'
import { ApiProblem } from '../api/http.ts'
import { inLanguage, t } from '../i18n/i18n.ts'
import { Button } from './button.tsx'
import './state.css'

interface StateProps {
  sign: JSX.Element
  title: string
  text?: string | undefined
  children?: JSX.Element
}

/** What stands where content would: a sign, what is, where the next thing comes from, at most one way on. */
export function EmptyState(props: StateProps) {
  return (
    <section class="state">
      <div class="state-sign" aria-hidden="true">
        {props.sign}
      </div>
      <h2>{props.title}</h2>
      <Show when={props.text}>
        <p>{props.text}</p>
      </Show>
      {props.children}
    </section>
  )
}

/** What a failed request means to people, and what they can do. */
export function errorWords(error: unknown): { title: string; text: string } {
  if (error instanceof ApiProblem) {
    const words = inLanguage(error.problem.messages)
    return { title: words?.text ?? error.problem.title, text: words?.todo ?? error.problem.detail }
  }
  return { title: t('app.unreachable'), text: t('app.unreachableText') }
}

/**
 * A failed request: the server's own words and one way on. 403 and 404 are said as what they are and not retried.
 */
export function ErrorState(props: { error: unknown; onRetry?: () => void; children?: JSX.Element }) {
  const status = () => (props.error instanceof ApiProblem ? props.error.status : 0)
  const words = () => errorWords(props.error)
  return (
    <div role="alert">
      <EmptyState
        sign={
          status() === 403 ? (
            <Lock class="icon" />
          ) : status() === 404 ? (
            <SearchX class="icon" />
          ) : (
            <RefreshCw class="icon" />
          )
        }
        title={status() === 403 ? t('app.noPermission') : words().title}
        text={status() === 403 ? words().text || t('app.noPermissionTodo') : words().text}
      >
        <Show when={props.onRetry && status() !== 403 && status() !== 404}>
          <Button size="small" onClick={() => props.onRetry?.()}>
            {t('app.retry')}
          </Button>
        </Show>
        {props.children}
      </EmptyState>
    </div>
  )
}

/** Grey lines in the shape of what comes; after three seconds it says that the network is slow. */
export function Loading(props: { rows?: number }) {
  const [slow, setSlow] = createSignal(false)
  const timer = setTimeout(() => setSlow(true), 3000)
  onCleanup(() => clearTimeout(timer))
  return (
    <div class="loading" role="status" aria-live="polite">
      <span class="sr">{t('app.loading')}</span>
      {Array.from({ length: props.rows ?? 3 }, () => (
        <div class="loading-row" aria-hidden="true">
          <i class="loading-ring" />
          <div>
            <i style={{ width: '62%' }} />
            <i style={{ width: '82%' }} />
            <i style={{ width: '36%' }} />
          </div>
        </div>
      ))}
      <Show when={slow()}>
        <p class="loading-slow">{t('app.slow')}</p>
      </Show>
    </div>
  )
}
