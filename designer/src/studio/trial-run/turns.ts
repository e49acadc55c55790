import type { StartEvent } from '@bihuan/engine'
import type { Directory } from '@bihuan/runtime/contract'
import { st } from '../../i18n/studio.ts'
import { outsideTurns } from './outside-turns.ts'
import type { Trial } from './trial.ts'
import type { Turn } from './turn.ts'

/**
 * What can be done now: the starts; then open tasks and acts, each with the role whose turn it is, and what waits for
 * something outside.
 */
export function turnsOf(trial: Trial, directory: Directory): readonly Turn[] {
  const roleName = (role: string): string => directory.roles.find((one) => one.key === role)?.name ?? role
  const said = (roles: readonly string[]): string => roles.map(roleName).join(st('shell.comma')) || st('trial.nobody')
  if (!trial.started) return trial.prepared.process.startEvents.map((event) => startTurn(trial, event, said))
  const { tasks, actions, state } = trial.view
  const asked = tasks.filter(({ key }) => !state.tasks.get(key)?.pending)
  return [
    ...asked.map((task): Turn => {
      const roles = task.candidates.map(({ role }) => role)
      const assignee = state.tasks.get(task.key)?.assignee ?? null
      return {
        kind: 'form',
        id: `task ${task.key}`,
        role: assignee === null ? said(roles) : roleName(assignee),
        name: task.name,
        step: trial.taskForm(task.key),
        submit: (answers) => trial.complete(task.key, answers, assignee ?? roles[0] ?? 'trial'),
      }
    }),
    ...actions
      .filter(({ key }) => isAct(trial, key))
      .map(
        (action): Turn => ({
          kind: 'form',
          id: `action ${action.key}`,
          role: `${st('trial.acts')} ${action.label}`,
          name: action.label,
          step: trial.actionForm(action.key),
          submit: (answers) => trial.act(action.key, answers, 'trial'),
        }),
      ),
    ...outsideTurns(trial),
  ]
}

/** Whether a message is an act that people do from the page of the case. */
const isAct = (trial: Trial, key: number): boolean => {
  const found = trial.view.state.subscriptions.get(key)
  return found?.kind === 'message' && found.action !== null
}

function startTurn(trial: Trial, event: StartEvent, said: (roles: readonly string[]) => string): Turn {
  const { process } = trial.prepared
  const { elementId, trigger } = event
  const name = process.nodes[elementId]?.name
  if (trigger === null) {
    const starters = (process.starters ?? []).map(({ role }) => role)
    return {
      kind: 'form',
      id: 'start',
      role: said(starters.slice(0, 1)),
      name: name ?? st('trial.begin'),
      step: trial.startForm(null),
      submit: (answers) => trial.start(answers, starters[0] ?? 'trial'),
    }
  }
  const turn = { id: `start ${elementId}`, name: name ?? elementId }
  const step = trial.startForm(elementId)
  const role = `${st('trial.startBy')} ${turn.name}`
  if (step) return { ...turn, role, kind: 'form', step, submit: (answers) => trial.start(answers, 'trial', elementId) }
  return {
    ...turn,
    role,
    kind: 'outside',
    about: st(`trial.startOn.${trigger.kind === 'timer' ? 'timer' : trigger.kind === 'signal' ? 'signal' : 'other'}`),
    choices: [],
    deeds: [{ label: st('trial.begin'), run: ({ variables }) => trial.start(variables, 'trial', elementId) }],
  }
}
