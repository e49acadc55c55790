// npm run bench: one line a figure, always from one interleaved run: `P1 312.4 goal>=150 ok`.
import { checkNode, ensureApp, ensureChromium, ensureDependencies, runTypeScript } from './ready.mjs'

checkNode()
await ensureDependencies()
await ensureApp()
process.exit(await runTypeScript('scripts/bench.ts', process.argv.slice(2), { CHROMIUM_PATH: ensureChromium() }))
