/**
 * Test tools of the engine (`@bihuan/engine/testing`): scenarios, the hosts that run them in memory, a small XML
 * builder for models.
 */

export { visible } from '../step/scope.ts'
export { bundleOf, versionsOf } from './bundle.ts'
export { internalJob } from './internal-job.ts'
export { memoryHost, refoldHost, saveLoadHost } from './memory-host.ts'
export { type ModelWriter, modelWriter } from './moddle.ts'
export { each, flow, io, line, model, node, timer } from './model.ts'
export { type Between, betweens, type Play, play, START, trace, units } from './play.ts'
export { runScenario } from './run-scenario.ts'
export type {
  Expectation,
  Failure,
  JudgeAnswers,
  MemoryHostOptions,
  Outcome,
  Scenario,
  ScenarioHost,
  ScenarioStart,
  ScenarioStep,
} from './scenario.ts'
export { type View, viewOf } from './view.ts'
