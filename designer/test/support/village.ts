import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { addDuration, parseDuration, type Variables } from '@bihuan/engine'
import type { Case, CaseActionForm, CaseStarted, StartForm, StoredFile, Task } from '@bihuan/runtime/contract'
import { readScenarioFile } from '@bihuan/runtime/scenario'
import type { RunningServer } from '../../../examples/test/support/server.ts'

const { scenario } = readScenarioFile(
  readFileSync(
    fileURLToPath(new URL('../../../examples/village-decision/scenarios/main.yaml', import.meta.url)),
    'utf8',
  ),
  'main.yaml',
)

/** The cases of the played village, by what they show. */
export interface Played {
  /** Done from motion to archive: a failed vote, an objection and a failed acceptance behind it. */
  readonly archived: string
  /** On its second way to the party meeting, the first vote having failed. */
  readonly failedVote: string
  /** In its publicity window, with an objection being checked. */
  readonly publicity: string
  /** With the township reviewer, among others. */
  readonly precheck: string
  /** Waiting for its resolution to be disclosed, past the day it was due. */
  readonly overdue: string
  /** Just begun. */
  readonly begun: string
}

/** Plays cases of the example through `/api`, as its people, on a server with a clock that can be set. */
export class Village {
  readonly #server: RunningServer
  readonly #photo: Uint8Array
  readonly #sessions = new Map<string, string>()
  readonly #doers = new Map<string, string>()
  #now = 0

  constructor(server: RunningServer, photo: Uint8Array) {
    this.#server = server
    this.#photo = photo
  }

  /** Plays a whole village: see `Played` for what stands at the end. */
  async play(): Promise<Played> {
    await this.#setClock(Date.parse(scenario.startedAt))
    const archived = await this.#start('村口到三组道路硬化')
    await this.#walk(archived, null)
    const failedVote = await this.#start('二组机耕路修复', { amount: '78000.00', affected_households: 41 })
    const publicity = await this.#start('文化广场路灯更换', { amount: '32400.00', affected_households: 196 })
    const overdue = await this.#start('四组饮水管网改造', { amount: '118600.00', affected_households: 57 })
    await this.#walk(overdue, 'resolution')
    await this.#walk(failedVote, 'precheck', 2)
    await this.#walk(publicity, 'publicity_objection_check')
    const precheck = await this.#start('五组水渠清淤', { amount: '12800.00', affected_households: 33 })
    await this.#walk(precheck, 'precheck')
    await this.#advance('PT5H')
    const begun = await this.#start('村文化活动室添置桌椅', { amount: '9600.00', affected_households: 196 })
    return { archived, failedVote, publicity, precheck, overdue, begun }
  }

  /** A person's session cookie, signed in on first use. */
  async session(username: string): Promise<string> {
    const known = this.#sessions.get(username)
    if (known) return known
    const { address } = this.#server
    const answer = await fetch(`${address}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: address, 'idempotency-key': randomUUID() },
      body: JSON.stringify({ username, password: this.#server.password(username) }),
    })
    if (!answer.ok) throw new Error(`${username} could not sign in: ${answer.status} ${await answer.text()}`)
    const cookie = answer.headers
      .getSetCookie()
      .map((each) => each.slice(0, each.indexOf(';')))
      .join('; ')
    this.#sessions.set(username, cookie)
    return cookie
  }

  /** One request as that person. @throws when it is refused. */
  async ask<T>(username: string, method: string, path: string, body?: unknown): Promise<T> {
    const { address } = this.#server
    const json = body !== undefined && !(body instanceof FormData)
    const answer = await fetch(`${address}/api${path}`, {
      method,
      headers: {
        cookie: await this.session(username),
        origin: address,
        'idempotency-key': randomUUID(),
        ...(json ? { 'content-type': 'application/json' } : {}),
      },
      ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as FormData) }),
    })
    if (!answer.ok) throw new Error(`${username} ${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }

  async #start(title: string, more: Variables = {}): Promise<string> {
    const username = scenario.startedBy
    const { form, process } = await this.ask<StartForm>(username, 'GET', `/startable/${scenario.process}`)
    const started = await this.ask<CaseStarted>(username, 'POST', '/cases', {
      processId: process.processId,
      unitId: scenario.unit,
      formKey: form?.formKey ?? null,
      answers: await this.#withFiles(username, { ...scenario.start, title, ...more }),
    })
    return started.caseKey
  }

  /** Takes the steps of the scenario until the `times`th task of that element would be done; all of them for null. */
  async #walk(caseKey: string, until: string | null, times = 1): Promise<void> {
    let seen = 0
    for (const step of scenario.steps) {
      if (step.complete && step.complete === until) {
        seen += 1
        if (seen === times) return
      }
      if (step.complete) await this.#complete(caseKey, step.complete, step.as, step.answers ?? {})
      else if (step.action) await this.#act(caseKey, step.action, step.as ?? scenario.startedBy, step.answers ?? {})
      else if (step.advance) await this.#advance(step.advance)
    }
  }

