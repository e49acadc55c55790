import {
  type Act,
  bodyOf,
  caseEnds,
  command,
  findTasks,
  isDone,
  jobEnds,
  Known,
  reads,
  taskEnds,
  tokenOf,
  withKey,
} from './operation.ts'
import { JOB_TYPE, MESSAGE, resources, SIGNAL, START_MESSAGE, UNIT } from './town.ts'

const JOB_LOAN = 3_000

/** How often a client does what. */
const weights = {
  start: 12,
  sleep: 4,
  findTasks: 6,
  complete: 14,
  assign: 5,
  jobs: 14,
  publish: 10,
  begin: 3,
  broadcast: 2,
  set: 5,
  cancel: 2,
  deploy: 0.6,
  deployWrong: 0.4,
  repeated: 2,
} as const

const acts: { readonly [name in keyof typeof weights]: Act } = {
  async start(field, worker) {
    const token = tokenOf(worker)
    const body = { processDefinitionId: 'work', tenantId: UNIT, variables: { ref: token } }
    const proof = { kind: 'processInstance.create', token, about: null, grounds: [] }
    const entry = await command(field, worker, { method: 'POST', path: '/v2/process-instances', body }, proof)
    if (!isDone(entry)) return
    const { processInstanceKey } = bodyOf<{ processInstanceKey: string }>(entry)
    Known.keep(field.known.cases, { key: Number(processInstanceKey), ref: token })
    Known.keep(field.known.references, token)
    await reads(field, worker, `/v2/process-instances/${processInstanceKey}`, () => true)
  },

  async sleep(field, worker) {
    const token = tokenOf(worker)
    const body = { processDefinitionId: 'asleep', tenantId: UNIT, variables: { ref: token } }
    const proof = { kind: 'processInstance.create', token, about: null, grounds: [] }
    await command(field, worker, { method: 'POST', path: '/v2/process-instances', body }, proof)
  },

  findTasks,

  async complete(field, worker) {
    const key = worker.random.pick(field.known.tasks)
    if (key === undefined) return
    const token = tokenOf(worker)
    const call = {
      method: 'POST',
      path: `/v2/user-tasks/${key}/completion`,
      body: { variables: { report: token } },
    } as const
    const entry = await command(field, worker, call, {
      kind: 'userTask.complete',
      token,
      about: key,
      grounds: [...taskEnds],
    })
    if (isDone(entry)) await reads(field, worker, `/v2/user-tasks/${key}`, ({ state }) => state === 'COMPLETED')
  },

  async assign(field, worker) {
    const key = worker.random.pick(field.known.tasks)
    if (key === undefined) return
    const assignee = tokenOf(worker)
    const call = {
      method: 'POST',
      path: `/v2/user-tasks/${key}/assignment`,
      body: { assignee, allowOverride: false },
    } as const
    const grounds = [...taskEnds, 'userTask.assigned']
    await command(field, worker, call, { kind: 'userTask.assign', token: assignee, about: key, grounds })
  },

  async jobs(field, worker) {
    const body = { type: JOB_TYPE, worker: worker.name, timeout: JOB_LOAN, maxJobsToActivate: 3, requestTimeout: -1 }
    const answer = await field.caller.ask({ sender: worker.sender, method: 'POST', path: '/v2/jobs/activation', body })
    const { jobs = [] } = answer.body as { jobs?: { jobKey: string }[] }
    for (const { jobKey } of jobs) {
      const path = `/v2/jobs/${jobKey}`
      const token = tokenOf(worker)
      const about = Number(jobKey)
      const grounds = [...jobEnds]
      const how = worker.random.weighted({ complete: 8, fail: 2, throwError: 1 })
      if (how === 'complete')
        await command(
          field,
          worker,
          { method: 'POST', path: `${path}/completion`, body: { variables: { letter: token } } },
          { kind: 'job.complete', token, about, grounds },
        )
      else if (how === 'fail')
        await command(
          field,
          worker,
          { method: 'POST', path: `${path}/failure`, body: { retries: 3, errorMessage: token, retryBackOff: 200 } },
          { kind: 'job.fail', token, about, grounds },
        )
      else
        await command(
          field,
          worker,
          { method: 'POST', path: `${path}/error`, body: { errorCode: 'back', errorMessage: token } },
          { kind: 'job.throwError', token, about, grounds },
        )
    }
  },

  async publish(field, worker) {
    const correlationKey = worker.random.pick(field.known.references)
    if (correlationKey === undefined) return
    const token = tokenOf(worker)
    const body = { name: MESSAGE, correlationKey, timeToLive: 600_000, messageId: token, variables: { receipt: token } }
    const proof = { kind: 'message.publish', token, about: null, grounds: [] }
    await command(field, worker, { method: 'POST', path: '/v2/messages/publication', body }, proof)
  },

  async begin(field, worker) {
    const token = tokenOf(worker)
    const body = { name: START_MESSAGE, correlationKey: '', timeToLive: 600_000, variables: { ref: token } }
    const proof = { kind: 'message.publish', token, about: null, grounds: [] }
    await command(field, worker, { method: 'POST', path: '/v2/messages/publication', body }, proof)
  },

  async broadcast(field, worker) {
    const token = tokenOf(worker)
    const body = { signalName: SIGNAL, variables: { rungBy: token } }
    const proof = { kind: 'signal.broadcast', token, about: null, grounds: [] }
    await command(field, worker, { method: 'POST', path: '/v2/signals/broadcast', body }, proof)
  },

  async set(field, worker) {
    const found = worker.random.pick(field.known.cases)
    if (!found) return
    const token = tokenOf(worker)
    const call = {
      method: 'PUT',
      path: `/v2/element-instances/${found.key}/variables`,
      body: { variables: { remark: token } },
    } as const
    await command(field, worker, call, { kind: 'variables.set', token, about: found.key, grounds: [...caseEnds] })
  },

  async cancel(field, worker) {
    const found = worker.random.pick(field.known.cases)
    if (!found) return
    const reason = tokenOf(worker)
    const call = {
      method: 'POST',
      path: `/v2/process-instances/${found.key}/cancellation`,
      body: { reason },
    } as const
    const proof = { kind: 'processInstance.cancel', token: reason, about: found.key, grounds: [...caseEnds] }
    await command(field, worker, call, proof)
  },

  async deploy(field, worker) {
    const token = tokenOf(worker)
    const proof = { kind: 'deployment.create', token, about: null, grounds: [] }
    await command(field, worker, { method: 'POST', path: '/v2/deployments', body: () => deployment(token) }, proof)
  },

  async deployWrong(field, worker) {
    const body = () => form([{ name: 'wrong.bpmn', text: '<bpmn' }])
    const proof = { kind: 'deployment.create', token: null, about: null, grounds: [], wrong: ['DEPLOYMENT_REFUSED'] }
    await command(field, worker, { method: 'POST', path: '/v2/deployments', body }, proof)
  },

  /** Sends an acknowledged command once more: the same answer, no second effect. */
  async repeated({ caller, history }, { random, sender }) {
    const done = random.pick(
      history.entries.slice(-300).filter((one) => isDone(one) && one.call.sender.id === sender.id),
    )
    if (done?.outcome.type !== 'acknowledged') return
    const again = await caller.ask(withKey(done))
    const before = JSON.stringify(done.outcome.body)
    if (again.status >= 300) history.faults.push(`a repeated ${done.call.path} was answered ${again.status}`)
    else if (done.proof.about === null && JSON.stringify(again.body) !== before)
      history.faults.push(`a repeated ${done.call.path} gave ${JSON.stringify(again.body)}, before it gave ${before}`)
  },
}

/** A version of its own of everything, with the token in it. */
const deployment = (token: string): FormData => form(resources(token))

function form(files: readonly { readonly name: string; readonly text: string }[]): FormData {
  const parts = new FormData()
  for (const { name, text } of files) parts.append('resources', new File([text], name))
  return parts
}

/** Does one thing that systems do, chosen by the worker's own generator. */
export const actAsClient: Act = (field, worker) => acts[worker.random.weighted(weights)](field, worker)
