/**
 * The server that is asked: `bihuan serve` as it is, in a process that also measures how long its event loop is held up.
 * Started by `server.ts` only.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
process.on('message', () => {
  const milliseconds = (nanoseconds: number) => nanoseconds / 1e6
  const { user, system } = process.cpuUsage()
  process.send?.({
    p999: milliseconds(delay.percentile(99.9)),
    most: milliseconds(delay.max),
    cpuSeconds: (user + system) / 1e6,
  })
})
process.on('disconnect', () => process.exit(0))
await import('../src/main.ts')
