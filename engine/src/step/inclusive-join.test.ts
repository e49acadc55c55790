import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FlowNode, ProcessDefinition } from '../model/definition.ts'
import type { Fact } from '../record/record.ts'
import type { ElementInstance } from '../state/state.ts'
import { bundleOf, flow, line, model, node, type Play, play, timer } from '../testing/index.ts'

const SEED = 20261129
const RUNS = 300

/** Gateways with ways between them: each way is a task that leads to another gateway or to the end. */
interface Net {
  readonly gateways: readonly { readonly ways: readonly Way[] }[]
  readonly entries: readonly number[]
}
interface Way {
  readonly target: number
  /** Where a boundary event at the task leads; null without one. */
  readonly boundary: { readonly target: number; readonly interrupting: boolean } | null
}

/** Random nets; `forward` ones have no way back. */
function nets(forward: boolean): fc.Arbitrary<Net> {
  return fc.integer({ min: 2, max: 5 }).chain((count) => {
    const targets = (from: number) => fc.integer({ min: forward ? from + 1 : 0, max: count })
    const way = (from: number) =>
      fc.record<Way>({
        target: targets(from),
        boundary: fc.option(fc.record({ target: targets(from), interrupting: fc.boolean() }), { freq: 3 }),
      })
    const gateways = Array.from({ length: count }, (_, index) =>
      fc.record({ ways: fc.array(way(index), { minLength: 1, maxLength: 3 }) }),
    )
    return fc.record<Net>({
      gateways: fc.tuple(...gateways),
      entries: fc.array(fc.integer({ min: 0, max: count - 1 }), { minLength: 1, maxLength: 4 }),
    })
  })
}

function drawn({ gateways, entries }: Net): string {
  const place = (target: number) => (target < gateways.length ? `g${target}` : 'end')
  const parts = entries.map((target, i) => node('userTask', `e${i}`) + line('fork', `e${i}`, place(target)))
  for (const [index, { ways }] of gateways.entries()) {
    parts.push(node('inclusiveGateway', `g${index}`, '', '', ways.length > 1 ? `default="d${index}"` : ''))
    for (const [i, { target, boundary }] of ways.entries()) {
      const task = `t${index}_${i}`
      const last = i === ways.length - 1
      parts.push(node('userTask', task), flow(task, place(target)))
      parts.push(
        last && ways.length > 1
          ? flow(`g${index}`, task, undefined, `d${index}`)
          : flow(`g${index}`, task, ways.length > 1 ? `modulo(draw, ${i + 2}) = 0` : undefined),
      )
      if (!boundary) continue
      const event = `b${index}_${i}`
      const attributes = `attachedToRef="${task}" cancelActivity="${boundary.interrupting}"`
      parts.push(node('boundaryEvent', event, '', timer('timeDuration', 'P1D'), attributes))
      parts.push(flow(event, place(boundary.target)))
    }
  }
  return model(
    node('startEvent', 'start') +
      node('parallelGateway', 'fork') +
      node('endEvent', 'end') +
      node('manualTask', 'aside') +
      line('start', 'fork', 'aside', 'end') +
      parts.join(''),
  )
}

/** Does one of the things that are open: completes a task, or fires a timer. Gives the facts; null when nothing is. */
function act(game: Play, draw: number): readonly Fact[] | null {
  const tasks = [...game.state.tasks.keys()].map(
    (key) => () => game.send('userTask.complete', key, { variables: { draw }, formKey: null }),
  )
  const timers = [...game.state.timers.keys()].map((key) => () => game.send('timer.trigger', key, {}))
  const choices = [...tasks, ...timers]
  return choices[draw % Math.max(1, choices.length)]?.().facts ?? null
}

/** The scope of the case, with its tokens at joins and at elements. */
function tokensOf(game: Play): { scope: ElementInstance; standing: string[]; arrived: Map<string, Set<string>> } {
  const scope = game.state.elements.get(game.state.instance?.key ?? 0)
  if (!scope) throw new Error('the case has no scope')
  const standing = [...scope.children].map((key) => game.state.elements.get(key)?.elementId ?? '')
  const arrived = new Map<string, Set<string>>()
  for (const { elementId, flowId } of scope.joins)
    arrived.set(elementId, (arrived.get(elementId) ?? new Set()).add(flowId))
  return { scope, standing, arrived }
}

