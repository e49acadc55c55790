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
export { bihuan as bihuanDescriptor } from './compile/bihuan.ts'
export { type CompiledModel, compile } from './compile/compile.ts'
export { type ModdleElement, parseModel } from './compile/parse-model.ts'
export { missingReferences, type Reference, type References } from './compile/references.ts'
export * from './dmn/index.ts'
export { parseCandidates } from './element/candidate.ts'
export { type HeldRole, heldByNobody, rolesToList } from './element/people.ts'
export { TASK_HEADER } from './element/user-task.ts'
export * from './feel/index.ts'
export { accessAt, accessOf } from './field/access.ts'
export { fillingData } from './field/anew.ts'
export { componentTypes } from './field/component.ts'
export * from './field/dictionary.ts'
export { entryMembers, isFieldKey } from './field/entry.ts'
export { formIdOf, generateForm } from './field/generate.ts'
export { isLaidOut } from './field/merge-form.ts'
export { emptyDictionary, type ReadDictionary, readDictionary } from './field/read.ts'
export { writeDictionary } from './field/write.ts'
export * from './form/index.ts'
export * from './migration/index.ts'
export * from './model/definition.ts'
export { type Due, firstDue, nextDue } from './model/due.ts'
export * from './model/notice.ts'
export { addDuration, endOfDays, formatInstant, parseCycle, parseDuration, parseInstant } from './model/time.ts'
export { type Tag, tagsOf } from './package/attributes.ts'
export { blankPackage, packageText } from './package/blank.ts'
export {
  type DecisionTest,
  type DecisionTestRun,
  decisionTestsFile,
  readDecisionTests,
  runDecisionTest,
  writeDecisionTests,
} from './package/decision-tests.ts'
export type { FileChanges, PackageFiles, Step } from './package/files.ts'
export { retitleForms } from './package/form-titles.ts'
export { applyDictionary, deriveDictionary, ensureForms, formFiles, formsLaidOut, formText } from './package/forms.ts'
export { judgePackage, type KnownResources, type PackageResource } from './package/judge.ts'
export type { JudgedDecision, JudgedForm, JudgedPackage, JudgedProcess } from './package/judged.ts'
export { idsTaken, type TakenIds, unfitFor } from './package/ownership.ts'
export {
  lawsOf,
  type PackageFile,
  packageName,
  readPackageFile,
  setPackageEntries,
  setPackageName,
} from './package/package-file.ts'
export { type ParameterDeclaration, readParametersFile } from './package/parameters-file.ts'
export { renamePackage } from './package/rename.ts'
export { renameKeys } from './package/rename-field.ts'
export { readSteps } from './package/steps.ts'
export * from './problem/index.ts'
export type { Json, Variables } from './record/json.ts'
export * from './record/record.ts'
export { apply, fold } from './state/apply.ts'
export { restoreState, type StateJson, serializeState, stateText } from './state/snapshot.ts'
export { emptyState, hasEnded, MAX_STARTS, type State, type Subscription } from './state/state.ts'
export { asksNothing } from './step/command/modify.ts'
export { type StepResult, step } from './step/step.ts'
