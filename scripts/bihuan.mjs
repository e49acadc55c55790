#!/usr/bin/env node
// npx bihuan …: the command line of the server, run from its sources.
import { checkNode, ensureDependencies, runServer } from './ready.mjs'

checkNode()
await ensureDependencies()
process.exit(await runServer(process.argv.slice(2)))
