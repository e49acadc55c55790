import { type Command, type Fact, Rejection } from '@bihuan/engine'
import type { Play } from '@bihuan/engine/testing'
import { readCase } from '../../engine/test/cases.ts'
import { tell } from '../../engine/test/story.ts'
import type { Host } from '../src/host/host.ts'
import { temporaryHost } from '../src/testing/open.ts'

type Taken = Play['taken'][number]

/** What a host does by itself, as soon as it may. */
const own: readonly Command['kind'][] = ['multiInstance.continue']

/** Key of the case of a story. */
const CASE = 1024 * 2 ** 20 + 1

/** Facts as they are compared: definitions and decisions have keys of their own in each host. */
function told(facts: readonly Fact[]): unknown {
  const hidden = new Set(['definitionKey', 'decisionKey', 'businessId'])
  return JSON.parse(JSON.stringify(facts, (name, value) => (hidden.has(name) ? undefined : value)))
}

/**
 * Plays a story of the engine's fixtures on the durable host, which is closed and opened again after every command.
 * Gives what each command led to in both, to be compared; `after` sees the host after each.
 */
export async function playDurably(
  name: string,
  after: (host: Host, kind: Command['kind']) => Promise<void> = async () => {},
): Promise<{ readonly wanted: unknown; readonly found: unknown }> {
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
    const keys = processes.map(({ key }) => key)
    for (const taken of game.taken) {
      place.clock.pin(taken.command.at)
      wanted.push(taken.rejection?.code ?? told(taken.facts))
      found.push(await give(place.host, taken, keys))
      await place.reopen()
      await after(place.host, taken.command.kind)
    }
    return { wanted, found }
  } finally {
    await place.remove()
  }
}

/** A value with the key of the definition it means here: those of a story count on from the first of its file. */
function meant({ kind, value }: Command, definitions: readonly number[]): Command['value'] {
  if (kind !== 'processInstance.migrate') return value
  return { ...value, targetDefinitionKey: definitions[value.targetDefinitionKey - (2 ** 20 + 1)] ?? 0 }
}

async function give(host: Host, { command, facts }: Taken, definitions: readonly number[]): Promise<unknown> {
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
      const start = { definitionKey: definitions[0]!, units, variables, actor, requestId }
      return told((await host.start(startEventId === undefined ? start : { ...start, startEventId })).facts)
    }
    const about = kind.startsWith('processInstance.') ? CASE : (key ?? facts[0]?.key ?? CASE)
    return told((await host.submit({ kind, key: about, value: meant(command, definitions), actor, requestId })).facts)
  } catch (error) {
    if (error instanceof Rejection) return error.code
    throw error
  }
}
