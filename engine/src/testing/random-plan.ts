import fc from 'fast-check'

/** An activity that needs nothing but itself. */
export type SimpleWork = 'userTask' | 'serviceTask' | 'scriptTask' | 'receiveTask' | 'manualTask'
export type Work = SimpleWork | 'userJob' | 'sendTask' | 'scriptJob' | 'ruleJob' | 'ruleTask' | 'task'
export type Waiting = 'timer' | 'message' | 'signal' | 'conditional'
export type Caught = Waiting | 'cycle' | 'error' | 'escalation'
export type Thrown = 'none' | 'message' | 'signal' | 'escalation' | 'compensation' | 'link'
export type Ending = Exclude<Thrown, 'link'> | 'error' | 'terminate'

/** A boundary event or an event sub-process, and what it leads to. */
export interface Guard {
  readonly trigger: Caught
  readonly interrupting: boolean
  readonly handler: SimpleWork
  /** How what it leads to ends, where it ends for itself; absent is without an effect. */
  readonly end?: Exclude<Ending, 'error' | 'signal'>
  /** The event has output mappings, also such that fail where `wait` is null, or a listener that hears of its end. */
  readonly wears?: 'outputs' | 'asserts' | 'listener'
}

export interface Repeat {
  readonly sequential: boolean
  /** How many items; null for a variable, which may be no list. */
  readonly items: number | null
  readonly until: boolean
  readonly collects: boolean
}

/** What an activity may wear; absent is without. */
export interface Dress {
  readonly repeat?: Repeat
  readonly guards?: readonly Guard[]
  readonly inputs?: boolean
  readonly outputs?: boolean
  /** Its mappings fail where `wait` is null, and the types of its jobs and listeners are none. */
  readonly asserts?: boolean
  /** Execution listeners: 1 start, 2 end, 3 both. */
  readonly listens?: number
  /** Events of task listeners, for native user tasks. */
  readonly taskListens?: readonly ('creating' | 'assigning' | 'updating' | 'completing' | 'canceling')[]
  /** What undoes it, and whether a throw event that names it follows. */
  readonly undo?: {
    readonly handler: 'serviceTask' | 'userTask' | 'scriptTask'
    readonly asked: boolean
    readonly dress?: Dress
  }
}

export type Activity =
  | { readonly kind: 'work'; readonly type: Work; readonly dress: Dress }
  | { readonly kind: 'subProcess'; readonly body: Body; readonly dress: Dress }
  | {
      readonly kind: 'call'
      readonly called: number
      readonly parent: boolean
      readonly child: boolean
      readonly binding: 'latest' | 'deployment' | 'versionTag'
      readonly dress: Dress
    }
  | {
      readonly kind: 'adHoc'
      readonly parts: readonly Activity[]
      /** What begins in it by itself; `worker`: a job says. */
      readonly begins: 'nothing' | 'all' | 'variable' | 'worker'
      readonly until: boolean
      readonly cancels: boolean
      readonly collects: boolean
      readonly events: readonly Guard[]
      readonly dress: Dress
    }

/** A piece of a process with one way in and one way out. */
export type Block =
  | Activity
  | { readonly kind: 'sequence' | 'parallel' | 'exclusive' | 'inclusive'; readonly parts: readonly Block[] }
  | {
      readonly kind: 'race'
      readonly ways: readonly { readonly trigger: Waiting | 'receiveTask'; readonly next: Block }[]
    }
  | { readonly kind: 'loop'; readonly inner: Block }
  /** A token beside the others that comes to an end of its own, perhaps theirs. */
  | { readonly kind: 'aside'; readonly inner: Block; readonly beside: Block; readonly end: Exclude<Ending, 'error'> }
  | { readonly kind: 'catch'; readonly trigger: Waiting }
  | { readonly kind: 'throw'; readonly what: Thrown }

/** Nodes and flows without structure: joins in it may wait for ever, and some of it is refused. */
export interface Graph {
  readonly kind: 'graph'
  readonly nodes: readonly (Work | 'exclusive' | 'parallel' | 'inclusive' | 'catch' | 'guarded')[]
  /** Flows between nodes, by their positions; taken modulo how many there are. */
  readonly flows: readonly (readonly [number, number])[]
}

/** What a process or sub-process holds. */
export interface Body {
  readonly inner: Block | Graph
  readonly end: Ending
  readonly events: readonly Guard[]
  /** What the first event sub-process does in place of its handler. */
  readonly within?: Block
}

export interface Plan {
  readonly main: Body
  /** How it may begin beside its none start event. */
  readonly start: Waiting | 'none'
  readonly listens: number
  /** Processes that call activities call; one calls only those after it. */
  readonly called: readonly Body[]
}

export const isStructured = (plan: Plan): boolean => !JSON.stringify(plan).includes('"kind":"graph"')

const simple = fc.constantFrom<SimpleWork>('userTask', 'serviceTask', 'scriptTask', 'receiveTask', 'manualTask')
const work = fc.constantFrom<Work>(
  ...(['userTask', 'serviceTask', 'scriptTask', 'receiveTask', 'manualTask', 'userJob'] as const),
  ...(['sendTask', 'scriptJob', 'ruleJob', 'ruleTask', 'task'] as const),
)
const waiting = fc.constantFrom<Waiting>('timer', 'message', 'signal', 'conditional')
const rarely = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, { arbitrary: one, weight: 1 })
/** What was not drawn is left out. */
const compact = <T>(one: fc.Arbitrary<object>): fc.Arbitrary<T> =>
  one.map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T)
