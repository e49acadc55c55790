import type { InboxItem, InboxView } from '../../api/shapes.ts'
import { momentText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import { clockWords, deadlineWords } from '../../ui/clock-text.tsx'

export const VIEWS: readonly InboxView[] = ['mine', 'claimable', 'waiting', 'done']

/** The line that says what is wanted, or what was done. */
export function doWords(item: InboxItem, view: InboxView): string {
  const key = { mine: 'inbox.todo', claimable: 'inbox.claim', waiting: 'inbox.wait', done: 'inbox.did' } as const
  return t(key[view], { name: item.name })
}

/** When: the deadline, or when it was done. `tone` colours it. */
export function whenWords(item: InboxItem, view: InboxView, now: string): { text: string; tone: string } {
  if (view === 'done') {
    return {
      text: item.completedAt ? t('inbox.doneAt', { when: momentText(item.completedAt, now) }) : '',
      tone: 'none',
    }
  }
  if (!item.dueAt) return { text: '', tone: 'none' }
  return { text: deadlineWords(item.dueAt, now), tone: clockWords(item.dueAt, now).tone }
}

/** Where a row leads: to its task, or to the case when there is no task of this person. */
export const whereTo = (item: InboxItem): string => (item.taskKey ? `/tasks/${item.taskKey}` : `/cases/${item.caseKey}`)

/** The ring of a row shows the clock of what is wanted from this person. */
export const rowRing = (item: InboxItem) => ({
  ...item.ring,
  dueAt: item.completedAt ? item.ring.dueAt : (item.dueAt ?? item.ring.dueAt),
})
