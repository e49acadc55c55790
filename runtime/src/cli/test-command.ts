import { type Command, Option } from 'commander'
import { PackageFolderError } from '../package/package-folder.ts'
import { isSound, linesOf } from '../scenario/package-report.ts'
import { memoryHosts, type OpenScenarioHost, testPackage } from '../scenario/test-package.ts'
import { fileHost } from '../testing/file-host.ts'

/** `file`: the durable host in a process of its own, on a database in a temporary folder. */
const hosts: { readonly [name: string]: OpenScenarioHost } = {
  ...memoryHosts,
  file: ({ resources }) => fileHost({ resources }),
}

/**
 * `bihuan test FOLDER`: compiles a process package and runs its scenarios. Prints one line a scenario and one a failed
 * expectation, with file and line; sets exit code 1 when something is broken.
 */
export function addTestCommand(program: Command): void {
  program
    .command('test')
    .description('run the scenarios of a process package')
    .argument('<folder>', 'folder of the process package')
    .addOption(new Option('--host <name>', 'where the scenarios run').choices(Object.keys(hosts)).default('memory'))
    .option('--only <file...>', 'scenario files to run, such as main.yaml')
    .option('--json', 'print the report as JSON')
    .action(async (folder: string, options: { host: string; only?: string[]; json?: boolean }) => {
      const open = hosts[options.host]
      if (!open) throw new Error(`Expected a host of ${Object.keys(hosts).join(', ')}, but found ${options.host}`)
      try {
        const report = await testPackage(folder, { name: options.host, open }, options.only)
        console.log(options.json ? JSON.stringify(report, null, 2) : linesOf(report).join('\n'))
        if (!isSound(report)) process.exitCode = 1
      } catch (error) {
        if (!(error instanceof PackageFolderError)) throw error
        console.error(error.message)
        process.exitCode = 1
      }
    })
}
