import type { Case } from '@bihuan/runtime/contract'
import { dayText, deadlineText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import { daysBetween } from '../../ui/clock.ts'

/** How a case stands, in one sentence: whom or what it waits for, or how it ended. */
export function sayCase(item: Case): string {
  if (item.endedAt !== null) return ended(item, item.endedAt)
  if (item.ring.state === 'suspended') return t('case.suspended')
  const incident = item.incidents[0]
  if (incident)
    return t('case.stuckAt', {
      name: incident.name ?? item.ring.stages.find((stage) => stage.state === 'current')?.name ?? '',
    })
  const task = item.tasks.find((open) => open.mine) ?? item.tasks[0]
  if (task) {
    const others = item.tasks.length + item.more + item.waits.length - 1
    const words = sayTask(task, item.unit)
    return others > 0 ? `${words}${t('trail.separator')}${t('case.alsoWaits', { count: others })}` : words
  }
  const wait = item.waits[0]
  const running = wait
    ? t('case.waitsTime', { name: wait.name, until: deadlineText(wait.dueAt, item.now) })
    : t('case.running')
  const may = sayActs(item.actions)
  return may === null ? running : wait ? `${running}${t('trail.separator')}${may}` : may
}

/** What one may do with a case in which nobody is waited for that one knows of; null for nothing. */
function sayActs([first, ...others]: Case['actions']): string | null {
  if (!first) return null
  const action = first.label
  return others.length > 0 ? t('case.canActMore', { action, count: others.length }) : t('case.canAct', { action })
}

/** The one act of who can do nothing else here; undefined while a task is known of, or there are several. */
export const onlyAct = ({ actions, tasks }: Pick<Case, 'actions' | 'tasks'>): Case['actions'][number] | undefined =>
  tasks.length === 0 && actions.length === 1 ? actions[0] : undefined

/** Who has a task, or the posts that could take it; the unit of the case itself is understood. */
export function sayWho(task: Pick<Case['tasks'][number], 'assignee' | 'candidates'>, unit: Case['unit']): string {
  const posts = task.candidates.map((post) =>
    post.startsWith(`${unit.name} `) ? post.slice(unit.name.length + 1) : post,
  )
  return task.assignee?.name ?? posts.join(t('case.list'))
}

function sayTask(task: Case['tasks'][number], unit: Case['unit']): string {
  if (task.mine) return t('case.forYou', { task: task.name })
  const who = sayWho(task, unit)
  const words = who ? t('case.waitsFor', { who, task: task.name }) : t('case.waitsForClaim', { task: task.name })
  return task.vacant ? `${words}${t('trail.separator')}${t('case.vacant')}` : words
}

function ended(item: Case, endedAt: string): string {
  const day = dayText(endedAt)
  if (item.ring.state === 'terminated') return t('case.stoppedOn', { day })
  const days = daysBetween(item.startedAt, endedAt)
  const when = days > 0 ? t('case.endedOn', { day, days }) : t('case.endedSameDay', { day })
  return item.outcome ? `${item.outcome}${t('trail.separator')}${when}` : when
}

/** Where in the ring a case is; one that has ended says how many steps it had. */
export function sayStep(step: number | null, total: number): string {
  return step === null ? t('case.stagesAll', { total }) : t('case.stepOf', { step, total })
}
