import { io, line, model, node } from '@bihuan/engine/testing'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type {
  GroupResolved,
  MigrationResult,
  OperatedCase,
  OperatedDefinitions,
  OperatedDiagram,
  ProblemJson,
  StuckGroups,
  StuckIncidents,
  VacantGroups,
  VacantTasks,
} from '../contract/contract.ts'
import { readOrganisationFile } from '../identity/organisation-file.ts'
import { readRows, streamOf } from '../work/case-data.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

let app: TestApp
let operator: Requester
let neighbour: Requester
let clerk: Requester

/** Operators of one village, beside the one of the district. */
const people = `
levels: [district, township, village]
units:
  - { id: district, name: District, level: district, parent: null }
  - { id: town, name: Town, level: township, parent: district }
  - { id: east, name: East, level: village, parent: town }
  - { id: west, name: West, level: village, parent: town }
roles:
  - { key: operator, name: Operator, level: district }
  - { key: clerk, name: Clerk, level: village }
  - { key: accountant, name: Accountant, level: village }
people:
  - { username: operator.west, name: N, password: a-long-password, positions: [{ role: operator, unit: west }] }
  - { username: leaves, name: Leaves, password: a-long-password, positions: [{ role: clerk, unit: west }] }
`

const group = '<zeebe:assignmentDefinition candidateGroups="clerk"/>'
const ask = (id: string) => node('userTask', id, `${group}<zeebe:userTask/>`, '', `name="Step ${id}"`)
const reckon = node(
  'scriptTask',
  'reckon',
  `<zeebe:script expression="=x" resultVariable="r"/>${io({ x: '=assert(income, income != null)' })}`,
  '',
  'name="Reckon"',
)
const process = (id: string, inner: string, ...ids: readonly string[]) =>
  model(`${node('startEvent', 's')}${inner}${node('endEvent', 'e')}${line('s', ...ids, 'e')}`).replaceAll(
    'id="process"',
    `id="${id}"`,
  )

async function deploy(id: string, xml: string): Promise<string> {
  const form = new FormData()
  form.append('resources', new File([xml], `${id}.bpmn`))
  const answer = await app.client('POST', '/v2/deployments', form)
  expect(answer.status, await answer.clone().text()).toBe(200)
  const { deployments } = (await answer.json()) as {
    deployments: { processDefinition?: { processDefinitionKey: string } }[]
  }
  return deployments[0]!.processDefinition!.processDefinitionKey
}

async function start(processDefinitionId: string, tenantId = 'east', variables: object = {}): Promise<string> {
  const answer = await app.client('POST', '/v2/process-instances', { processDefinitionId, tenantId, variables })
  return ((await answer.json()) as { processInstanceKey: string }).processInstanceKey
}

async function get<T>(who: Requester, path: string): Promise<T> {
  const answer = await who('GET', `/api/operate${path}`)
  expect(answer.status, await answer.clone().text()).toBe(200)
  return (await answer.json()) as T
}

