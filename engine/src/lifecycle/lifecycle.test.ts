import { expect, test } from 'vitest'
import { getShortestPaths } from 'xstate/graph'
import { type Lifecycle, lifecycles, next } from './next.ts'

/** Every verb of a machine, from its own definition. */
function verbsOf(lifecycle: Lifecycle): string[] {
  return [...new Set(lifecycles[lifecycle].events)].sort()
}

test('LC1 every state of every lifecycle is reachable, found by the graph of the machine', () => {
  for (const lifecycle of Object.keys(lifecycles) as Lifecycle[]) {
    const machine = lifecycles[lifecycle]
    const reached = new Set(getShortestPaths(machine).map((path) => String(path.state.value)))
    expect([...reached].sort(), lifecycle).toEqual(Object.keys(machine.states).sort())
  }
})

test('LC2 the oracle allows what the graph allows and nothing else', () => {
  const table: string[] = []
  for (const lifecycle of Object.keys(lifecycles) as Lifecycle[]) {
    const machine = lifecycles[lifecycle]
    for (const path of getShortestPaths(machine)) {
      const state = String(path.state.value)
      for (const verb of verbsOf(lifecycle)) {
        const legal = path.state.can({ type: verb } as never)
        const answer = next(lifecycle, state, verb)
        expect(answer !== null, `${lifecycle} ${state} ${verb}`).toBe(legal)
        if (answer !== null) table.push(`${lifecycle} ${state} ${verb} ${answer}`)
      }
    }
  }
  expect(table.sort()).toMatchInlineSnapshot(`
    [
      "compensationSubscription created delete deleted",
      "compensationSubscription created trigger triggered",
      "compensationSubscription triggered complete completed",
      "compensationSubscription triggered delete deleted",
      "elementInstance activated complete completed",
      "elementInstance activated terminate terminated",
      "incident created resolve resolved",
      "job created cancel canceled",
      "job created complete completed",
      "job created exhaust failed",
      "job created fail created",
      "job created retry created",
      "job created throwError errorThrown",
      "job errorThrown cancel canceled",
      "job errorThrown retry created",
      "job failed cancel canceled",
      "job failed complete completed",
      "job failed retry created",
      "processInstance active complete completed",
      "processInstance active suspend suspended",
      "processInstance active terminate terminated",
      "processInstance suspended resume active",
      "processInstance suspended terminate terminated",
      "subscription open close triggered",
      "subscription open delete deleted",
      "subscription open trigger open",
      "timer created cancel canceled",
      "timer created trigger triggered",
      "userTask assigned assign assigned",
      "userTask assigned assigning assigning",
      "userTask assigned cancel canceled",
      "userTask assigned canceling canceling",
      "userTask assigned complete completed",
      "userTask assigned completing completing",
      "userTask assigned unassign created",
      "userTask assigned updateAssigned assigned",
      "userTask assigned updating updating",
      "userTask assigning assign assigned",
      "userTask assigning assigning assigning",
      "userTask assigning cancel canceled",
      "userTask assigning canceling canceling",
      "userTask assigning deny created",
      "userTask assigning denyAssigned assigned",
      "userTask assigning unassign created",
      "userTask canceling cancel canceled",
      "userTask canceling canceling canceling",
      "userTask completing cancel canceled",
      "userTask completing canceling canceling",
      "userTask completing complete completed",
      "userTask completing completing completing",
      "userTask completing deny created",
      "userTask completing denyAssigned assigned",
      "userTask created assign assigned",
      "userTask created assigning assigning",
      "userTask created cancel canceled",
      "userTask created canceling canceling",
      "userTask created complete completed",
      "userTask created completing completing",
      "userTask created update created",
      "userTask created updating updating",
      "userTask creating cancel canceled",
      "userTask creating canceling canceling",
      "userTask creating create created",
      "userTask creating createAssigned assigned",
      "userTask creating creating creating",
      "userTask updating cancel canceled",
      "userTask updating canceling canceling",
      "userTask updating deny created",
      "userTask updating denyAssigned assigned",
      "userTask updating update created",
      "userTask updating updateAssigned assigned",
      "userTask updating updating updating",
    ]
  `)
})

test('LC3 a final state allows nothing', () => {
  for (const [lifecycle, state] of [
    ['userTask', 'completed'],
    ['userTask', 'canceled'],
    ['job', 'completed'],
    ['timer', 'triggered'],
    ['incident', 'resolved'],
    ['elementInstance', 'terminated'],
    ['processInstance', 'completed'],
  ] as const)
    for (const verb of verbsOf(lifecycle)) expect(next(lifecycle, state, verb)).toBe(null)
})
