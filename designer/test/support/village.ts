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

const MINUTE = 60_000
/** Minutes of a day. */
const DAY = 24 * 60
/** Villages keep the time of Shanghai. */
const ZONE = 8 * 60 * MINUTE

/** What the other cases say in the place of what the scenario says of its road. */
const tractorRoad = {
  amount: '78000.00',
  budget: '78000.00',
  affected_households: 41,
  plan_draft: '二组到机耕桥一段，长 900 米，铺砂石，补三处塌方。',
  proposal: '先补塌方，再铺砂石',
  revised_plan: '长 900 米，铺砂石，塌方三处用毛石砌护',
}
const streetLamps = {
  amount: '32400.00',
  budget: '32400.00',
  affected_households: 196,
  plan_draft: '文化广场旧灯 24 盏换成太阳能路灯。',
  proposal: '旧灯换成太阳能路灯，杆子不动',
  revised_plan: '换太阳能路灯 24 盏，保修三年',
  resolution_no: '花园村决议〔2026〕4号',
  resolution_text: '同意更换文化广场路灯 24 盏，用太阳能路灯，保修三年，共 32400.00 元，从村集体经济收益中支出。',
  change_log: '保修由两年改为三年',
  party_opinions_adopted: '采纳了延长保修的意见',
  ground: 'facts',
  detail: '公示写 24 盏，广场上现在只有 22 盏。',
}
const waterPipes = {
  amount: '118600.00',
  budget: '118600.00',
  affected_households: 57,
  plan_draft: '四组主管 1.4 公里换成新管，入户表 57 只。',
  proposal: '主管和入户表一起换',
  revised_plan: '主管 1.4 公里，入户表 57 只，分三段停水施工',
  change_log: '停水由一次改为分三段',
  party_opinions_adopted: '采纳了分段停水的意见',
}
const schoolRoad = {
  amount: '94500.00',
  budget: '94500.00',
  affected_households: 88,
  plan_draft: '校门前 180 米由 3.5 米拓到 6 米，划接送停车位 12 个。',
  proposal: '拓宽到 6 米，划出接送车位',
  revised_plan: '拓宽 180 米，接送车位 12 个，装减速带两道',
  change_log: '加装减速带两道',
  party_opinions_adopted: '采纳了装减速带的意见',
}
const fishPond = {
  amount: '36000.00',
  budget: '36000.00',
  affected_households: 12,
  plan_draft: '东塘 18 亩续租三年，年租金 36000 元，公开竞价。',
  proposal: '公开竞价，老租户同等条件优先',
  revised_plan: '公开竞价，三年一租，租金一年一交',
}
const canal = {
  amount: '12800.00',
  budget: '12800.00',
  affected_households: 33,
  plan_draft: '五组支渠 1.8 公里清淤，护坡两处。',
  proposal: '赶在春灌前清完',
  revised_plan: '清淤 1.8 公里，护坡两处，由村集体组织施工',
}

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
  /** Case → how many steps of the scenario it has taken. */
  readonly #reached = new Map<string, number>()
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
    const overdue = await this.#start('四组饮水管网改造', waterPipes)
    await this.#walk(overdue, 'resolution', waterPipes)
    const disclosing = await this.#start('村小学门前道路拓宽', schoolRoad)
    await this.#walk(disclosing, 'supervision_opinion', schoolRoad)
    const failedVote = await this.#start('二组机耕路修复', tractorRoad)
    const publicity = await this.#start('文化广场路灯更换', streetLamps)
    await this.#walk(publicity, 'publicity_objection_check', streetLamps)
    await this.#walk(failedVote, 'precheck', tractorRoad, 2)
    await this.#walk(disclosing, 'resolution', schoolRoad)
    const noticed = await this.#start('集体鱼塘续租', fishPond)
    await this.#walk(noticed, 'meeting_notice', fishPond)
    const precheck = await this.#start('五组水渠清淤', canal)
    await this.#walk(precheck, 'precheck', canal)
    await this.#pause()
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
      answers: await this.#withFiles(username, { ...withOwn(scenario.start ?? {}, more), title }),
    })
    return started.caseKey
  }

  /** Goes on with the scenario until the `times`th task of that element would be done; to its end for null. */
  async #walk(caseKey: string, until: string | null, own: Variables = {}, times = 1): Promise<void> {
    const from = this.#reached.get(caseKey) ?? 0
    const stops = scenario.steps.flatMap((step, index) => (step.complete === until ? [index] : []))
    const to = until === null ? scenario.steps.length : stops[times - 1]
    if (to === undefined) throw new Error(`the scenario has no step ${until}`)
    this.#reached.set(caseKey, to)
    for (const step of scenario.steps.slice(from, to)) {
      if (step.complete) await this.#complete(caseKey, step.complete, step.as, withOwn(step.answers ?? {}, own))
      else if (step.action)
        await this.#act(caseKey, step.action, step.as ?? scenario.startedBy, withOwn(step.answers ?? {}, own))
      else if (step.advance) await this.#advance(step.advance)
    }
  }

  async #complete(caseKey: string, elementId: string, as: string | undefined, answers: Variables): Promise<void> {
    const username = as ?? this.#doers.get(elementId)
    if (!username) throw new Error(`step ${elementId} names nobody`)
    this.#doers.set(elementId, username)
    await this.#pause()
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

  /** People take a while, half an hour a step, and go home in the evening. */
  async #pause(): Promise<void> {
    const at = this.#now + 30 * MINUTE
    const minute = ((at + ZONE) / MINUTE) % DAY
    const evening = minute >= 17.5 * 60
    const morning = at + (9 * 60 - minute + (evening ? DAY : 0)) * MINUTE
    await this.#setClock(minute < 9 * 60 || evening ? morning : at)
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

/** The answers of the scenario, in the words of another case where it has any. */
const withOwn = (answers: Variables, own: Variables): Variables =>
  Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, own[name] ?? value])) as Variables
