import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Concurrency, isJoin } from './concurrency.ts'
import type { FlowNode, ProcessDefinition } from './definition.ts'

const TYPES = ['bpmn:UserTask', 'bpmn:ExclusiveGateway', 'bpmn:ParallelGateway', 'bpmn:InclusiveGateway'] as const
const MOST_STATES = 500
const MOST_TOKENS = 2

interface Drawing {
  readonly types: readonly string[]
  readonly flows: readonly (readonly [number, number])[]
}

/** Some nodes and flows between any two of them, one in five leading back. The start leads to the first, which forks. */
const drawings: fc.Arbitrary<Drawing> = fc
  .array(fc.constantFrom(...TYPES), { minLength: 3, maxLength: 6 })
  .chain((types) => {
    const at = fc.nat(types.length)
    const ends = fc.tuple(at, at, fc.nat(4)).map(([a, b, way]) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      return way === 0 ? ([high, low] as const) : ([low, high] as const)
    })
    const selector = ([from, to]: readonly [number, number]) => `${from} ${to}`
    const flows = fc.uniqueArray(ends, { minLength: types.length, maxLength: types.length * 2, selector })
    return fc.record({ types: fc.constant(['bpmn:ParallelGateway', ...types]), flows })
  })

/** As much of a process as the relation looks at. */
function processOf({ types, flows: drawn }: Drawing): ProcessDefinition {
  const ends = [[-1, 0] as const, ...drawn].map(([from, to]) => [`n${from}`, `n${to}`] as const)
  const flows = Object.fromEntries(
    ends.map(([sourceId, targetId], at) => [`f${at}`, { id: `f${at}`, sourceId, targetId }]),
  )
  const along = (end: 'sourceId' | 'targetId', id: string) =>
    Object.values(flows).flatMap((one) => (one[end] === id ? [one.id] : []))
  const nodes = [['n-1', 'bpmn:StartEvent'] as const, ...types.map((type, at) => [`n${at}`, type] as const)].map(
    ([id, type]) => {
      const node = { id, type, scopeId: 'p', boundary: [], own: {} }
      return [id, { ...node, incoming: along('targetId', id), outgoing: along('sourceId', id) }]
    },
  )
  return { nodes: Object.fromEntries(nodes), flows } as unknown as ProcessDefinition
}

/** Joins that were filled in some run of the token game: tokens lie on flows, `marking` counts them by flow. */
function filled(process: ProcessDefinition): Set<string> {
  const flows = Object.keys(process.flows)
  const seen = new Set<string>()
  const found = new Set<string>()
  const open: number[][] = [flows.map((id) => (process.flows[id]?.sourceId === 'n-1' ? 1 : 0))]
  for (let marking = open.pop(); marking && seen.size < MOST_STATES; marking = open.pop()) {
    const key = marking.join()
    if (seen.has(key) || marking.some((tokens) => tokens > MOST_TOKENS)) continue
    seen.add(key)
    for (const one of Object.values(process.nodes))
      for (const taken of ways(one, marking, flows)) {
        if (isJoin(one)) found.add(one.id)
        for (const given of choices(one)) {
          const next = [...marking]
          for (const id of taken) next[flows.indexOf(id)]! -= 1
          for (const id of given) next[flows.indexOf(id)]! += 1
          open.push(next)
        }
      }
  }
  return found
}

/** The flows a node may take its tokens from. An inclusive join may wait or not: here it never waits. */
function ways({ incoming, ...rest }: FlowNode, marking: readonly number[], flows: readonly string[]) {
  const full = incoming.filter((id) => (marking[flows.indexOf(id)] ?? 0) > 0)
  if (isJoin({ incoming, ...rest } as FlowNode)) return full.length === incoming.length ? [full] : []
  return full.map((id) => [id])
}

function choices({ type, outgoing }: FlowNode): readonly (readonly string[])[] {
  if (outgoing.length === 0 || (type !== 'bpmn:ExclusiveGateway' && type !== 'bpmn:InclusiveGateway')) return [outgoing]
  if (type === 'bpmn:ExclusiveGateway') return outgoing.map((id) => [id])
  return Array.from({ length: 2 ** outgoing.length - 1 }, (_, bits) =>
    outgoing.filter((_, index) => ((bits + 1) >>> index) & 1),
  )
}

const relation = (process: ProcessDefinition) => {
  const nodes = Object.values(process.nodes)
  return new Concurrency(
    process,
    nodes,
    nodes.filter(({ type }) => type === 'bpmn:StartEvent'),
    false,
  )
}

test('CO15 whatever fills in some run of the token game is not said never to fill', () => {
  let joins = 0
  fc.assert(
    fc.property(drawings, (drawing) => {
      const process = processOf(drawing)
      const together = relation(process)
      for (const join of filled(process)) {
        joins += 1
        expect(together.isLive(join), join).toBe(true)
      }
    }),
    { numRuns: 1_000, seed: 15 },
  )
  expect(joins).toBeGreaterThan(25)
})

test('CO15 and most of what never fills is known', () => {
  let [never, known] = [0, 0]
  for (const drawing of fc.sample(drawings, { numRuns: 400, seed: 4 })) {
    const process = processOf(drawing)
    const [together, live] = [relation(process), filled(process)]
    for (const join of Object.values(process.nodes).filter(isJoin)) {
      if (live.has(join.id)) continue
      never += 1
      if (!together.isLive(join.id)) known += 1
    }
  }
  expect(never).toBeGreaterThan(40)
  expect(known / never).toBeGreaterThan(0.9)
})
