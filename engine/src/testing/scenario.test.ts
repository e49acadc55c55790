import { expect, test } from 'vitest'
import {
  bundleOf,
  each,
  flow,
  io,
  line,
  memoryHost,
  model,
  node,
  refoldHost,
  runScenario,
  type Scenario,
  type ScenarioStep,
  saveLoadHost,
  timer,
} from './index.ts'

const motion = model(
  `<bpmn:extensionElements><bihuan:case title="=title" numberPrefix="SY"/></bpmn:extensionElements>` +
    node('startEvent', 'start') +
    node(
      'serviceTask',
      'members',
      '<zeebe:taskDefinition type="bihuan.people"/><zeebe:taskHeaders><zeebe:header key="role" value="party_member"/></zeebe:taskHeaders>',
    ) +
    node(
      'userTask',
      'vote',
      '<bihuan:stage name="Vote"/><zeebe:assignmentDefinition assignee="=voter.id"/>',
      each({ items: 'people', element: 'voter', into: 'votes', result: 'vote' }),
    ) +
    node('exclusiveGateway', 'passed', '', '', 'default="again"') +
    flow('passed', 'notice', '2 * count(votes[item = "yes"]) > count(votes)', 'pass') +
    flow('passed', 'vote', undefined, 'again') +
    node(
      'serviceTask',
      'notice',
      `<zeebe:taskDefinition type="bihuan.notice"/>${io({ kind: '="result"', title: '=title', number: '=case.number', days: '=parameters.days', text: '="passed"', fields: '=[{label: "yes", value: string(count(votes[item = "yes"]))}]' }, { publishedUntil: '=publishedUntil' })}`,
    ) +
    node('intermediateCatchEvent', 'open', '', timer('timeDate', '=publishedUntil')) +
    node('boundaryEvent', 'unused', '', timer('timeDuration', 'P99D'), 'attachedToRef="vote" cancelActivity="false"') +
    node('endEvent', 'unusedEnd') +
    flow('unused', 'unusedEnd') +
    node(
      'subProcess',
      'objection',
      io({}, { last: '=ground' }),
      node(
        'startEvent',
        'object',
        '<bihuan:caseAction label="Object" candidateGroups="village_clerk"/>',
        '<bpmn:messageEventDefinition messageRef="m"/>',
        'isInterrupting="false"',
      ) +
        node('userTask', 'answer') +
        node('endEvent', 'answered') +
        line('object', 'answer', 'answered'),
      'triggeredByEvent="true"',
    ) +
    node('endEvent', 'end') +
    line('start', 'members', 'vote', 'passed') +
    line('notice', 'open', 'end'),
  '<bpmn:message id="m" name="objection"/>',
)
const bundle = await bundleOf(motion)

const scenario: Scenario = {
  name: 'fails once, passes, an objection holds the case',
  process: 'process',
  units: [{ id: 'v1', name: 'V', level: 'village' }],
  startedBy: 'clerk',
  variables: { title: 'Road' },
  parameters: { days: 7 },
  startedAt: '2026-05-18T09:30:00+08:00',
  people: { party_member: ['a', 'b', 'c'].map((id) => ({ id, name: id })) },
  steps: [
    {
      expect: {
        tasks: ['vote', 'vote', 'vote'],
        stage: 'vote',
        assigned: { vote: 'b' },
        timers: ['unused'],
        actions: ['Object'],
        ended: false,
      },
    },
    { completeAll: 'vote', answers: { vote: 'no' } },
    { expect: { taken: ['again'], notTaken: ['pass'], tasks: ['vote', 'vote', 'vote'] } },
    { complete: 'vote', as: 'a', answers: { vote: 'yes' } },
    { complete: 'vote', as: 'c', item: 2, answers: { vote: 'yes' } },
    { complete: 'vote', answers: { vote: 'no' } },
    {
      expect: {
        taken: ['pass'],
        variables: { votes: ['yes', 'no', 'yes'], publishedUntil: '2026-05-26T00:00:00+08:00' },
        timers: ['open'],
      },
    },
    { advance: 'P7D' },
    { action: 'Object', as: 'clerk', answers: { ground: 'size' } },
    { expect: { tasks: ['answer'], timers: ['open'], variables: { last: null } } },
    { advance: 'P1D' },
    { expect: { timers: [], ended: false, tasks: ['answer'] } },
    { complete: 'answer' },
    { expect: { ended: true, variables: { last: 'size' }, incidents: [], jobs: [] } },
  ],
}

test.each([memoryHost, saveLoadHost, refoldHost])('SN1 one scenario, three hosts in memory: %o', async (make) => {
  const host = make({ bundle: () => bundle })
  const outcome = await runScenario(host, scenario)
  expect(outcome.failures).toEqual([])
  const notice = outcome.facts.find((fact) => fact.kind === 'job.completed' && fact.value.type === 'bihuan.notice')
  expect(notice?.value).toMatchObject({
    notice: { title: 'Road', number: 'SY-2026-0001', fields: [{ label: 'yes', value: '2' }], files: [] },
  })
  await host.close()
})

