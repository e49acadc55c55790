import { Unreachable } from '../api/http.ts'
import { useSignOut } from '../api/session.ts'
import { t } from '../i18n/i18n.ts'
import { errorWords } from './state.tsx'
import { showToast } from './toast.tsx'

/** Signs out, and says so when that did not succeed: whoever walks away now leaves an open account behind. */
export function useLeave(): () => Promise<void> {
  const signOut = useSignOut()
  return async () => {
    try {
      await signOut()
    } catch (error) {
      const { title, text } = errorWords(error)
      showToast(error instanceof Unreachable ? t('app.notSignedOut') : `${title} ${text}`, 'problem')
    }
  }
}
