import { Type } from 'typebox'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { closed } from './shape.ts'

/** Year 9999: beyond, times have no four-digit year on the wire. */
const LAST = Date.UTC(9999, 11, 31)
const Pin = closed({ timestamp: Type.Integer({ minimum: 0, maximum: LAST }) })

/** Only for tests: without a controllable clock these routes do not exist. */
export function clockRoutes({ host, controllableClock }: Services): Route[] {
  if (!controllableClock) return []
  return [
    route({
      method: 'PUT',
      path: '/v2/clock',
      keyed: false,
      policy: 'client',
      summary: 'Pin the clock to milliseconds since 1970; answers when what became due is done',
      input: Pin,
      output: null,
      async handler({ who, body }) {
        // What is to be done already is done at its own time, however soon the clock is set after it.
        await host.settle()
        controllableClock.pin(body.timestamp)
        await host.record('security', 'clock.pinned', actorOf(who), { at: body.timestamp })
        await host.settle()
      },
    }),
    route({
      method: 'POST',
      path: '/v2/clock/reset',
      keyed: false,
      policy: 'client',
      summary: 'Let the clock run again',
      input: closed({}),
      bodyOptional: true,
      output: null,
      async handler({ who }) {
        controllableClock.reset()
        await host.record('security', 'clock.reset', actorOf(who), {})
        await host.settle()
      },
    }),
  ]
}
