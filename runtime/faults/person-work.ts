import { createHash, randomBytes } from 'node:crypto'
import { type Act, command, findTasks, taskEnds, tokenOf } from './operation.ts'

/** How often a person does what. */
const weights = {
  findTasks: 4,
  claim: 10,
  release: 4,
  completeOwn: 12,
  draft: 6,
  upload: 5,
  inbox: 3,
} as const

const acts: { readonly [name in keyof typeof weights]: Act } = {
  findTasks,

  async claim(field, worker) {
    const key = worker.random.pick(field.known.tasks)
    if (key === undefined) return
    const { id } = worker.sender
    await command(
      field,
      worker,
      { method: 'POST', path: `/api/tasks/${key}/claim` },
      {
        kind: 'userTask.assign',
        token: id,
        about: key,
        grounds: [...taskEnds, 'userTask.assigned'],
        needless: { kind: 'userTask.assigned', holds: (value) => (value as { assignee: string }).assignee === id },
      },
    )
  },

  async release(field, worker) {
    const key = worker.random.pick(field.known.tasks)
    if (key === undefined) return
    const wrong = ['FORBIDDEN', 'USER_TASK_NOT_ASSIGNED']
    const grounds = [...taskEnds, 'userTask.assigned', 'userTask.unassigned']
    const proof = { kind: 'userTask.unassign', token: null, about: key, grounds, wrong }
    await command(field, worker, { method: 'POST', path: `/api/tasks/${key}/release` }, proof)
  },

  async completeOwn(field, worker) {
    const key = worker.random.pick(field.known.tasks)
    if (key === undefined) return
    const task = await field.caller.ask({ sender: worker.sender, method: 'GET', path: `/api/tasks/${key}` })
    if (task.status !== 200) return
    const { form } = task.body as { form: { formKey: string } | null }
    const token = tokenOf(worker)
    const body = { formKey: form?.formKey ?? null, answers: form ? { report: token } : {} }
    const call = { method: 'POST', path: `/api/tasks/${key}/complete`, body } as const
    const grounds = [...taskEnds, 'userTask.assigned']
    await command(field, worker, call, {
      kind: 'userTask.complete',
      token: form ? token : null,
      about: key,
      grounds,
    })
  },

  /** His own start form: what was kept last is what he finds. */
  async draft({ caller, history }, worker) {
    worker.count += 1
    const text = `${worker.name}-${worker.count}-draft`
    const { id } = worker.sender
    const kept = history.drafts.get(id) ?? { personId: id, about: 'start:work', possible: [] }
    history.drafts.set(id, kept)
    kept.possible.push(text)
    const call = { sender: worker.sender, method: 'PUT', path: '/api/startable/work/draft' } as const
    const answer = await caller.ask({ ...call, body: { answers: { report: text } } })
    if (answer.status === 200) kept.possible.splice(0, kept.possible.indexOf(text))
    else history.faults.push(`a draft was refused: ${answer.status} ${JSON.stringify(answer.body)}`)
  },

  async upload({ caller, history }, worker) {
    const bytes = picture(worker.random.between(200, 60_000))
    const body = () => {
      const parts = new FormData()
      parts.set('file', new File([bytes], 'photo.png', { type: 'image/png' }))
      return parts
    }
    const answer = await caller.ask({ sender: worker.sender, method: 'POST', path: '/api/files', body })
    const { id } = (answer.body ?? {}) as { id?: string }
    if (answer.status === 201 && id !== undefined)
      history.files.push({ id, digest: createHash('sha256').update(bytes).digest('hex') })
    else history.faults.push(`an upload was refused: ${answer.status} ${JSON.stringify(answer.body)}`)
  },

  async inbox({ caller, history }, { sender }) {
    const answer = await caller.ask({ sender, method: 'GET', path: '/api/inbox?view=claimable' })
    if (answer.status !== 200) history.faults.push(`an inbox was answered ${answer.status}`)
  },
}

/** A picture nobody has sent before: the parts of a PNG, with random bytes for points. */
function picture(size: number): Uint8Array<ArrayBuffer> {
  const part = (name: string, content: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    return Buffer.concat([length, Buffer.from(name, 'latin1'), content, Buffer.alloc(4)])
  }
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const head = part('IHDR', Buffer.from('00000001000000010802000000', 'hex'))
  return new Uint8Array(
    Buffer.concat([signature, head, part('IDAT', randomBytes(size)), part('IEND', Buffer.alloc(0))]),
  )
}

/** Does one thing that people do, chosen by the worker's own generator. */
export const actAsPerson: Act = (field, worker) => acts[worker.random.weighted(weights)](field, worker)
