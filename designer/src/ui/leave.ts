import { Unreachable } from '../api/http.ts'
import { countKeptText } from '../api/kept-text.ts'
import { useSignOut } from '../api/session.ts'
import { t } from '../i18n/i18n.ts'
import { errorWords } from './state.tsx'
import { showToast } from './toast.tsx'

/** So long a press is the second one, after which the person has to be told again. */
const SECOND_MS = 60_000
/** When the person was told of what would be lost. */
let toldAt = Number.NEGATIVE_INFINITY

/**
 * Signs out, at the second press where what was typed is kept in this browser alone. Says so when it did not succeed:
 * whoever walks away now leaves an open account behind.
 */
export function useLeave(): () => Promise<void> {
  const signOut = useSignOut()
  return async () => {
    const kept = await countKeptText().catch(() => 0)
    if (kept > 0 && performance.now() - toldAt > SECOND_MS) {
      toldAt = performance.now()
      return showToast(t('app.keptHere', { count: kept }), 'problem')
    }
    try {
      await signOut()
      toldAt = Number.NEGATIVE_INFINITY
    } catch (error) {
      const { title, text } = errorWords(error)
      showToast(error instanceof Unreachable ? t('app.notSignedOut') : `${title} ${text}`, 'problem')
    }
  }
}