async function post<T>(who: Requester, path: string, body: object): Promise<T> {
  const answer = await who('POST', `/api/operate${path}`, body)
  expect(answer.status, await answer.clone().text()).toBeLessThan(300)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

async function personsNamed(username: string) {
  const { read, tables } = app.server.host.store
  return read.select().from(tables.person).where(eq(tables.person.username, username))
}

const stepsOf = async (key: string) =>
  (await get<OperatedCase>(operator, `/cases/${key}`)).steps.map(({ elementId }) => elementId)

/** What the trail of a case holds of the commands of a kind: who gave them, and why. */
async function recorded(caseKey: string, kind: string) {
  const rows = await readRows(app.server.services.store, streamOf(Number(caseKey)), 0, 100)
  return rows
    .filter(({ row }) => row.kind === kind)
    .map(({ row, records }) => [row.actorType, (records[0]?.value as { reason?: string } | undefined)?.reason])
}

beforeAll(async () => {
  app = await openTestApp()
  await app.server.organisation.load(readOrganisationFile(people), { type: 'system', id: 'test' })
  operator = await app.as('operator')
  neighbour = await app.as('operator.west')
  clerk = await app.as('clerk.east')
  await deploy('stuck', process('stuck', reckon, 'reckon'))
})
afterAll(() => app.close())

describe('what is stuck', () => {
  let keys: string[]
  beforeEach(async () => {
    keys = [await start('stuck', 'east', { name: 'SECRET' }), await start('stuck'), await start('stuck', 'west')]
  })

  test('is listed by step and reason, with the words of the catalogue and nothing that was filled in', async () => {
    const text = await (await operator('GET', '/api/operate/groups?search=reckon')).text()
    const { items } = JSON.parse(text) as StuckGroups
    const found = items.find(({ processId }) => processId === 'stuck')
    expect(found).toMatchObject({ elementId: 'reckon', elementName: 'Reckon', code: 'EXPRESSION_FAILED' })
    expect(found?.count).toBeGreaterThanOrEqual(3)
    expect(found?.messages['zh-CN']?.todo).not.toBe('')
    const { items: all } = await get<StuckIncidents>(operator, '/incidents?processId=stuck&code=EXPRESSION_FAILED')
    expect(all.map(({ caseKey }) => caseKey)).toEqual(expect.arrayContaining(keys))
    const whole = text + JSON.stringify(all) + JSON.stringify(await get(operator, `/cases/${keys[0]}`))
    expect(whole).not.toContain('SECRET')
    expect(whole).not.toContain('"title"')
  })

  test('a search finds groups and counts all of each: that many are tried again', async () => {
    const { items: all } = await get<StuckGroups>(operator, '/groups')
    const [west] = (await get<StuckIncidents>(operator, `/incidents?case=${keys[2]}`)).items
    const { items: found } = await get<StuckGroups>(operator, `/groups?search=${encodeURIComponent(west!.unit.name)}`)
    const ofStuck = ({ processId }: { processId: string }) => processId === 'stuck'
    expect(found.find(ofStuck)).toEqual(all.find(ofStuck))
    expect((await get<StuckGroups>(operator, '/groups?search=nowhere')).items).toEqual([])
  })

  test('A02 an operator of one unit sees and repairs only its cases and those below', async () => {
    const { items } = await get<StuckIncidents>(neighbour, '/incidents')
    expect(new Set(items.map(({ unit }) => unit.id))).toEqual(new Set(['west']))
    const [east] = (await get<StuckIncidents>(operator, `/incidents?case=${keys[0]}`)).items
    for (const [method, path, body] of [
      ['GET', `/incidents/${east!.key}`, undefined],
      ['POST', `/incidents/${east!.key}/resolve`, { reason: 'x' }],
      ['GET', `/cases/${keys[0]}`, undefined],
      ['GET', `/cases/${keys[0]}/diagram`, undefined],
      ['POST', `/cases/${keys[0]}/cancel`, { reason: 'x' }],
      ['POST', `/cases/${keys[0]}/suspend`, { reason: 'x' }],
      ['POST', `/cases/${keys[0]}/modify`, { reason: 'x' }],
    ] as const)
      expect((await neighbour(method, `/api/operate${path}`, body)).status, path).toBe(404)
    const { items: definitions } = await get<OperatedDefinitions>(neighbour, '/definitions')
    const from = definitions.find(({ id }) => id === 'stuck')!.key
    const { items: planned } = await post<MigrationResult>(neighbour, '/migration/plan', { from, to: from })
    expect(new Set(planned.map(({ unit }) => unit.id))).toEqual(new Set(['west']))
    const name = { processId: 'stuck', elementId: 'reckon', code: 'EXPRESSION_FAILED' }
    const before = await get<StuckIncidents>(operator, `/incidents?case=${keys[0]}`)
    await post(neighbour, '/incidents/resolve', { ...name, reason: 'again' })
    expect(await get<StuckIncidents>(operator, `/incidents?case=${keys[0]}`)).toEqual(before)
  })

  test('is tried again with a reason, and says when it is stuck again', async () => {
    const { items } = await get<StuckIncidents>(operator, `/incidents?case=${keys[0]}`)
    for (const body of [{}, { reason: '' }, { reason: '  ' }, { reason: 'x'.repeat(1001) }])
      expect((await operator('POST', `/api/operate/incidents/${items[0]!.key}/resolve`, body)).status).toBe(422)
    const again = await post(operator, `/incidents/${items[0]!.key}/resolve`, { reason: 'The register is back' })
    expect(again).toEqual({ stuckAgain: true })
    expect(await recorded(keys[0]!, 'incident.resolve')).toEqual([['person', 'The register is back']])
    expect((await operator('POST', `/api/operate/incidents/${items[0]!.key}/resolve`, { reason: 'x' })).status).toBe(
      404,
    )
  })

  test('a whole group is tried again, each once: what is stuck anew is not met a second time', async () => {
    const variables = { income: 1 }
    await app.client('PUT', `/v2/element-instances/${keys[0]}/variables`, { variables })
    const name = { processId: 'stuck', elementId: 'reckon', code: 'EXPRESSION_FAILED' }
    const count = (await get<StuckGroups>(operator, '/groups')).items.find((one) => one.processId === 'stuck')!.count
    let cursor: string | undefined
    const total = { resolved: 0, stuckAgain: 0 }
    await app.advance(1000)
    do {
      const page = await post<GroupResolved>(operator, '/incidents/resolve', {
        ...name,
        reason: 'again',
        ...(cursor && { cursor }),
      })
      total.resolved += page.resolved
      total.stuckAgain += page.stuckAgain
      expect(page.failed).toEqual([])
      cursor = page.next ?? undefined
    } while (cursor)
    expect(total).toEqual({ resolved: count, stuckAgain: count - 1 })
    expect((await get<OperatedCase>(operator, `/cases/${keys[0]}`)).state).toBe('completed')
  })
})

test('E03 a repeat of the same request tries a group again once, and tells the same', async () => {
  await deploy('repeated', process('repeated', reckon, 'reckon'))
  const key = await start('repeated')
  const body = { processId: 'repeated', elementId: 'reckon', code: 'EXPRESSION_FAILED', reason: 'again' }
  const ask = () => operator('POST', '/api/operate/incidents/resolve', body, { 'idempotency-key': 'group' })
  const first = await (await ask()).json()
  expect(first).toMatchObject({ resolved: 1, stuckAgain: 1, next: null })
  await app.advance(1000)
  expect(await (await ask()).json()).toEqual(first)
  expect(await recorded(key, 'incident.resolve')).toHaveLength(1)
})

test('F10 a group is tried again as a whole, also when the clock was set back since it got stuck', async () => {
  await deploy('backwards', process('backwards', reckon, 'reckon'))
  await start('backwards')
  await app.advance(-3_600_000)
  const name = { processId: 'backwards', elementId: 'reckon', code: 'EXPRESSION_FAILED' }
  const page = await post<GroupResolved>(operator, '/incidents/resolve', { ...name, reason: 'again' })
  await app.advance(3_600_000)
  expect(page).toMatchObject({ resolved: 1, stuckAgain: 1, next: null })
})

describe('F02 what nobody can go on with', () => {
  const offered = (id: string, to: string) =>
    node('userTask', id, `<zeebe:userTask/><zeebe:assignmentDefinition ${to}/>`, '', `name="Step ${id}"`)
  const vacancies = async (who = operator, query = '') => (await get<VacantGroups>(who, `/vacancies${query}`)).items
  const groupsOf = async (processId: string) =>
    (await vacancies()).filter((group) => group.processId === processId).map(({ elementId }) => elementId)

  test('is listed by step and post, counted, and found; nothing that was filled in is told', async () => {
    await deploy('post', process('post', offered('review', 'candidateGroups="reviewer"'), 'review'))
    const keys = [await start('post', 'east', { name: 'SECRET' }), await start('post'), await start('post', 'west')]
    const text = await (await operator('GET', '/api/operate/vacancies?search=Reviewer')).text()
    const { items } = JSON.parse(text) as VacantGroups
    expect(items).toMatchObject([
      {
        elementName: 'Step review',
        post: { unit: { id: 'west', name: 'West' } },
        count: 1,
        only: { unit: { id: 'west' } },
      },
      { processId: 'post', post: { roleName: 'Reviewer', unit: { id: 'east' } }, assignee: null, count: 2, only: null },
    ])
    const name = 'processId=post&elementId=review&role=reviewer&unitId=east'
    const { items: tasks } = await get<VacantTasks>(operator, `/vacancies/tasks?${name}`)
    expect(tasks.map(({ caseKey }) => caseKey)).toEqual(keys.slice(0, 2))
    expect(tasks[0]).toMatchObject({ process: { id: 'post', version: 1 }, elementId: 'review', unit: { id: 'east' } })
    const { items: one } = await get<VacantTasks>(operator, `/vacancies/tasks?${name}&case=${keys[1]}`)
    expect(one.map(({ caseKey }) => caseKey)).toEqual([keys[1]])
    const { steps } = await get<OperatedCase>(operator, `/cases/${keys[0]}`)
    expect(steps.map(({ key }) => key)).toContain(tasks[0]!.elementInstanceKey)
    expect(text + JSON.stringify(tasks)).not.toContain('SECRET')
    expect(await vacancies(operator, '?search=nowhere')).toEqual([])
    // A02: an operator of one unit sees what waits there, and nothing beside it.
    expect(await vacancies(neighbour)).toMatchObject([{ post: { unit: { id: 'west' } }, count: 1 }])
    expect(await get(neighbour, `/vacancies/tasks?${name}`)).toMatchObject({ items: [] })
    expect((await clerk('GET', '/api/operate/vacancies')).status).toBe(403)
  })

  test('is what its case tells as vacant: not what a held post, a person by name, or a person who has it can do', async () => {
    const to = {
      both: 'candidateGroups="reviewer,clerk"',
      named: 'candidateGroups="reviewer" candidateUsers="somebody"',
      auditors: 'candidateGroups="auditor@district"',
      two: 'candidateGroups="reviewer,accountant"',
      open: 'candidateGroups="reviewer"',
    }
    const ids = Object.keys(to) as (keyof typeof to)[]
    const inner = ids.map((id) => offered(id, to[id]) + line('s', id)).join('')
    const drawn = model(`${node('startEvent', 's')}${inner}`)
    await deploy('ways', drawn.replaceAll('id="process"', 'id="ways"'))
    const key = await start('ways')
    expect((await groupsOf('ways')).sort()).toEqual(['auditors', 'open', 'two', 'two'])
    const { tasks } = (await (await clerk('GET', `/api/cases/${key}`)).json()) as {
      tasks: { key: string; elementId: string; vacant: boolean }[]
    }
    const vacant = tasks.filter((task) => task.vacant).map(({ elementId }) => elementId)
    expect(vacant.sort()).toEqual([...new Set(await groupsOf('ways'))].sort())
    const open = tasks.find(({ elementId }) => elementId === 'open')!
    const [person] = await personsNamed('clerk.east')
    await app.client('POST', `/v2/user-tasks/${open.key}/assignment`, { assignee: person!.id })
    expect(await groupsOf('ways')).not.toContain('open')
    await app.client('DELETE', `/v2/user-tasks/${open.key}/assignee`)
    expect(await groupsOf('ways')).toContain('open')
    const by = { type: 'system', id: 'test' } as const
    await app.server.organisation.addPosition(person!.id, 'clerk.east', 'accountant', 'east', by)
    expect((await groupsOf('ways')).sort()).toEqual(['auditors', 'open'])
    await post(operator, `/cases/${key}/cancel`, { reason: 'Over' })
    expect(await groupsOf('ways')).toEqual([])
  })

  test('is also what somebody has who holds no post any more; the step begun anew is for those who hold it now', async () => {
    await deploy('left', process('left', ask('write'), 'write'))
    const key = await start('left', 'west')
    const [person] = await personsNamed('leaves')
    const leaves = await app.as('leaves')
    const { tasks } = (await (await leaves('GET', `/api/cases/${key}`)).json()) as { tasks: { key: string }[] }
    await leaves('POST', `/api/tasks/${tasks[0]!.key}/claim`, {})
    expect(await groupsOf('left')).toEqual([])
    const { single, tables } = app.server.host.store
    await single.delete(tables.position).where(eq(tables.position.personId, person!.id))
    expect(await vacancies(operator, '?search=Leaves')).toMatchObject([
      { elementId: 'write', post: null, assignee: { id: person!.id, name: 'Leaves' }, count: 1 },
    ])
    const { items } = await get<VacantTasks>(operator, `/vacancies/tasks?assignee=${person!.id}`)
    expect(items).toMatchObject([{ caseKey: key, elementId: 'write' }])
    const move = [{ from: { elementInstanceKey: items[0]!.elementInstanceKey }, targetElementId: 'write' }]
    await post(operator, `/cases/${key}/modify`, { reason: 'Left', move })
    expect(await groupsOf('left')).toEqual([])
    expect(await stepsOf(key)).toEqual(['write'])
  })

  test('is read on from where a page ended', async () => {
    const parts = Array.from(
      { length: 101 },
      (_, n) => offered(`u${n}`, 'candidateGroups="reviewer"') + line('s', `u${n}`),
    )
    const drawn = model(`${node('startEvent', 's')}${parts.join('')}`)
    await deploy('many', drawn.replaceAll('id="process"', 'id="many"'))
    await start('many')
    const first = await get<VacantGroups>(operator, '/vacancies')
    const second = await get<VacantGroups>(operator, `/vacancies?cursor=${first.next}`)
    const all = [...first.items, ...second.items].filter(({ processId }) => processId === 'many')
    expect(new Set(all.map(({ elementId }) => elementId)).size).toBe(101)
    expect(all).toHaveLength(101)
    const tasks = await get<VacantTasks>(operator, '/vacancies/tasks?processId=many')
    const rest = await get<VacantTasks>(operator, `/vacancies/tasks?processId=many&cursor=${tasks.next}`)
    expect([tasks.items.length, rest.items.length, rest.next]).toEqual([100, 1, null])
  })
})

describe('a case', () => {
  let key: string
  beforeAll(async () => {
    await deploy('walk', process('walk', ask('a') + ask('b') + ask('c'), 'a', 'b', 'c'))
  })
  beforeEach(async () => {
    key = await start('walk')
  })

  test('is suspended and resumed with a reason; while it is suspended nobody moves it', async () => {
    await post(operator, `/cases/${key}/suspend`, { reason: 'To be looked into' })
    expect(await get(operator, `/cases/${key}`)).toMatchObject({ state: 'suspended' })
    const one = (await (await clerk('GET', `/api/cases/${key}`)).json()) as { tasks: { key: string }[] }
    const done = await app.client('POST', `/v2/user-tasks/${one.tasks[0]!.key}/completion`, {})
    expect(done.status).toBe(409)
    await post(operator, `/cases/${key}/resume`, { reason: 'Looked into' })
    expect(await get(operator, `/cases/${key}`)).toMatchObject({ state: 'active' })
    expect(await recorded(key, 'processInstance.suspend')).toEqual([['person', 'To be looked into']])
  })

  test('is ended with a reason', async () => {
    expect((await operator('POST', `/api/operate/cases/${key}/cancel`, {})).status).toBe(422)
    await post(operator, `/cases/${key}/cancel`, { reason: 'Filed twice' })
    expect(await get(operator, `/cases/${key}`)).toMatchObject({ state: 'terminated', steps: [] })
    expect((await operator('POST', `/api/operate/cases/${key}/cancel`, { reason: 'x' })).status).toBe(409)
  })

  test('is moved from a step to another, all or nothing; what waits at the step is told before', async () => {
    const { steps } = await get<OperatedCase>(operator, `/cases/${key}`)
    expect(steps).toMatchObject([{ elementId: 'a', name: 'Step a', tasks: 1, incidents: 0 }])
    const { elements, targets, xml } = await get<OperatedDiagram>(operator, `/cases/${key}/diagram`)
    expect(elements).toEqual({ s: 'done', a: 'active' })
    expect(targets.map(({ elementId }) => elementId)).toEqual(['a', 'b', 'c', 'e'])
    expect(xml).toContain('Step a')
    const from = { elementInstanceKey: steps[0]!.key }
    const move = (targetElementId: string) => ({ reason: 'Skipped', move: [{ from, targetElementId }] })
    const refused = await operator('POST', `/api/operate/cases/${key}/modify`, move('nowhere'))
    expect(refused.status).toBe(400)
    expect((await refused.json()) as ProblemJson).toMatchObject({ code: 'MODIFICATION_REFUSED' })
    expect(await stepsOf(key)).toEqual(['a'])
    await post(operator, `/cases/${key}/modify`, move('c'))
    expect(await stepsOf(key)).toEqual(['c'])
    await post(operator, `/cases/${key}/modify`, {
      reason: 'Both',
      activate: [{ elementId: 'b' }],
      terminate: [{ elementId: 'c' }],
    })
    expect(await stepsOf(key)).toEqual(['b'])
    const other = await start('walk')
    const foreign = { processKey: other, ...move('b') }
    expect((await operator('POST', `/api/operate/cases/${key}/modify`, foreign)).status).toBe(404)
  })

  test('that calls another: each drawing shows its own steps, and the called one is repaired', async () => {
    await deploy('inner', process('inner', reckon + ask('call'), 'reckon', 'call'))
    const call = node('callActivity', 'call', '<zeebe:calledElement processId="inner"/>', '', 'name="Below"')
    await deploy('outer', process('outer', call, 'call'))
    const outer = await start('outer')
    const shown = await get<OperatedCase>(operator, `/cases/${outer}`)
    expect(shown.processes.map(({ id }) => id)).toEqual(['outer', 'inner'])
    expect(shown.incidents).toMatchObject([{ process: { id: 'inner' }, elementId: 'reckon' }])
    const processKey = shown.processes[1]!.key
    expect((await get<OperatedDiagram>(operator, `/cases/${outer}/diagram`)).elements).toMatchObject({
      call: 'incident',
    })
    const below = await get<OperatedDiagram>(operator, `/cases/${outer}/diagram?process=${processKey}`)
    expect(below.elements).toEqual({ s: 'done', reckon: 'incident' })
    const step = shown.steps.find(({ elementId }) => elementId === 'reckon')!
    expect(step.processKey).toBe(processKey)
    await post(operator, `/cases/${outer}/modify`, {
      processKey,
      reason: 'By hand',
      move: [{ from: { elementInstanceKey: step.key }, targetElementId: 'call' }],
    })
    const after = await get<OperatedCase>(operator, `/cases/${outer}`)
    expect(after.steps.map(({ elementId, processKey }) => [elementId, processKey])).toEqual([
      ['call', outer],
      ['call', processKey],
    ])
    expect(after.incidents).toEqual([])
  })
})

test('cases go on in another version: first tried, then done, those that cannot are listed with why (E13)', async () => {
  const from = await deploy('moving', process('moving', ask('a') + ask('b'), 'a', 'b'))
  const [one, two] = [await start('moving'), await start('moving', 'west')]
  const tasks = (await (await clerk('GET', `/api/cases/${one}`)).json()) as { tasks: { key: string }[] }
  expect((await app.client('POST', `/v2/user-tasks/${tasks.tasks[0]!.key}/completion`, {})).status).toBe(204)
  const to = await deploy('moving', process('moving', ask('a') + ask('c'), 'a', 'c'))
  const { items: definitions } = await get<OperatedDefinitions>(operator, '/definitions')
  expect(definitions.filter(({ id }) => id === 'moving')).toMatchObject([
    { key: to, version: 2, latest: true, running: 0 },
    { key: from, version: 1, latest: false, running: 2 },
  ])
  const plan = await post<MigrationResult>(operator, '/migration/plan', { from, to })
  const refusal = { code: 'MIGRATION_NOT_POSSIBLE', problems: [{ elementId: 'b', elementName: 'Step b' }] }
  expect(plan.items).toMatchObject([
    { caseKey: one, refusal },
    { caseKey: two, refusal: null, unit: { id: 'west' } },
  ])
  expect((await get<OperatedDefinitions>(operator, '/definitions')).items).toEqual(definitions)
  const { mappings, targets } = await get<{ mappings: object[]; targets: object[] }>(
    operator,
    `/migration/mappings?from=${from}&to=${to}`,
  )
  expect(targets).toContainEqual({ elementId: 'c', name: 'Step c', type: 'bpmn:UserTask' })
  const run = (body: object, key: string) =>
    operator(
      'POST',
      '/api/operate/migration/run',
      { from, to, reason: 'A mistake', ...body },
      { 'idempotency-key': key },
    )
  const first = await run({ limit: 1 }, 'm1')
  expect(await first.json()).toMatchObject({ items: [{ caseKey: one, refusal }], next: one })
  const rest = { items: [{ caseKey: two, refusal: null }], next: null }
  expect(await (await run({ after: one, limit: 1 }, 'm2')).json()).toMatchObject(rest)
  // E03: the answer got lost; nothing else is moved, and it is told again.
  expect(await (await run({ after: one, limit: 1 }, 'm2')).json()).toMatchObject(rest)
  expect((await run({ limit: 1 }, 'm2')).status).toBe(422)
  expect(await get(operator, `/cases/${two}`)).toMatchObject({ process: { version: 2 } })
  const named = [...mappings, { sourceElementId: 'b', targetElementId: 'c' }]
  const last = await post<MigrationResult>(operator, '/migration/run', { from, to, mappings: named, reason: 'Named' })
  expect(last.items).toMatchObject([{ caseKey: one, refusal: null }])
  expect(await stepsOf(one)).toEqual(['c'])
  expect((await operator('POST', '/api/operate/migration/run', { from, to })).status).toBe(422)
  expect((await operator('POST', '/api/operate/migration/plan', { from, to: '7' })).status).toBe(404)
})

test('jobs that failed and will be tried again, and how the server is', async () => {
  await deploy('worked', process('worked', node('serviceTask', 'w', '<zeebe:taskDefinition type="outside"/>'), 'w'))
  const key = await start('worked')
  const lent = await app.client('POST', '/v2/jobs/activation', { type: 'outside', timeout: 1000, maxJobsToActivate: 1 })
  const { jobs } = (await lent.json()) as { jobs: { jobKey: string }[] }
  await app.client('POST', `/v2/jobs/${jobs[0]!.jobKey}/failure`, {
    retries: 2,
    errorMessage: 'away',
    retryBackOff: 60_000,
  })
  const { items } = await get<{ items: object[] }>(operator, '/jobs')
  expect(items).toMatchObject([{ caseKey: key, type: 'outside', retries: 2, error: 'away' }])
  expect(await get(neighbour, '/jobs')).toMatchObject({ items: [] })
  expect(await get(operator, '/health')).toMatchObject({ status: 'up', figures: { outboxDue: 0 } })
})
