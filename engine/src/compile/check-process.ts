import type { ProcessDefinition } from '../model/definition.ts'
import { type Check, subjectOf } from './check/check.ts'
import { compensationHandlers } from './check/compensation-handlers.ts'
import { cyclesWithoutWait } from './check/cycles-without-wait.ts'
import { elements } from './check/elements.ts'
import { endlessTimers } from './check/endless-timers.ts'
import { inclusiveJoins } from './check/inclusive-joins.ts'
import { incompleteChoices } from './check/incomplete-choices.ts'
import { joins } from './check/joins.ts'
import { positions } from './check/positions.ts'
import { silentEvents } from './check/silent-events.ts'
import { unreached } from './check/unreached.ts'
import type { Report } from './report.ts'

/** What is refused: it could not be executed as drawn. */
const refusals: readonly Check[] = [elements, positions, compensationHandlers, cyclesWithoutWait]

/** What is executed as drawn, and is hardly what was meant. */
const doubts: readonly Check[] = [unreached, incompleteChoices, joins, inclusiveJoins, silentEvents, endlessTimers]

/** Checks that need the whole process. */
export function checkProcess(process: ProcessDefinition, report: Report): void {
  const subject = subjectOf(process)
  for (const check of refusals) check(subject, report)
  // Where parts were left out the rest would raise false doubts.
  if (report.problems.some(({ severity }) => severity === 'error')) return
  for (const check of doubts) check(subject, report)
}
