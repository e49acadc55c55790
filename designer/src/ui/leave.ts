import { Unreachable } from '../api/http.ts'
import { countKeptText } from '../api/kept-text.ts'
import { useSignOut } from '../api/session.ts'
import { t } from '../i18n/i18n.ts'
import { errorWords } from './state.tsx'
import { showToast } from './toast.tsx'

/** How many texts that would be lost the person was told of at the last press. */
let told = 0

/**
 * Signs out, at the second press where what was typed is kept in this browser alone. Says so when it did not succeed:
 * whoever walks away now leaves an open account behind.
 */
export function useLeave(): () => Promise<void> {
  const signOut = useSignOut()
  return async () => {
    const kept = await countKeptText().catch(() => 0)
    if (kept > told) {
      told = kept
      return showToast(t('app.keptHere', { count: kept }), 'problem')
    }
    try {
      await signOut()
      told = 0
    } catch (error) {
      const { title, text } = errorWords(error)
      showToast(error instanceof Unreachable ? t('app.notSignedOut') : `${title} ${text}`, 'problem')
    }
  }
}
