import type { DrawnElement, OpenStep, OperatedCase } from '@bihuan/runtime/contract'
import { ot } from '../i18n/oversight.ts'
import { stepName } from './names.ts'

/** What follows when a step is moved to another: what is withdrawn where it stood, and what begins. */
export function consequencesOf(
  { state }: Pick<OperatedCase, 'state'>,
  from: OpenStep,
  to: DrawnElement,
): readonly string[] {
  const [there, here] = [stepName(to), stepName(from)]
  return [
    from.tasks > 0 && ot('thenTasks', { from: here, count: from.tasks }),
    from.timers > 0 && ot('thenTimers', { count: from.timers }),
    from.jobs > 0 && ot('thenJobs', { count: from.jobs }),
    from.incidents > 0 && ot('thenIncidents', { count: from.incidents }),
    to.type === 'bpmn:EndEvent' ? ot('thenEnd', { to: there }) : ot('thenBegin', { to: there }),
    state === 'suspended' && ot('thenSuspended'),
  ].filter((line) => line !== false)
}

/**
 * The step a move begins at when none was chosen: the one that stands still, or what stands around it and is itself a step
 * of the case (an instance of a multi-instance is moved with its whole).
 */
export function stuckStep(steps: readonly OpenStep[], standing: { elementInstanceKey: string; elementId: string }) {
  const same = steps.filter(({ elementId }) => elementId === standing.elementId)
  return (
    steps.find(({ key }) => key === standing.elementInstanceKey) ??
    same.find(({ incidents }) => incidents > 0) ??
    same.find(({ tasks }) => tasks > 0) ??
    steps.at(-1) ??
    null
  )
}