const guards: fc.Arbitrary<readonly Guard[]> = fc.uniqueArray(
  compact<Guard>(
    fc.record({
      trigger: fc.constantFrom<Caught>('timer', 'cycle', 'message', 'signal', 'conditional', 'error', 'escalation'),
      interrupting: fc.boolean(),
      handler: simple,
      end: rarely(fc.constantFrom('none', 'message', 'escalation', 'compensation', 'terminate')),
      wears: rarely(fc.constantFrom('outputs', 'asserts', 'listener')),
    }),
  ),
  { selector: (one) => one.trigger, maxLength: 2 },
)
const taskListens = fc.subarray(['creating', 'assigning', 'updating', 'completing', 'canceling'] as const, {
  minLength: 1,
})
const repeat = fc.record({
  sequential: fc.boolean(),
  items: fc.option(fc.nat(3), { freq: 4 }),
  until: fc.boolean(),
  collects: fc.boolean(),
})
const worn = {
  repeat: rarely(repeat),
  inputs: rarely(fc.constant(true)),
  outputs: rarely(fc.constant(true)),
  asserts: rarely(fc.constant(true)),
  listens: rarely(fc.integer({ min: 1, max: 3 })),
  taskListens: rarely(taskListens),
}
const undo = compact<NonNullable<Dress['undo']>>(
  fc.record({
    handler: fc.constantFrom('serviceTask', 'userTask', 'scriptTask'),
    asked: fc.boolean(),
    dress: rarely(compact<Dress>(fc.record(worn))),
  }),
)
const dress = compact<Dress>(fc.record({ ...worn, guards: rarely(guards), undo: rarely(undo) }))

const endings = fc.oneof(
  { arbitrary: fc.constant<Ending>('none'), weight: 4 },
  {
    arbitrary: fc.constantFrom<Ending>('message', 'signal', 'escalation', 'compensation', 'error', 'terminate'),
    weight: 3,
  },
)

const often = (weight: number, arbitrary: fc.Arbitrary<unknown>) => ({
  arbitrary: arbitrary as fc.Arbitrary<Block>,
  weight,
})

const workBlock: fc.Arbitrary<Activity> = fc.record({ kind: fc.constant('work' as const), type: work, dress })

const graph: fc.Arbitrary<Graph> = fc.record({
  kind: fc.constant('graph' as const),
  nodes: fc.array(
    fc.oneof(fc.constantFrom('exclusive', 'parallel', 'inclusive', 'catch', 'guarded', 'userTask'), work) as never,
    { minLength: 3, maxLength: 10 },
  ) as fc.Arbitrary<Graph['nodes']>,
  flows: fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 2, maxLength: 14 }),
})

function bodyOf(block: fc.Arbitrary<Block>): fc.Arbitrary<Body> {
  const inner = fc.oneof(
    { arbitrary: block as fc.Arbitrary<Block | Graph>, weight: 9 },
    { arbitrary: graph, weight: 1 },
  )
  // What a signal begins throws none, nor calls what may: it would begin itself without end.
  const within = rarely(block.filter((one) => !/"signal"|"call"/.test(JSON.stringify(one))))
  return compact<Body>(fc.record({ inner, end: endings, events: guards, within }))
}

const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true, maxDepth: 3 },
    often(3, workBlock),
    often(1, fc.record({ kind: fc.constant('catch' as const), trigger: waiting })),
    fc.record({
      kind: fc.constant('throw' as const),
      what: fc.constantFrom<Thrown>('none', 'message', 'signal', 'escalation', 'compensation', 'link'),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      called: fc.nat(1),
      parent: fc.boolean(),
      child: fc.boolean(),
      binding: fc.constantFrom('latest' as const, 'deployment' as const, 'versionTag' as const),
      dress,
    }),
    often(
      5,
      fc.record({
        kind: fc.constantFrom(...(['sequence', 'parallel', 'exclusive', 'inclusive'] as const)),
        parts: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
      }),
    ),
    often(2, fc.record({ kind: fc.constant('subProcess' as const), body: bodyOf(tie('block')), dress })),
    fc.record({
      kind: fc.constant('adHoc' as const),
      parts: fc.array(
        fc.oneof(
          { arbitrary: workBlock, weight: 4 },
          {
            arbitrary: fc.record({ kind: fc.constant('subProcess' as const), body: bodyOf(tie('block')), dress }),
            weight: 1,
          },
        ) as fc.Arbitrary<Activity>,
        { minLength: 1, maxLength: 3 },
      ),
      begins: fc.constantFrom('nothing' as const, 'all' as const, 'variable' as const, 'worker' as const),
      until: fc.boolean(),
      cancels: fc.boolean(),
      collects: fc.boolean(),
      events: guards,
      dress,
    }),
    fc.record({
      kind: fc.constant('race' as const),
      ways: fc.array(
        fc.record({
          trigger: fc.oneof(waiting as fc.Arbitrary<Waiting | 'receiveTask'>, fc.constant('receiveTask' as const)),
          next: tie('block'),
        }),
        { minLength: 2, maxLength: 3 },
      ),
    }),
    fc.record({ kind: fc.constant('loop' as const), inner: tie('block') }),
    fc.record({
      kind: fc.constant('aside' as const),
      inner: tie('block'),
      beside: tie('block'),
      end: fc.constantFrom('none', 'message', 'signal', 'escalation', 'compensation', 'terminate'),
    }),
  ) as fc.Arbitrary<Block>,
}))

const long: fc.Arbitrary<Block> = fc.record({
  kind: fc.constant('sequence' as const),
  parts: fc.array(block, { minLength: 2, maxLength: 4 }),
})

/** Random processes over everything that is executed: structured ones, which can run to their end, and others. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  main: bodyOf(fc.oneof(block, long, long)),
  start: fc.oneof(fc.constant('none' as const), waiting),
  listens: fc.oneof(fc.constant(0), fc.constant(0), fc.nat(3)),
  called: fc.tuple(bodyOf(block), bodyOf(workBlock)),
})
