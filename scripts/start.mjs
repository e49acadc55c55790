// npm start: makes ready what is missing, then serves until it is stopped.
import { checkNode, ensureApp, ensureDependencies, runServer } from './ready.mjs'

checkNode()
await ensureDependencies()
await ensureApp()
const loopback = ['127.0.0.1', '::1', 'localhost'].includes(process.env.HOST ?? '127.0.0.1')
// A newcomer's first start shows people and a process; a server that others can reach, or a production one, never does.
const demo = process.env.BIHUAN_DEMO ?? (loopback && process.env.NODE_ENV !== 'production' ? '1' : undefined)
process.exit(await runServer([], demo === undefined ? {} : { BIHUAN_DEMO: demo }))