/** Table 13.3 read aloud: walks forward from every token, once for each join. */
function mayGoOn(process: ProcessDefinition, join: FlowNode, standing: readonly string[], full: Set<string>): boolean {
  return standing.every((id) => {
    const comes = flowsReached(process, id, join)
    const overEmpty = join.incoming.some((flowId) => !full.has(flowId) && comes.has(flowId))
    return !overEmpty || [...full].some((flowId) => comes.has(flowId))
  })
}

function flowsReached(process: ProcessDefinition, from: string, join: FlowNode): Set<string> {
  const seen = new Set<string>()
  const reached = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id) || (id === join.id && id !== from)) continue
    seen.add(id)
    const here = process.nodes[id]
    open.push(...(here?.boundary ?? []))
    for (const flowId of here?.outgoing ?? []) {
      const target = process.flows[flowId]?.targetId ?? ''
      if (target === join.id) reached.add(flowId)
      open.push(target)
    }
  }
  return reached
}

const paths = fc.array(fc.nat(1000), { minLength: 5, maxLength: 30 })

test(`IG3 IG4 IG5 IG7 no join waits that may go on, in any net after any step (seed ${SEED})`, async () => {
  let waited = 0
  await fc.assert(
    fc.asyncProperty(nets(false), paths, async (net, path) => {
      const bundle = await bundleOf(drawn(net))
      const game = play(bundle)
      game.start({ draw: 0 })
      for (const draw of path) {
        if (game.state.instance?.status !== 'active' || !act(game, draw)) break
        const { standing, arrived } = tokensOf(game)
        for (const [id, full] of arrived) {
          waited += 1
          const join = bundle.process.nodes[id]
          const elsewhere = [...standing, ...[...arrived.keys()].filter((other) => other !== id)]
          expect(join && mayGoOn(bundle.process, join, elsewhere, full), `${id} may go on`).toBe(false)
        }
      }
    }),
    { seed: SEED, numRuns: RUNS },
  )
  expect(waited).toBeGreaterThan(RUNS)
}, 60_000)

test(`IG9 tokens at inclusive joins alone never stand still, in any net (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(nets(false), paths, async (net, path) => {
      const game = play(await bundleOf(drawn(net)))
      game.start({ draw: 0 })
      for (const draw of path) {
        if (game.state.instance?.status !== 'active') return
        expect(tokensOf(game).standing.length, 'something is active').toBeGreaterThan(0)
        act(game, draw)
      }
    }),
    { seed: SEED + 1, numRuns: RUNS },
  )
}, 60_000)

test(`IG3 without a way back every net comes to its end (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(nets(true), paths, async (net, path) => {
      const game = play(await bundleOf(drawn(net)))
      game.start({ draw: 0 })
      let left = 2_000
      for (; left > 0 && game.state.instance?.status === 'active'; left--) act(game, path[left % path.length] ?? 0)
      expect(game.state.instance?.status).toBe('completed')
      expect(game.state.elements.size).toBe(1)
    }),
    { seed: SEED + 2, numRuns: RUNS },
  )
}, 60_000)

test('IG10 IG12 an arrival in one of many scopes activates its join and no other', async () => {
  const inner =
    node('startEvent', 's0') +
    node('parallelGateway', 'fork') +
    node('userTask', 'a') +
    node('userTask', 'b') +
    node('inclusiveGateway', 'join') +
    node('endEvent', 's1') +
    line('s0', 'fork', 'a', 'join', 's1') +
    line('fork', 'b', 'join')
  const loop =
    '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>'
  const xml = model(
    node('startEvent', 'start') +
      node('subProcess', 's', '', inner + loop) +
      node('endEvent', 'end') +
      line('start', 's', 'end'),
  )
  const game = play(await bundleOf(xml))
  game.start({ items: Array.from({ length: 400 }, () => 1) })
  for (let i = 0; i < 400; i++) game.complete('a')
  expect(game.state.joining.size).toBe(400)
  const { facts } = game.complete('b')
  expect(facts.filter((fact) => fact.kind === 'element.activated')).toHaveLength(2)
  expect(game.state.joining.size).toBe(399)
})
