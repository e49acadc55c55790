import { explainFailure, watchOutput } from './cli/output.ts'
import { makeProgram, wordsOf } from './cli/program.ts'
import { makeLog } from './log.ts'
import { logLevelOf, readSettings } from './settings.ts'

// The one place that reads the environment.
const settings = () => readSettings(process.env, process.cwd())
watchOutput()
const words = wordsOf(process.argv.slice(2))
const program = await makeProgram(words, settings, makeLog(logLevelOf(process.env)))
try {
  await program.parseAsync(words, { from: 'user' })
} catch (error) {
  explainFailure(error)
}
