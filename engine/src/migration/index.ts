/** Migration: whether a case may go on in another definition, and what it becomes there. */
export { type MigrationPlan, type PlannedElement, planMigration } from './plan.ts'
export type { MigrationProblem } from './problem.ts'
export { suggestMappings } from './suggest.ts'
