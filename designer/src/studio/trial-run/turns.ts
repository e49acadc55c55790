import type { FieldError, Json } from '@bihuan/engine'
import type { Directory } from '@bihuan/runtime/contract'
import { st } from '../../i18n/studio.ts'
import type { StepForm, Trial } from './trial.ts'

/** Something somebody has to do now. */
export interface Turn {
  readonly id: string
  readonly role: string
  readonly name: string
  readonly step: StepForm | null
  readonly submit: (answers: Record<string, Json>) => Promise<readonly FieldError[]>
}

/** What can be done now: the start, then open tasks and acts, each with the role whose turn it is. */
export function turnsOf(trial: Trial, directory: Directory): readonly Turn[] {
  const roleName = (role: string): string => directory.roles.find((one) => one.key === role)?.name ?? role
  const said = (roles: readonly string[]): string => roles.map(roleName).join(st('shell.comma')) || st('trial.nobody')
  const { process } = trial.prepared
  if (!trial.started) {
    const starters = (process.starters ?? []).map(({ role }) => role)
    const start = process.nodes[process.scopes[process.id]?.startEventId ?? '']
    return [
      {
        id: 'start',
        role: said(starters.slice(0, 1)),
        name: start?.name ?? st('trial.begin'),
        step: trial.startForm(),
        submit: (answers) => trial.start(answers, starters[0] ?? 'trial'),
      },
    ]
  }
  const { tasks, actions } = trial.view
  return [
    ...tasks.map((task) => {
      const roles = task.candidates.map(({ role }) => role)
      return {
        id: `task ${task.key}`,
        role: task.assignee ?? said(roles),
        name: task.name,
        step: trial.taskForm(task.key),
        submit: (answers: Record<string, Json>) =>
          trial.complete(task.key, answers, task.assignee ?? roles[0] ?? 'trial'),
      }
    }),
    ...actions.map((action) => ({
      id: `action ${action.key}`,
      role: `${st('trial.acts')} ${action.label}`,
      name: action.label,
      step: trial.actionForm(action.key),
      submit: (answers: Record<string, Json>) => trial.act(action.key, answers, 'trial'),
    })),
  ]
}
