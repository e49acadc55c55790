import type { AdHocSubProcessFacts } from '../../record/fact/ad-hoc-sub-process.ts'
import type { MultiInstanceFacts } from '../../record/fact/multi-instance.ts'
import { liveElement } from '../state.ts'
import { type Appliers, nothing } from './applier.ts'

/** Facts of what an activity repeats: multi-instances and ad-hoc sub-processes. */
export const repetitionAppliers: Appliers<keyof MultiInstanceFacts | keyof AdHocSubProcessFacts> = {
  'multiInstance.started': (state, key, value) => {
    liveElement(state, key).multi = {
      items: value.items,
      outputVariable: value.outputVariable,
      outputs: value.outputVariable === null ? [] : value.items.map(() => null),
      created: 0,
      completed: 0,
      terminated: 0,
    }
  },
  'multiInstance.collected': (state, key, value) => {
    const { multi } = liveElement(state, key)
    if (multi && multi.outputVariable !== null) multi.outputs[value.index] = value.value
  },
  'multiInstance.updated': (state, key, value) => {
    const { multi } = liveElement(state, key)
    if (!multi) return
    multi.items = value.items
    if (multi.outputVariable === null) return
    // Results that are there stay, however short the collection has become.
    const length = Math.max(value.items.length, multi.created)
    multi.outputs.length = Math.min(multi.outputs.length, length)
    while (multi.outputs.length < length) multi.outputs.push(null)
  },
  'multiInstance.decided': nothing,
  'multiInstance.pending': nothing,

  'adHocSubProcess.started': (state, key, value) => {
    liveElement(state, key).adHoc = { outputVariable: value.outputVariable, outputs: [], decided: false }
  },
  'adHocSubProcess.collected': (state, key, value) => {
    liveElement(state, key).adHoc?.outputs.push(value.value)
  },
  'adHocSubProcess.decided': (state, key) => {
    const { adHoc } = liveElement(state, key)
    if (adHoc) adHoc.decided = true
  },
}