  async #complete(caseKey: string, elementId: string, as: string | undefined, answers: Variables): Promise<void> {
    const username = as ?? this.#doers.get(elementId)
    if (!username) throw new Error(`step ${elementId} names nobody`)
    this.#doers.set(elementId, username)
    // People take a while: half an hour a step.
    await this.#advance('PT30M')
    const { tasks } = await this.ask<Case>(username, 'GET', `/cases/${caseKey}`)
    const key = tasks.find((task) => task.elementId === elementId)?.key
    if (!key) throw new Error(`case ${caseKey} has no open task ${elementId}`)
    let task = await this.ask<Task>(username, 'GET', `/tasks/${key}`)
    if (!task.can.complete) task = await this.ask<Task>(username, 'POST', `/tasks/${key}/claim`, {})
    await this.ask(username, 'POST', `/tasks/${key}/complete`, {
      formKey: task.form?.formKey ?? null,
      answers: await this.#withFiles(username, answers),
    })
  }

  async #act(caseKey: string, label: string, username: string, answers: Variables): Promise<void> {
    const { actions } = await this.ask<Case>(username, 'GET', `/cases/${caseKey}`)
    const action = actions.find((each) => each.label === label)
    if (!action) throw new Error(`case ${caseKey} offers no action ${label}`)
    const path = `/cases/${caseKey}/actions/${action.key}`
    const { form } = await this.ask<CaseActionForm>(username, 'GET', path)
    await this.ask(username, 'POST', path, {
      formKey: form?.formKey ?? null,
      answers: await this.#withFiles(username, answers),
    })
  }

  /** The answers with each file of the scenario sent first, as the app does. */
  async #withFiles(username: string, answers: Variables): Promise<Variables> {
    const sent: Record<string, unknown> = { ...answers }
    for (const [name, value] of Object.entries(answers)) {
      if (!isFiles(value)) continue
      sent[name] = await Promise.all(value.map((file) => this.#send(username, file.name)))
    }
    return sent as Variables
  }

  #send(username: string, name: string): Promise<StoredFile> {
    const body = new FormData()
    body.append('file', new Blob([new Uint8Array(this.#photo)], { type: 'image/jpeg' }), name)
    return this.ask<StoredFile>(username, 'POST', '/files', body)
  }

  async #advance(duration: string): Promise<void> {
    const length = parseDuration(duration)
    if (!length) throw new Error(`${duration} is no ISO 8601 duration`)
    await this.#setClock(addDuration(this.#now, length))
  }

  async #setClock(at: number): Promise<void> {
    this.#now = at
    await this.#server.setClock(at)
  }
}

const isFiles = (value: unknown): value is StoredFile[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((each) => typeof each === 'object' && each !== null && 'size' in each)
