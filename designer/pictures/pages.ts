import type { CaseList, Inbox, InboxView, NoticeBoard, Startable } from '@bihuan/runtime/contract'
import type { Page } from 'playwright-core'

/** Reads `/api` with the session of the open page. */
export type Ask = <T>(path: string) => Promise<T>

/** One picture: a page of the app as one person sees it. */
export interface Picture {
  readonly name: string
  /** Whether somebody must be signed in. */
  readonly session: boolean
  /** Address of the page, found out from what the person has; null when there is nothing to show. */
  readonly path: (ask: Ask) => Promise<string | null>
  /** What to press before the picture is taken. */
  readonly act?: (page: Page, wide: boolean) => Promise<void>
  /** Taken in one width only. */
  readonly only?: 'desk' | 'phone'
}

const always = (path: string) => async () => path

async function firstTask(ask: Ask): Promise<string | null> {
  for (const view of ['mine', 'claimable'] satisfies InboxView[]) {
    const { items } = await ask<Inbox>(`/inbox?view=${view}`)
    const key = items.find((item) => item.taskKey !== null)?.taskKey
    if (key) return `/tasks/${key}`
  }
  return null
}

async function firstCase(ask: Ask, state: 'open' | 'ended'): Promise<string | null> {
  const { items } = await ask<CaseList>(`/cases?state=${state}`)
  // A running clock shows most, then the case that has come furthest.
  const worth = ({ ring }: CaseList['items'][number]) =>
    (ring.dueAt === null ? 0 : 100) + ring.stages.filter((stage) => stage.state === 'done').length
  const best = [...items].sort((a, b) => worth(b) - worth(a))[0]
  return best ? `/cases/${best.key}` : null
}

async function firstNotice(ask: Ask): Promise<string | null> {
  const { items } = await ask<NoticeBoard>('/notices')
  return items[0] ? `/notices/${items[0].key}` : null
}

async function firstStart(ask: Ask): Promise<string | null> {
  const [process] = await ask<Startable[]>('/startable')
  return process ? `/start/${process.processId}` : null
}

/** Every page of the app; `docs/pictures` holds one file a page and width. */
export const pictures: readonly Picture[] = [
  { name: 'sign-in', session: false, path: always('/sign-in') },
  { name: 'inbox', session: true, path: always('/') },
  { name: 'task', session: true, path: firstTask },
  { name: 'start', session: true, path: always('/start') },
  { name: 'start-form', session: true, path: firstStart },
  { name: 'cases', session: true, path: always('/cases') },
  { name: 'case', session: true, path: (ask) => firstCase(ask, 'open') },
  { name: 'case-closed', session: true, path: (ask) => firstCase(ask, 'ended') },
  {
    name: 'case-trail',
    session: true,
    only: 'phone',
    path: (ask) => firstCase(ask, 'open'),
    act: async (page) => {
      await page.locator('.case-block').last().scrollIntoViewIfNeeded()
    },
  },
  { name: 'me', session: true, path: always('/me') },
  { name: 'board', session: false, path: always('/notices') },
  { name: 'notice', session: false, path: firstNotice },
]
