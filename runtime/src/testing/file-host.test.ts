import { flow, line, model, node, runScenario, type Scenario } from '@bihuan/engine/testing'
import { describe, expect, it } from 'vitest'
import { type KillPoint, killPoints } from '../host/kill-point.ts'
import { fileHost } from './file-host.ts'
import type { Kill } from './file-host-protocol.ts'

/** A case with everything that leaves work behind: a timer, internal jobs, a message, a fan-out. */
const xml = model(`
<bpmn:startEvent id="start"/><bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
<bpmn:userTask id="ask" name="Ask"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="village_clerk"/></bpmn:extensionElements></bpmn:userTask>
<bpmn:sequenceFlow id="f2" sourceRef="ask" targetRef="post"/>
<bpmn:serviceTask id="post" name="Post"><bpmn:extensionElements><zeebe:taskDefinition type="bihuan.notice"/><zeebe:ioMapping>
  <zeebe:input source="result" target="kind"/><zeebe:input source="=subject" target="title"/><zeebe:input source="=3" target="days"/>
  <zeebe:output source="=publishedUntil" target="until"/></zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>
<bpmn:sequenceFlow id="f3" sourceRef="post" targetRef="wait"/>
<bpmn:intermediateCatchEvent id="wait" name="Wait"><bpmn:timerEventDefinition id="td"><bpmn:timeDuration>P4D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
<bpmn:sequenceFlow id="f4" sourceRef="wait" targetRef="people"/>
<bpmn:serviceTask id="people" name="People"><bpmn:extensionElements><zeebe:taskDefinition type="bihuan.people"/><zeebe:taskHeaders><zeebe:header key="role" value="party_member"/></zeebe:taskHeaders></bpmn:extensionElements></bpmn:serviceTask>
<bpmn:sequenceFlow id="f5" sourceRef="people" targetRef="vote"/>
<bpmn:userTask id="vote" name="Vote"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition assignee="=voter.id"/></bpmn:extensionElements>
  <bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=people" inputElement="voter"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>
<bpmn:sequenceFlow id="f6" sourceRef="vote" targetRef="end"/><bpmn:endEvent id="end"/>`)

const scenario: Scenario = {
  name: 'killed and gone on',
  process: 'process',
  units: [
    { id: 'v1', name: 'Village', level: 'village' },
    { id: 't1', name: 'Town', level: 'township' },
  ],
  startedBy: 'clerk',
  variables: { subject: 'Bridge' },
  parameters: { days: 3 },
  startedAt: '2026-03-02T09:00:00+08:00',
  people: {
    village_clerk: [{ id: 'clerk', name: 'Clerk' }],
    party_member: [
      { id: 'm1', name: 'One' },
      { id: 'm2', name: 'Two' },
      { id: 'm3', name: 'Three' },
    ],
  },
  steps: [
    { complete: 'ask', as: 'clerk' },
    { expect: { tasks: [], timers: ['wait'], variables: { until: '2026-03-06T00:00:00+08:00' } } },
    { advance: 'P4D' },
    { expect: { tasks: ['vote', 'vote', 'vote'] } },
    { completeAll: 'vote' },
    { expect: { ended: true } },
  ],
}

const resources = [{ name: 'process.bpmn', content: Buffer.from(xml) }]

const person = (id: string) => node('userTask', id, '<zeebe:assignmentDefinition assignee="clerk"/>')

