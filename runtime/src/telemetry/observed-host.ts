import { Rejection } from '@bihuan/engine'
import type { Host } from '../host/host.ts'
import type { Metrics } from './metrics.ts'
import type { Tracing } from './tracing.ts'

/** Methods that are one command each, with the name they are counted by. */
const commands = {
  start: 'processInstance.create',
  deploy: 'deployment.create',
  publishMessage: 'message.publish',
  correlateMessage: 'message.correlate',
  broadcastSignal: 'signal.broadcast',
  evaluateConditions: 'condition.evaluate',
  evaluateDecision: 'decision.evaluate',
  setParameters: 'parameters.set',
  activateJobs: 'job.activate',
  migrateInstances: 'processInstance.migrate',
  erase: 'case.erase',
  archive: 'case.archive',
} as const satisfies { readonly [method in keyof Host]?: string }

type Method = keyof typeof commands

/** A host whose callers' commands are counted and traced: kind, outcome, time until the answer. */
export function observedHost(host: Host, metrics: Metrics, tracing: Tracing): Host {
  const observe = <T>(kind: string, work: () => Promise<T>): Promise<T> =>
    tracing.span(`command ${kind}`, { 'bihuan.command.kind': kind }, async (tell) => {
      const begin = performance.now()
      let outcome = 'written'
      try {
        return await work()
      } catch (error) {
        outcome = error instanceof Rejection ? error.code : 'UNEXPECTED'
        throw error
      } finally {
        tell({ 'bihuan.command.outcome': outcome })
        metrics.command(kind, outcome, (performance.now() - begin) / 1000)
      }
    })
  const observed = Object.fromEntries(
    (Object.entries(commands) as [Method, string][]).map(([method, kind]) => [
      method,
      (...given: unknown[]) => observe(kind, () => (host[method] as (...all: unknown[]) => Promise<unknown>)(...given)),
    ]),
  ) as Pick<Host, Method>
  return { ...host, ...observed, submit: (submission) => observe(submission.kind, () => host.submit(submission)) }
}
