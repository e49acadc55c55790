/** The catalogue of everything Bihuan refuses or reports, and its words. */
export { catalog, isProblemCode, type ProblemCode, statusOf } from './catalog.ts'
export type { ArchiveFault, BodyFault, MigrationReason } from './facts.ts'
export { type Facts, type FieldError, type Problem, Rejection } from './problem.ts'
export { explain, type Language, listSeparator, problemCodes, say, sayProblem, type Words, wordOf } from './words.ts'
