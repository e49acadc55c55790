// npm run -s faults -- --minutes 10 [--seed N]: servers under load are killed, filled, stopped and lied to.
// npm run -s faults -- --strace [--commands N]: every answered command was synced to the disk before its answer.
import { checkNode, ensureDependencies, ensureStrace, runTypeScript } from './ready.mjs'

checkNode()
await ensureDependencies()
ensureStrace()
process.exit(await runTypeScript('runtime/faults/main.ts', process.argv.slice(2)))
