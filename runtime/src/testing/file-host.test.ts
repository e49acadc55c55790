import { model, runScenario, type Scenario } from '@bihuan/engine/testing'
import { describe, expect, it } from 'vitest'
import { type KillPoint, killPoints } from '../host/kill-point.ts'
import { fileHost } from './file-host.ts'

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
})
