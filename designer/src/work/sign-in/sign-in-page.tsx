import { A, Navigate, useNavigate, useSearchParams } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createSignal, Show } from 'solid-js'
import { sessionKey, signIn, useSession } from '../../api/session.ts'
import { language, setLanguage, t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Mark } from '../../ui/mark.tsx'
import { errorWords } from '../../ui/state.tsx'
import '../../ui/field.css'
import { safeReturn } from './safe-return.ts'
import './sign-in.css'

/** User name and password; afterwards the page the person wanted. */
export default function SignInPage() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const session = useSession()
  const [search] = useSearchParams()
  const [shown, setShown] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<{ title: string; text: string } | null>(null)
  let username!: HTMLInputElement
  let password!: HTMLInputElement

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (busy()) return
    const name = username.value.trim()
    if (name === '' || password.value === '') {
      setProblem({ title: t('signIn.both'), text: '' })
      const missing = name === '' ? username : password
      missing.focus()
      return
    }
    setBusy(true)
    setProblem(null)
    try {
      const me = await signIn(name, password.value)
      queries.clear()
      queries.setQueryData(sessionKey, me)
      navigate(safeReturn(search.to), { replace: true })
    } catch (error) {
      setProblem(errorWords(error))
      password.select()
    } finally {
      setBusy(false)
    }
  }

  return (
    <Show when={!session.data || busy()} fallback={<Navigate href={safeReturn(search.to)} />}>
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
          <form onSubmit={submit} noValidate aria-label={t('signIn.title')}>
            <div class="field">
              <label class="label" for="username">
                {t('signIn.username')}
              </label>
              <input
                ref={username}
                class="control"
                id="username"
                name="username"
                autocomplete="username"
                autocapitalize="none"
                spellcheck={false}
                maxlength="64"
                autofocus
              />
            </div>
            <div class="field">
              <label class="label" for="password">
                {t('signIn.password')}
              </label>
              <div class="control-with-act">
                <input
                  ref={password}
                  class="control"
                  id="password"
                  name="password"
                  type={shown() ? 'text' : 'password'}
                  autocomplete="current-password"
                  maxlength="256"
                  aria-describedby={problem() ? 'sign-in-problem' : undefined}
                />
                <button
                  type="button"
                  class="hit"
                  aria-label={shown() ? t('signIn.hide') : t('signIn.show')}
                  onClick={() => setShown(!shown())}
                >
                  {shown() ? <EyeOff class="icon" aria-hidden="true" /> : <Eye class="icon" aria-hidden="true" />}
                </button>
              </div>
            </div>
            <Show when={problem()}>
              {(words) => (
                <div class="note red" id="sign-in-problem" role="alert">
                  <p>
                    <b>{words().title}</b> {words().text}
                  </p>
                </div>
              )}
            </Show>
            <Button kind="primary" type="submit" wide busy={busy()}>
              {t('signIn.submit')}
            </Button>
          </form>
          <footer>
            <A href="/notices">{t('signIn.board')}</A>
            <button type="button" class="link" onClick={() => void setLanguage(language() === 'en' ? 'zh-CN' : 'en')}>
              {language() === 'en' ? t('app.chinese') : t('app.english')}
            </button>
          </footer>
        </main>
      </div>
    </Show>
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
