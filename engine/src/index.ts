/**
 * The engine: pure, no clock, no randomness, no I/O. What the host and the web app may use.
 */
export type { Json, Variables } from './record/json.ts'
export * from './record/record.ts'
export * from './problem/index.ts'
export * from './model/definition.ts'
export { compile, type CompiledModel } from './compile/compile.ts'
export { missingReferences, type Reference, type References } from './compile/references.ts'
export { addDuration, parseDuration, parseInstant } from './model/time.ts'
export { apply, fold } from './state/apply.ts'
export { emptyState, restoreState, serializeState, type State, type StateJson } from './state/state.ts'
export { step, type StepResult } from './step/step.ts'
export { createProcessLogic, type PersistedProcess, type ProcessEvent, type ProcessInput, type ProcessSnapshot } from './actor/process-logic.ts'
export * from './feel/index.ts'
export * from './dmn/index.ts'
export * from './form/index.ts'
