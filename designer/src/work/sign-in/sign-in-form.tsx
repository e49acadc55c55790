import type { Me } from '@bihuan/runtime/contract'
import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createSignal, onMount, Show } from 'solid-js'
import { signIn } from '../../api/session.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { errorWords } from '../../ui/state.tsx'
import '../../ui/field.css'

interface SignInFormProps {
  /** Who was signed in here before; then only the password is missing. */
  username?: string
  onSignedIn: (me: Me) => void
}

/** User name and password; says what is wrong, and keeps what was typed. */
export function SignInForm(props: SignInFormProps) {
  const [shown, setShown] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<{ title: string; text: string } | null>(null)
  let username!: HTMLInputElement
  let password!: HTMLInputElement
  onMount(() => (username.value === '' ? username : password).focus())

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
      props.onSignedIn(await signIn(name, password.value))
    } catch (error) {
      setProblem(errorWords(error))
      password.select()
    } finally {
      setBusy(false)
    }
  }

  return (
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
          value={props.username ?? ''}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxlength="64"
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
  )
}