test('SN2 the three hosts write the same facts', async () => {
  const all = []
  for (const make of [memoryHost, saveLoadHost, refoldHost])
    all.push((await runScenario(make({ bundle: () => bundle }), scenario)).facts)
  expect(all[1]).toEqual(all[0])
  expect(all[2]).toEqual(all[0])
})

test.each([memoryHost, saveLoadHost, refoldHost])(
  'a notice without a title is an incident, as in the durable host: %o',
  async (make) => {
    const untitled = { ...scenario, variables: { title: '' } }
    const steps = [...untitled.steps.slice(0, 6), { expect: { taken: ['pass'], incidents: ['JOB_RETRIES_EXHAUSTED'] } }]
    const { failures } = await runScenario(make({ bundle: () => bundle }), { ...untitled, steps })
    expect(failures).toEqual([])
  },
)

test.each([memoryHost, saveLoadHost, refoldHost])(
  'JO12 a list of people who hold a role that nobody holds is an incident, not a vote that everybody has cast: %o',
  async (make) => {
    const { failures, facts } = await runScenario(make({ bundle: () => bundle }), {
      ...scenario,
      people: { party_member: [] },
      steps: [
        { expect: { incidents: ['ROLE_HELD_BY_NOBODY'], tasks: [], taken: [], ended: false } },
        { resolveIncident: 'members' },
        { expect: { incidents: ['ROLE_HELD_BY_NOBODY'], tasks: [] } },
      ],
    })
    expect(failures).toEqual([])
    const said = facts.find((fact) => fact.kind === 'incident.created')
    expect(said?.value).toMatchObject({ retry: 'job', facts: { role: ['party_member'], unit: ['V'] } })
  },
)

const listing = (role: string) =>
  bundleOf(
    model(
      node('startEvent', 'start') +
        node(
          'serviceTask',
          'look',
          `<zeebe:taskDefinition type="bihuan.people"/><zeebe:taskHeaders><zeebe:header key="role" value="${role}"/></zeebe:taskHeaders>`,
        ) +
        node('userTask', 'read') +
        line('start', 'look', 'read'),
    ),
  )

test('JO12 people are looked for where the role says: in the unit of the case, or in the one above it of the level', async () => {
  const people = { clerk: [{ id: 'c', name: 'C' }], 'reviewer@township': [{ id: 'r', name: 'R' }] }
  const units = [...scenario.units, { id: 't1', name: 'T', level: 'township' }]
  const outcomeOf = async (role: string, step: ScenarioStep) => {
    const found = await listing(role)
    return runScenario(memoryHost({ bundle: () => found }), { ...scenario, units, people, steps: [step] })
  }
  const all = [
    { id: 'c', name: 'C' },
    { id: 'r', name: 'R' },
  ]
  const both = await outcomeOf('clerk, reviewer@township', { expect: { tasks: ['read'], variables: { people: all } } })
  expect(both.failures).toEqual([])
  const absent = await outcomeOf('clerk@county', { expect: { incidents: ['CANDIDATE_UNIT_NOT_FOUND'] } })
  expect(absent.failures).toEqual([])
  const nobody = await outcomeOf('reviewer, clerk@township', { expect: { incidents: ['ROLE_HELD_BY_NOBODY'] } })
  expect(nobody.failures).toEqual([])
})

test.each([memoryHost, saveLoadHost, refoldHost])(
  'SN1 SN4 SV1 SV4 a scenario begins at the start event it names, with what that brings: %o',
  async (make) => {
    const start =
      node('startEvent', 'asked') +
      node('startEvent', 'paid', io({}, { sum: '=amount' }), '<bpmn:messageEventDefinition messageRef="m"/>')
    const tasks = node('userTask', 'write') + node('userTask', 'check')
    const drawn = start + tasks + line('asked', 'write') + line('paid', 'check')
    const paid = await bundleOf(model(drawn, '<bpmn:message id="m" name="paid"/>'))
    const { failures } = await runScenario(make({ bundle: () => paid }), {
      ...scenario,
      startEvent: 'paid',
      variables: { amount: 5 },
      steps: [{ expect: { tasks: ['check'], variables: { sum: 5, amount: null } } }],
    })
    expect(failures).toEqual([])
  },
)

test('SN3 what does not hold is said in words, by step; a refused step ends the scenario', async () => {
  const broken: Scenario = {
    ...scenario,
    steps: [
      { expect: { tasks: ['vote'], ended: true, variables: { title: 'Bridge' }, assigned: { vote: 'z' } } },
      { complete: 'nowhere' },
      { expect: { ended: true } },
    ],
  }
  const { failures } = await runScenario(memoryHost({ bundle: () => bundle }), broken)
  expect(failures).toEqual([
    { step: 1, text: 'Expected open tasks to be ["vote"], but found ["vote","vote","vote"].' },
    { step: 1, text: 'Expected the case to have ended, but it goes on.' },
    { step: 1, text: 'Expected variable "title" to be "Bridge", but it is "Road".' },
    { step: 1, text: 'Expected task "vote" to be with "z", but it is with ["a","b","c"].' },
    { step: 2, text: 'Expected open task "nowhere", but there are 0.' },
  ])
})
