import { Rejection } from '../../problem/problem.ts'
import type { Command } from '../../record/record.ts'
import { activateFromOutside, judgeActivations } from '../ad-hoc.ts'
import type { Run } from '../run.ts'
import { notFound } from './find.ts'

/**
 * Begins elements of an ad-hoc sub-process from outside, after ending those that still run when asked to. Refused with
 * `AD_HOC_ELEMENT_UNKNOWN` for what cannot be activated in it, with `STATE_CONFLICT` when it is decided (SPEC AH11).
 */
export function activateAdHoc(run: Run, { key = 0, value }: Command<'adHocSubProcess.activate'>): void {
  const element = run.state.elements.get(key)
  if (!element?.adHoc || element.ending) throw notFound(run)
  if (element.adHoc.decided) throw new Rejection('STATE_CONFLICT', { state: 'decided' })
  judgeActivations(run, key, value.elements)
  activateFromOutside(run, key, value)
}
