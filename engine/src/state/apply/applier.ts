import type { FactKind, FactValues, Key } from '../../record/record.ts'
import type { State } from '../state.ts'

/** How a fact changes the state. It needs no definition and evaluates nothing (SPEC ST1). */
export type Applier<K extends FactKind> = (state: State, key: Key, value: FactValues[K]) => void

/** The appliers of some kinds of facts. */
export type Appliers<K extends FactKind> = { readonly [one in K]: Applier<one> }

/** Of a fact that is only told. */
export const nothing = () => {}
