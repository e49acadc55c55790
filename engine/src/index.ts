/**
 * The engine: pure, no clock, no randomness, no I/O. What the host and the web app may use.
 */

export {
  createProcessLogic,
  type PersistedProcess,
  type ProcessEvent,
  type ProcessInput,
  type ProcessSnapshot,
} from './actor/process-logic.ts'
export { type CompiledModel, compile } from './compile/compile.ts'
export { missingReferences, type Reference, type References } from './compile/references.ts'
export * from './dmn/index.ts'
export * from './feel/index.ts'
export * from './field/dictionary.ts'
export * from './form/index.ts'
export * from './model/definition.ts'
export * from './model/notice.ts'
export { addDuration, endOfDays, formatInstant, parseCycle, parseDuration, parseInstant } from './model/time.ts'
export type { PackageFiles, Step } from './package/files.ts'
export * from './problem/index.ts'
export type { Json, Variables } from './record/json.ts'
export * from './record/record.ts'
export { apply, fold } from './state/apply.ts'
export { emptyState, restoreState, type State, type StateJson, serializeState, stateText } from './state/state.ts'
export { type StepResult, step } from './step/step.ts'
