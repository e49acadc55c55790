import type { EventTrigger } from '../../model/definition.ts'
import type { Key } from '../../record/record.ts'
import type { Context } from '../element.ts'
import { openMessage } from './message.ts'
import { openTimer } from './timer.ts'

/** Which event waits, and on whose behalf. */
export interface Waiting {
  /** The event in the drawing. */
  readonly elementId: string
  /** The activity of a boundary event, the scope of an event sub-process, or the catch event itself. */
  readonly elementInstanceKey: Key
  readonly interrupting: boolean
}

/** Arms an event: creates its timer or subscription. An error event waits for nothing: it is looked up when thrown. */
export function openTrigger(trigger: EventTrigger, waiting: Waiting, context: Context): void {
  if (trigger.kind === 'timer') openTimer(trigger.timer, waiting, context)
  else if (trigger.kind === 'message') openMessage(trigger, waiting, context)
}
