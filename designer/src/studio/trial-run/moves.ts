import type { Actor, CommandKind, CommandValues, Key, Variables } from '@bihuan/engine'
import { type ScenarioHost, viewOf } from '@bihuan/engine/testing'

/** A command to what waits in a case. */
export type Sent = {
  readonly [K in CommandKind]: { readonly command: K; readonly key: Key; readonly value: CommandValues[K] }
}[CommandKind]

/** What was done after the start: enough to do it again, so that a step can be taken back. */
export type Move =
  | { readonly kind: 'complete'; readonly task: Key; readonly answers: Variables; readonly actor: string }
  | { readonly kind: 'signal'; readonly name: string; readonly variables: Variables }
  | { readonly kind: 'send'; readonly sent: Sent; readonly by: Actor }
  | { readonly kind: 'advance'; readonly to: number }

/** How a case begins: at the none start event, or at one that waited for something. */
export interface Beginning {
  readonly eventId: string | null
  readonly variables: Variables
  readonly actor: Actor
}

export const person = (id: string): Actor => ({ type: 'person', id })
/** What another system would do. */
export const worker: Actor = { type: 'system', id: 'worker' }

/** Does a move on a case that has begun. Throws `Rejection` when the case refuses it. */
export async function play(host: ScenarioHost, move: Move): Promise<void> {
  switch (move.kind) {
    case 'complete':
      await completeTask(host, move)
      break
    case 'signal': {
      const value = { signalName: move.name, signalKey: 0, variables: move.variables }
      // One that interrupts may have closed others.
      for (const key of await waitingFor(host, move.name))
        if ((await waitingFor(host, move.name)).includes(key)) await host.submit('signal.trigger', key, value, worker)
      break
    }
    case 'send':
      await host.submit(move.sent.command, move.sent.key, move.sent.value as never, move.by)
      break
    case 'advance':
      await host.advance(move.to)
      break
    default:
      throw new Error(`not a move: ${JSON.stringify(move satisfies never)}`)
  }
}

/** Takes the task and completes it; where listeners first look at who takes it, it is completed the next time. */
async function completeTask(
  host: ScenarioHost,
  { task, answers, actor }: Extract<Move, { kind: 'complete' }>,
): Promise<void> {
  const found = async () => (await stateOf(host)).tasks.get(task)
  if ((await found())?.assignee !== actor)
    await host.submit('userTask.assign', task, { assignee: actor, allowOverride: true }, person(actor))
  if ((await found())?.pending) return
  await host.submit('userTask.complete', task, { variables: answers, formKey: null }, person(actor))
}

const stateOf = async (host: ScenarioHost) => viewOf(await host.facts()).state

async function waitingFor(host: ScenarioHost, signal: string): Promise<readonly Key[]> {
  const { subscriptions } = await stateOf(host)
  return [...subscriptions.values()]
    .filter((one) => one.kind === 'signal' && one.signalName === signal)
    .map(({ key }) => key)
}
