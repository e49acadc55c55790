import type { Fact, Key } from '../record/record.ts'
import { fold } from '../state/apply.ts'
import { emptyState, type State } from '../state/state.ts'

/** What a scenario sees of a case: made from its facts alone, so it is the same for every host. */
export interface View {
  readonly state: State
  readonly instanceKey: Key
  readonly tasks: readonly (Fact<'userTask.created'>['value'] & { readonly key: Key })[]
  readonly jobs: readonly { readonly key: Key; readonly type: string }[]
  readonly incidents: readonly { readonly key: Key; readonly elementId: string; readonly code: string }[]
  readonly actions: readonly {
    readonly key: Key
    readonly label: string
    readonly messageName: string
    readonly elementId: string
    readonly formId: string | null
    readonly elementInstanceKey: Key
  }[]
  readonly taken: ReadonlySet<string>
  readonly stage: string | null
}

export function viewOf(facts: readonly Fact[]): View {
  const [first] = facts
  const state = fold(emptyState(first ? Math.floor(first.key / 2 ** 20) : 0), facts)
  const taken = new Set<string>()
  const created = new Map<Key, Fact<'userTask.created'>['value']>()
  let stage: string | null = null
  for (const fact of facts) {
    if (fact.kind === 'sequenceFlow.taken') taken.add(fact.value.flowId)
    else if (fact.kind === 'userTask.created') created.set(fact.key, fact.value)
    else if (fact.kind === 'element.activated' && fact.value.stage) stage = fact.value.elementId
  }
  return {
    state,
    instanceKey: state.instance?.key ?? 0,
    tasks: [...state.tasks.keys()].flatMap((key) => {
      const value = created.get(key)
      return value ? [{ ...value, key }] : []
    }),
    jobs: [...state.jobs.values()].filter((job) => job.status === 'created').map(({ key, type }) => ({ key, type })),
    incidents: [...state.incidents.values()].map(({ key, elementId, code }) => ({ key, elementId, code })),
    actions: [...state.subscriptions.values()]
      .filter((one) => one.kind === 'message')
      .map(({ key, action, messageName, elementId, elementInstanceKey }) => ({
        key,
        label: action?.label ?? messageName,
        messageName,
        elementId,
        formId: action?.formId ?? null,
        elementInstanceKey,
      })),
    taken,
    stage,
  }
}

/** The one of several that is meant: the first, or the `item`-th (1-based). Throws when there is none. */
export function pick<T>(all: readonly T[], fits: (one: T) => boolean, what: string, item = 1): T {
  const fitting = all.filter(fits)
  const found = fitting[item - 1]
  if (!found) throw new Error(`Expected ${what}${item > 1 ? ` number ${item}` : ''}, but there are ${fitting.length}.`)
  return found
}
