/** Process packages as folders and their scenarios (`@bihuan/runtime/scenario`): compile, run, report. */

export { type PackageFolder, PackageFolderError, readPackageFolder } from '../package/package-folder.ts'
export { type CompiledPackage, compilePackage } from './compiled-package.ts'
export { judgeByForms } from './judge-by-forms.ts'
export { flowsNotTaken, isSound, linesOf, type PackageReport, type ScenarioReport } from './package-report.ts'
export { type LocatedScenario, readScenarioFile, type ScenarioFile, ScenarioFileError } from './scenario-file.ts'
export { memoryHosts, type OpenScenarioHost, testPackage } from './test-package.ts'
export { toScenario } from './to-scenario.ts'
