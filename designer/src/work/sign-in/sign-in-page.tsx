import { A, Navigate, useNavigate, useSearchParams } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import { createSignal, type JSX, Show } from 'solid-js'
import { goOnAs, sessionKey, useSession } from '../../api/session.ts'
import { language, setLanguage, t } from '../../i18n/i18n.ts'
import { Mark } from '../../ui/mark.tsx'
import { safeReturn } from './safe-return.ts'
import { SignInForm } from './sign-in-form.tsx'
import './sign-in.css'

/** Signing in; afterwards the page the person wanted. */
export default function SignInPage() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const session = useSession()
  const [search] = useSearchParams()
  const [done, setDone] = createSignal(false)
  return (
    <Show when={!session.data || done()} fallback={<Navigate href={safeReturn(search.to)} />}>
      <SignInFrame
        foot={
          <>
            <A href="/notices">{t('signIn.board')}</A>
            <button type="button" class="link" onClick={() => void setLanguage(language() === 'en' ? 'zh-CN' : 'en')}>
              {language() === 'en' ? t('app.chinese') : t('app.english')}
            </button>
          </>
        }
      >
        <SignInForm
          onSignedIn={(me) => {
            setDone(true)
            goOnAs(me)
            queries.clear()
            queries.setQueryData(sessionKey, me)
            navigate(safeReturn(search.to), { replace: true })
          }}
        />
      </SignInFrame>
    </Show>
  )
}

/** The sheet that signing in stands on: the ring and the promise, then what is asked. */
export function SignInFrame(props: { children: JSX.Element; foot?: JSX.Element }) {
  return (
    <div class="sign-in">
      <section class="sign-in-art" aria-hidden="true">
        <BigRing />
        <p>{t('signIn.lead')}</p>
      </section>
      <main class="sign-in-main">
        <header>
          <Mark size={44} />
          <div>
            <h1>{t('app.name')}</h1>
            <p>{t('app.promise')}</p>
          </div>
        </header>
        {props.children}
        <Show when={props.foot}>
          <footer>{props.foot}</footer>
        </Show>
      </main>
    </div>
  )
}

/** The ornament of the house at full size: arcs of ink, closed by a seal. */
function BigRing() {
  const gap = 0.03
  const arcs = Array.from({ length: 8 }, (_, index) => {
    const from = (index / 8) * Math.PI * 2 + gap
    const to = ((index + 1) / 8) * Math.PI * 2 - gap
    const at = (angle: number) =>
      `${(100 + 82 * Math.sin(angle)).toFixed(2)} ${(100 - 82 * Math.cos(angle)).toFixed(2)}`
    return `M${at(from)}A82 82 0 0 1 ${at(to)}`
  })
  return (
    <svg viewBox="0 0 200 200" class="big-ring" aria-hidden="true">
      {arcs.map((path) => (
        <path d={path} fill="none" stroke="var(--ink-700)" stroke-width="17" />
      ))}
      <rect x="89.5" y="5.5" width="21" height="25" rx="2.5" fill="var(--seal-600)" />
    </svg>
  )
}
