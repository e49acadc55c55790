import { setTimeout as pause } from 'node:timers/promises'
import type { ArchivedCaseList, CaseStarted } from '@bihuan/runtime/contract'
import type { RunningServer } from '../../../examples/test/support/server.ts'
import { Village } from './village.ts'

const DAY = 86_400_000
/** Days after its end a case is archived, on the servers of these tests. */
export const RETENTION = { BIHUAN_RETENTION_DAYS: '30' }

const PROCESS = 'residence_proof'
const model = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:process id="${PROCESS}" name="居住证明" isExecutable="true">
    <bpmn:extensionElements><bihuan:case numberPrefix="JZ" /></bpmn:extensionElements>
    <bpmn:startEvent id="start" name="收到申请"><bpmn:extensionElements><bihuan:starters candidateGroups="village_clerk" /></bpmn:extensionElements></bpmn:startEvent>
    <bpmn:userTask id="issue" name="开具证明"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="village_clerk" /><bihuan:stage name="开具" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:endEvent id="end" name="办完" />
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="issue" /><bpmn:sequenceFlow id="f2" sourceRef="issue" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>`

/** Numbers of the cases of a server whose retention has moved two of them. */
export interface Archived {
  /** Of the village of `clerk`, done. */
  readonly done: string
  /** Of another village, canceled. */
  readonly canceled: string
  /** Of the village of `clerk`, goes on. */
  readonly live: string
}

/**
 * Two cases end in their two ways and are moved to packages, another goes on. Sessions of before are over: the clock goes
 * on by more than those days.
 * @param days after which the server archives
 */
export async function seedArchived(server: RunningServer, begin: number, days = 30): Promise<Archived> {
  await server.setClock(begin)
  const village = new Village(server, new Uint8Array())
  await deploy(server, await village.session('designer'))
  const done = await start(village, 'clerk', 'huayuan')
  const canceled = await start(village, 'hewan_clerk', 'hewan')
  await server.setClock(begin + DAY)
  await complete(village, 'clerk', done.caseKey)
  await cancel(server, village, canceled.caseKey)
  const later = new Village(server, new Uint8Array())
  await archiving(server, begin + (days + 10) * DAY, async () => {
    const { items } = await later.ask<ArchivedCaseList>('auditor', 'GET', '/archived-cases')
    return [done, canceled].every(({ number }) => items.some((item) => item.number === number))
  })
  const live = await start(later, 'clerk', 'huayuan')
  return { done: done.number, canceled: canceled.number, live: live.number }
}

/**
 * Sets the clock to that time and on, an hour after the other, until all are archived: one look of retention may come
 * before the checkpoint that seals their end, and the next begins an hour later. @throws when they are not after 20 seconds
 */
async function archiving(server: RunningServer, from: number, areAll: () => Promise<boolean>): Promise<void> {
  const start = performance.now()
  for (let hours = 0; ; hours += 1) {
    await server.setClock(from + hours * 3_600_000)
    // Retention has a turn every second.
    for (let asked = 0; asked < 15; asked += 1) {
      if (await areAll()) return
      await pause(100)
    }
    if (performance.now() - start > 20_000) throw new Error('the cases were not archived')
  }
}

/** Deploys the process as its designer. */
async function deploy(server: RunningServer, cookie: string): Promise<void> {
  const body = new FormData()
  body.append('resources', new File([model], 'residence-proof.bpmn'))
  const headers = { cookie, origin: server.address }
  const answer = await fetch(`${server.address}/v2/deployments`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(`the process was not deployed: ${answer.status} ${await answer.text()}`)
}

async function start(village: Village, who: string, unitId: string): Promise<{ caseKey: string; number: string }> {
  const body = { processId: PROCESS, unitId, formKey: null, answers: {} }
  const { caseKey } = await village.ask<CaseStarted>(who, 'POST', '/cases', body)
  const { number } = await village.ask<{ number: string }>(who, 'GET', `/cases/${caseKey}`)
  return { caseKey, number }
}

async function complete(village: Village, who: string, caseKey: string): Promise<void> {
  const { tasks } = await village.ask<{ tasks: readonly { key: string }[] }>(who, 'GET', `/cases/${caseKey}`)
  const [task] = tasks
  if (!task) throw new Error(`case ${caseKey} has no open task`)
  await village.ask(who, 'POST', `/tasks/${task.key}/claim`, {})
  await village.ask(who, 'POST', `/tasks/${task.key}/complete`, { formKey: null, answers: {} })
}

/** As its operator, whose answer has no body. */
async function cancel(server: RunningServer, village: Village, caseKey: string): Promise<void> {
  const answer = await fetch(`${server.address}/api/operate/cases/${caseKey}/cancel`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: await village.session('operator'),
      origin: server.address,
      'idempotency-key': `cancel-${caseKey}`,
    },
    body: JSON.stringify({ reason: '申请人已经迁出' }),
  })
  if (answer.status !== 204) throw new Error(`case ${caseKey} was not canceled: ${answer.status}`)
}
