/**
 * Test tools of the engine (`@bihuan/engine/testing`): scenarios and the hosts that run them in memory.
 */
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
export { runScenario } from './run-scenario.ts'
export { memoryHost, refoldHost, saveLoadHost } from './memory-host.ts'
