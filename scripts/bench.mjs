// npm run bench: one line a figure, always from one interleaved run: `P1 312.4 goal>=150 ok`.
import { checkNode, ensureApp, ensureChromium, ensureDependencies, runTypeScript, serverFlags } from './ready.mjs'

checkNode()
await ensureDependencies()
await ensureApp()
const environment = { CHROMIUM_PATH: ensureChromium() }
process.exit(await runTypeScript('scripts/bench.ts', process.argv.slice(2), environment, serverFlags))
