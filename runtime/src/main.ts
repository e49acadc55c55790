import { explainFailure } from './cli/output.ts'
import { makeProgram } from './cli/program.ts'
import { makeLog } from './log.ts'
import { logLevelOf, readSettings } from './settings.ts'

// The one place that reads the environment.
const settings = () => readSettings(process.env, process.cwd())
const program = await makeProgram(process.argv.slice(2), settings, makeLog(logLevelOf(process.env)))
try {
  await program.parseAsync(process.argv)
} catch (error) {
  explainFailure(error)
}
