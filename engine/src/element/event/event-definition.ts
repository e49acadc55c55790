import type { ModdleElement } from 'bpmn-moddle'
import type { EventThrow, EventTrigger, ThrowKind, TriggerKind } from '../../model/definition.ts'
import type { Key } from '../../record/record.ts'
import type { CatchPosition, Context, Outcome, Reader, ThrowPosition } from '../element.ts'

export type TriggerOf<K extends TriggerKind> = Extract<EventTrigger, { kind: K }>
export type ThrowOf<K extends ThrowKind> = Extract<EventThrow, { kind: K }>

/** Which event waits, and on whose behalf. */
export interface Waiting {
  /** The event in the drawing. */
  readonly elementId: string
  /** The activity of a boundary event, the scope of an event sub-process, or the catch event itself. */
  readonly elementInstanceKey: Key
  readonly interrupting: boolean
}

/** The event as drawn: `event` holds the definition, or is the receive task. */
export interface ReadEvent<Position> {
  readonly event: ModdleElement
  readonly definition: ModdleElement
  readonly position: Position
  readonly interrupting: boolean
}

/** How an event definition is caught. */
export interface Catching<K extends TriggerKind> {
  /** Positions where it is executed, with `interrupting: false` where only such an event may stand. */
  readonly positions: readonly CatchPosition[]
  /** Reads what it waits for; null when a problem was reported. */
  readonly read: (given: ReadEvent<CatchPosition>, reader: Reader) => TriggerOf<K> | null
  /** Begins to wait: creates a timer or subscription. Null when it is looked up when thrown. Throws `Fault`. */
  readonly arm: ((trigger: TriggerOf<K>, waiting: Waiting, context: Context) => void) | null
}

/** How an event definition is thrown. */
export interface Throwing<K extends ThrowKind> {
  readonly positions: readonly ThrowPosition[]
  readonly read: (given: ReadEvent<ThrowPosition>, reader: Reader) => ThrowOf<K> | null
  /** Does it: what becomes of the event. Throws `Fault`. */
  readonly perform: (what: ThrowOf<K>, context: Context) => Outcome
}

/** ONE EVENT DEFINITION, ONE FILE (design §4): where it is caught and thrown, and how. */
export interface EventDefinition<C extends TriggerKind = TriggerKind, T extends ThrowKind = ThrowKind> {
  /** `bpmn:TimerEventDefinition` */
  readonly type: string
  readonly catching: Catching<C> | null
  readonly throwing: Throwing<T> | null
}

/** Types an event definition by the kinds it is caught and thrown as. */
export function eventDefinition<C extends TriggerKind = never, T extends ThrowKind = never>(
  definition: EventDefinition<C, T>,
): EventDefinition<C, T> {
  return definition
}
