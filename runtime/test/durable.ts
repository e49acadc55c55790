import { type Command, type Fact, Rejection } from '@bihuan/engine'
import type { Play } from '@bihuan/engine/testing'
import { readCase } from '../../engine/test/cases.ts'
import { tell } from '../../engine/test/story.ts'
import type { Host } from '../src/host/host.ts'
import { temporaryHost } from '../src/testing/open.ts'

type Taken = Play['taken'][number]

/** What a host does by itself, as soon as it may. */
const own: readonly Command['kind'][] = ['multiInstance.continue']

/** Facts as they are compared: definitions and decisions have keys of their own in each host. */
function told(facts: readonly Fact[]): unknown {
  const hidden = new Set(['definitionKey', 'decisionKey', 'businessId'])
  return JSON.parse(JSON.stringify(facts, (name, value) => (hidden.has(name) ? undefined : value)))
}

/**
 * Plays a story of the engine's fixtures on the durable host, which is closed and opened again after every command.
 * Gives what each command led to in both, to be compared.
 */
export async function playDurably(name: string): Promise<{ readonly wanted: unknown; readonly found: unknown }> {
  const fixture = readCase(name)
  const { game } = await tell(fixture)
  const place = await temporaryHost()
  const wanted: unknown[] = []
  const found: unknown[] = []
  try {
    const { table } = fixture
    const resources = [
      { name: 'case.bpmn', content: Buffer.from(fixture.drawing) },
      ...(table === null ? [] : [{ name: 'case.dmn', content: Buffer.from(table) }]),
    ]
    const { processes } = await place.host.deploy(resources, { type: 'system', id: 'seed' }, 'deploy')
    for (const taken of game.taken) {
      place.clock.pin(taken.command.at)
      wanted.push(taken.rejection?.code ?? told(taken.facts))
      found.push(await give(place.host, taken, processes[0]!.key))
      await place.reopen()
    }
    return { wanted, found }
  } finally {
    await place.remove()
  }
}

async function give(host: Host, { command, facts }: Taken, definitionKey: number): Promise<unknown> {
  if (own.includes(command.kind)) {
    const written: Fact[] = []
    const stop = host.onCommitted((one) => written.push(...one.facts))
    await host.settle()
    stop()
    return told(written.slice(0, facts.length))
  }
  try {
    const { kind, key, value, actor, requestId } = command
    if (kind === 'processInstance.create') {
      const { units, variables, startEventId } = value as Command<'processInstance.create'>['value']
      const start = { definitionKey, units, variables, actor, requestId }
      return told((await host.start(startEventId === undefined ? start : { ...start, startEventId })).facts)
    }
    return told(
      (await host.submit({ kind, key: key ?? facts[0]?.key ?? 1024 * 2 ** 20 + 1, value, actor, requestId })).facts,
    )
  } catch (error) {
    if (error instanceof Rejection) return error.code
    throw error
  }
}
