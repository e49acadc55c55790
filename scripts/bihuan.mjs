#!/usr/bin/env node
// npx bihuan …: the command line of the server, run from its sources.
import { checkNode, ensureDependencies, runTypeScript } from './ready.mjs'

checkNode()
await ensureDependencies()
process.exit(await runTypeScript('runtime/src/main.ts', process.argv.slice(2)))