/** What is asked is undone when the called process escalates; a signal tells the other branch. */
const undoing = [
  {
    name: 'process.bpmn',
    content: Buffer.from(
      model(
        `${node('startEvent', 's')}${node('parallelGateway', 'fork')}
         ${node('intermediateCatchEvent', 'told', '', '<bpmn:signalEventDefinition signalRef="asked"/>')}${node('endEvent', 'e1')}
         ${person('ask')}<bpmn:boundaryEvent id="undo" attachedToRef="ask"><bpmn:compensateEventDefinition/></bpmn:boundaryEvent>
         <bpmn:userTask id="takeBack" isForCompensation="true"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition assignee="clerk"/></bpmn:extensionElements></bpmn:userTask>
         <bpmn:association id="as" associationDirection="One" sourceRef="undo" targetRef="takeBack"/>
         ${node('intermediateThrowEvent', 'tell', '', '<bpmn:signalEventDefinition signalRef="asked"/>')}
         ${node('callActivity', 'call', '<zeebe:calledElement processId="child"/>')}${node('endEvent', 'e2')}
         <bpmn:boundaryEvent id="high" attachedToRef="call"><bpmn:escalationEventDefinition escalationRef="esc"/></bpmn:boundaryEvent>
         ${node('intermediateThrowEvent', 'back', '', '<bpmn:compensateEventDefinition/>')}${node('endEvent', 'e3')}
         ${flow('s', 'fork')}${line('fork', 'told', 'e1')}${line('fork', 'ask', 'tell', 'call', 'e2')}${line('high', 'back', 'e3')}`,
        '<bpmn:signal id="asked" name="asked"/><bpmn:escalation id="esc" escalationCode="high"/>',
      ),
    ),
  },
  {
    name: 'child.bpmn',
    content: Buffer.from(
      model(
        `${node('startEvent', 's')}${person('inner')}${node('endEvent', 'e', '', '<bpmn:escalationEventDefinition escalationRef="esc"/>')}${line('s', 'inner', 'e')}`,
        '<bpmn:escalation id="esc" escalationCode="high"/>',
      ).replaceAll('id="process"', 'id="child"'),
    ),
  },
]
const undone: Scenario = {
  ...scenario,
  name: 'undone and gone on',
  steps: [
    { complete: 'ask', as: 'clerk' },
    { expect: { tasks: ['inner'] } },
    { complete: 'inner', as: 'clerk' },
    { expect: { tasks: ['takeBack'] } },
    { complete: 'takeBack', as: 'clerk' },
    { expect: { ended: true } },
  ],
}

/** Reached by this scenario in one process; evictions need a second case and are killed in their own test. */
const reached: readonly KillPoint[] = [
  'deployment.judged',
  'deployment.written',
  ...killPoints.filter((point) => !point.startsWith('deployment.') && point !== 'snapshot.eviction'),
]

describe('F01 a real kill -9 at named points', () => {
  it('goes on after one at each point, with nothing acknowledged lost and every chain whole', {
    timeout: 180_000,
  }, async () => {
    const host = await fileHost({ resources, kills: reached.map((point) => ({ point, time: 1 })) })
    try {
      const outcome = await runScenario(host, scenario)
      expect(outcome.failures).toEqual([])
      expect(host.left).toEqual([])
      expect(host.killed.length).toBeGreaterThanOrEqual(10)
      const created = outcome.facts.filter(({ kind }) => kind === 'userTask.created')
      expect(created).toHaveLength(4)
    } finally {
      await host.close()
    }
  })

  it('goes on through a call, an escalation, a compensation and a signal', { timeout: 180_000 }, async () => {
    // At the start, the first task, the signal that follows it, the call, and on the way back.
    const kills: readonly Kill[] = [
      { point: 'command.judged', time: 1 },
      { point: 'command.judged', time: 2 },
      { point: 'command.judged', time: 2 },
      { point: 'trail.written', time: 2 },
      { point: 'answer.ready', time: 2 },
    ]
    const host = await fileHost({ resources: undoing, kills })
    try {
      const outcome = await runScenario(host, undone)
      expect(outcome.failures).toEqual([])
      expect(host.killed.length).toBeGreaterThanOrEqual(4)
      const kinds = outcome.facts.map(({ kind }) => kind)
      for (const once of ['escalation.thrown', 'signalSubscription.triggered', 'compensationSubscription.completed'])
        expect(kinds.filter((kind) => kind === once)).toHaveLength(1)
    } finally {
      await host.close()
    }
  })
})
