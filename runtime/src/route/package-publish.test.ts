import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Case, PackageVersion, Published, Startable, StartForm, Task, VersionFiles } from '../contract/contract.ts'
import type { Requester } from './test-app.ts'
import { openPackageApp, type PackageApp, packageTexts, refusal } from './test-packages.ts'

let packages: PackageApp
let clerk: Requester
beforeAll(async () => {
  packages = await openPackageApp()
  clerk = await packages.app.as('clerk.east')
})
afterAll(() => packages.close())

const start = (processId: string, formKey: string | null, headers = {}) =>
  clerk('POST', '/api/cases', { processId, unitId: 'east', formKey, answers: { subject: 'A' } }, headers)
const formOf = async (processId: string) =>
  ((await (await clerk('GET', `/api/startable/${processId}`)).json()) as StartForm).form!
const labels = (form: { readonly schema: unknown }) =>
  (form.schema as { components: { label: string }[] }).components.map(({ label }) => label)
const versions = async (id: string) =>
  (await (await packages.designer('GET', `/api/packages/${id}/versions`)).json()) as PackageVersion[]
const startables = async () =>
  ((await (await clerk('GET', '/api/startable')).json()) as Startable[]).map(({ processId }) => processId)

describe('publishing', () => {
  test('makes a version of the draft, which is none any more, and cadres may start it', async () => {
    const id = await packages.begin(packageTexts('first'))
    const answer = await packages.publish(id, 'To begin with')
    expect(answer.status).toBe(200)
    expect((await answer.json()) as Published).toMatchObject({ version: 1 })
    const read = await packages.read(id)
    expect(read).toMatchObject({
      isDraft: false,
      savedAt: null,
      published: { version: 1, note: 'To begin with', running: 0 },
    })
    // What the app has in hand stays good: publishing changes no text.
    expect(read.files.every(({ revision, savedAt }) => revision === 1 && savedAt === null)).toBe(true)
    expect(await packages.row(id)).toMatchObject({ draft: null, stages: ['Working'], steps: 1, department: 'Office' })
    expect(await startables()).toContain(id)
    const files = (await (await packages.designer('GET', `/api/packages/${id}/versions/1`)).json()) as VersionFiles
    expect(files.files.map(({ name }) => name)).toEqual(Object.keys(packageTexts(id)).sort())
    for (const version of ['0', '2', '01', 'x'])
      expect((await packages.designer('GET', `/api/packages/${id}/versions/${version}`)).status).toBe(404)
  })

  test('keeps the dictionary with the process, for the host to enforce', async () => {
    const id = await packages.begin(packageTexts('kept'))
    await packages.publish(id)
    const { store } = packages.app.server.services
    const rows = await store.read.select().from(store.tables.processDefinition)
    expect(rows.find((row) => row.processId === id)!.fields).toMatchObject({
      fields: [{ key: 'subject', kind: 'text' }],
      access: { start: { subject: 'required' } },
    })
  })

  test('CO25 tells of roles and levels that the organisation does not have, where a list of people names them, too', async () => {
    const texts = packageTexts('listed')
    const list = `<bpmn:serviceTask id="list" name="List"><bpmn:extensionElements><zeebe:taskDefinition type="bihuan.people" /><zeebe:taskHeaders><zeebe:header key="role" value="clerk, elder, reviewer@hamlet" /></zeebe:taskHeaders></bpmn:extensionElements><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing></bpmn:serviceTask><bpmn:sequenceFlow id="f3" sourceRef="list" targetRef="end" />`
    const drawn = texts['process.bpmn']!.replace('targetRef="end" />', 'targetRef="list" />').replace(
      '<bpmn:endEvent id="end"><bpmn:incoming>f2',
      `${list}<bpmn:endEvent id="end"><bpmn:incoming>f3`,
    )
    const files = Object.entries({ ...texts, 'process.bpmn': drawn })
    const resources = files.map(([name, content]) => ({ name, content: Buffer.from(content) }))
    const { warnings } = await packages.app.server.host.deploy(resources, { type: 'system', id: 'test' }, 'listed')
    const told = warnings.filter(({ code }) => code === 'PEOPLE_UNKNOWN')
    expect(told.map(({ resource, elementId, facts }) => [resource, elementId, facts.people])).toEqual([
      ['process.bpmn', 'list', 'elder'],
      ['process.bpmn', 'list', 'reviewer@hamlet'],
    ])
  })

  test('refuses with the problems and changes nothing', async () => {
    const id = await packages.begin(packageTexts('faulty'))
    await packages.publish(id)
    await packages.save(
      id,
      'process.bpmn',
      packageTexts(id)['process.bpmn']!.replace(`formId="${id}_work"`, 'formId="none"'),
    )
    const answer = await packages.publish(id, 'Second')
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      code: 'DEPLOYMENT_REFUSED',
      problems: expect.arrayContaining([expect.objectContaining({ code: 'FORM_NOT_FOUND', elementId: 'work' })]),
    })
    expect(await packages.row(id)).toMatchObject({ published: { version: 1 }, draft: { errors: 1 } })
    // A form that was in version 1 and is not any more does not count as known.
    await packages.save(id, 'process.bpmn', packageTexts(id)['process.bpmn']!)
    await packages.save(id, 'work.form', null)
    expect((await packages.publish(id, 'Third')).status).toBe(422)
    expect((await versions(id)).map(({ version }) => version)).toEqual([1])
  })

  test('tells who draws that a process is called which nobody has, as it will be refused for it', async () => {
    const task = '<bpmn:userTask id="work" name="Work">'
    const calling = (called: string) => (text: string) =>
      text
        .replace(/<bpmn:userTask id="work" name="Work">[\s\S]*?<\/bpmn:extensionElements>/, (whole) =>
          whole
            .replace(task, '<bpmn:callActivity id="work" name="Work">')
            .replace(/<zeebe:[\s\S]*(?=<bihuan:stage)/, `<zeebe:calledElement processId="${called}" />`),
        )
        .replace('</bpmn:userTask>', '</bpmn:callActivity>')
    const texts = packageTexts('caller')
    const id = await packages.begin({ ...texts, 'process.bpmn': calling('called')(texts['process.bpmn']!) })
    expect((await packages.row(id))?.draft).toMatchObject({ errors: 1 })
    expect((await packages.publish(id)).status).toBe(422)
    await packages.publish(await packages.begin(packageTexts('called')))
    expect((await packages.read(id)).known.processes).toContain('called')
    expect((await packages.publish(id)).status).toBe(200)
  })

  test('tells who draws the keys of the fields in use, also of one that is gone from the draft', async () => {
    const field = (key: string) => `  - { key: ${key}, name: N, kind: text, grade: public }\n`
    const text = (...keys: string[]) => `fields:\n${keys.map(field).join('')}access: {}\n`
    const id = await packages.begin({ ...packageTexts('keys_in_use'), 'fields.yaml': text('one', 'field_2') })
    expect((await packages.read(id)).known.fields).toEqual([])
    await packages.publish(id)
    const revision = (await packages.read(id)).files.find(({ name }) => name === 'fields.yaml')?.revision ?? null
    const files = [{ name: 'fields.yaml', text: text('one'), revision }]
    expect((await packages.designer('PUT', `/api/packages/${id}/files`, { files })).status).toBe(200)
    expect((await packages.read(id)).known.fields).toEqual(['one', 'field_2'])
  })

  test('publishes exactly what was seen', async () => {
    const id = await packages.begin(packageTexts('seen'))
    const seen = (await packages.read(id)).files.map(({ name, revision }) => ({ name, revision }))
    const publish = (files: object[]) => packages.designer('POST', `/api/packages/${id}/publish`, { note: 'n', files })
    await packages.save(id, 'work.form', packageTexts(id, 'Other')['work.form']!)
    expect(await refusal(await publish(seen))).toMatchObject({
      code: 'DRAFT_CONFLICT',
      text: expect.stringContaining('work.form'),
    })
    expect((await publish(seen.slice(1))).status).toBe(409)
    expect(await packages.row(id)).toMatchObject({ published: null })
    expect((await packages.publish(id)).status).toBe(200)
  })

  test('is done once for a key, and not at all when nothing was changed', async () => {
    const id = await packages.begin(packageTexts('once'))
    const files = (await packages.read(id)).files.map(({ name, revision }) => ({ name, revision }))
    const publish = (note: string, headers = {}) =>
      packages.designer('POST', `/api/packages/${id}/publish`, { note, files }, headers)
    const key = { 'idempotency-key': 'publish-once' }
    const [a, b] = await Promise.all([publish('n', key), publish('n', key)])
    expect([await a.json(), await b.json()]).toMatchObject([{ version: 1 }, { version: 1 }])
    expect((await (await publish('n', key)).json()) as Published).toMatchObject({ version: 1 })
    expect(await refusal(await publish('other', key))).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
    expect(await refusal(await publish('again'))).toMatchObject({ code: 'NOTHING_TO_PUBLISH', status: 409 })
    expect(await versions(id)).toHaveLength(1)
  })

  test('refuses a package that says another id, or none, and ids of another package', async () => {
    await packages.publish(await packages.begin(packageTexts('owner')))
    const id = await packages.begin(packageTexts('thief'))
    const codes = async () =>
      ((await (await packages.publish(id)).json()) as { problems: { code: string; severity: string }[] }).problems
        .filter(({ severity }) => severity === 'error')
        .map(({ code }) => code)
    await packages.save(id, 'package.yaml', packageTexts('owner')['package.yaml']!)
    expect(await codes()).toEqual(['PACKAGE_ID_DIFFERS'])
    await packages.save(id, 'package.yaml', null)
    expect(await codes()).toEqual(['PACKAGE_FILE_MISSING'])
    await packages.save(id, 'package.yaml', packageTexts(id)['package.yaml']!)
    await packages.save(id, 'process.bpmn', packageTexts('owner')['process.bpmn']!.replaceAll('owner_', `${id}_`))
    expect(await codes()).toEqual(['ID_OF_ANOTHER_PACKAGE'])
    await packages.save(id, 'process.bpmn', packageTexts(id)['process.bpmn']!)
    expect((await packages.publish(id)).status).toBe(200)
  })
})

/** A second step after the first, with the same form. */
const twoSteps = (texts: { readonly [name: string]: string }, id: string) => ({
  ...texts,
  'process.bpmn': texts['process.bpmn']!.replace(
    '<bpmn:sequenceFlow id="f2" sourceRef="work" targetRef="end" />',
    `<bpmn:sequenceFlow id="f2" sourceRef="work" targetRef="check" />
     <bpmn:userTask id="check" name="Check"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="${id}_work" /><zeebe:assignmentDefinition candidateGroups="clerk" /></bpmn:extensionElements><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing></bpmn:userTask>
     <bpmn:sequenceFlow id="f3" sourceRef="check" targetRef="end" />`,
  ).replace('<bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>', '<bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>'),
  'fields.yaml': `${texts['fields.yaml']}  check: { subject: required }\n`,
})

test('a case of version 1 ends on version 1, with its forms; new ones take version 2', async () => {
  const id = await packages.begin(twoSteps(packageTexts('two', 'Old'), 'two'))
  await packages.publish(id)
  const one = await formOf(id)
  const started = (await (await start(id, one.formKey)).json()) as { caseKey: string }
  for (const [name, text] of Object.entries(twoSteps(packageTexts(id, 'New'), id))) await packages.save(id, name, text)
  const open = await packages.row(id)
  expect(open).toMatchObject({ published: { version: 1, running: 1 }, running: 1, draft: { errors: 0 } })
  await packages.publish(id, 'New label')
  expect(labels(await formOf(id))).toEqual(['New'])
  // The form shown before has another version by now: told, and nothing started.
  expect((await start(id, one.formKey)).status).toBe(409)
  const two = (await (await start(id, (await formOf(id)).formKey)).json()) as { caseKey: string }
  expect((await versions(id)).map(({ version, running, note }) => [version, running, note])).toEqual([
    [2, 1, 'New label'],
    [1, 1, 'First'],
  ])
  const taskOf = async (caseKey: string) => {
    const { tasks, version } = (await (await clerk('GET', `/api/cases/${caseKey}`)).json()) as Case
    return { version, task: (await (await clerk('GET', `/api/tasks/${tasks[0]!.key}`)).json()) as Task }
  }
  const [old, young] = [await taskOf(started.caseKey), await taskOf(two.caseKey)]
  expect([old.version, labels(old.task.form!), young.version, labels(young.task.form!)]).toEqual([
    1,
    ['Old'],
    2,
    ['New'],
  ])
  const finish = async (task: Task) => {
    await clerk('POST', `/api/tasks/${task.key}/claim`)
    const body = { formKey: task.form!.formKey, answers: { subject: 'B' } }
    expect((await clerk('POST', `/api/tasks/${task.key}/complete`, body)).status).toBe(200)
  }
  await finish(old.task)
  // The second step begins after version 2 was published, and has the form of version 1 all the same.
  const second = await taskOf(started.caseKey)
  expect([second.version, labels(second.task.form!)]).toEqual([1, ['Old']])
  await finish(second.task)
  expect((await packages.row(id))!.running).toBe(1)
  expect((await versions(id)).map(({ running }) => running)).toEqual([1, 0])
})

test('throwing the draft away brings the published files back, and what others had open before is late', async () => {
  const id = await packages.begin(packageTexts('undone'))
  await packages.publish(id)
  const published = await packages.read(id)
  await packages.save(id, 'work.form', packageTexts(id, 'Changed')['work.form']!)
  await packages.save(id, 'more.form', '{}')
  await packages.save(id, 'parameters.yaml', null)
  expect(await packages.read(id)).toMatchObject({ isDraft: true })
  expect((await packages.designer('DELETE', `/api/packages/${id}`)).status).toBe(204)
  const after = await packages.read(id)
  expect(after.isDraft).toBe(false)
  expect(after.files.map(({ name, text }) => [name, text])).toEqual(
    published.files.map(({ name, text }) => [name, text]),
  )
  // Revision 2 was the text that is thrown away: it is not a revision of anything else.
  const late = { files: [{ name: 'work.form', text: '{"late":1}', revision: 2 }] }
  expect((await packages.designer('PUT', `/api/packages/${id}/files`, late)).status).toBe(409)
})

test('a text saved back to what is published is no draft', async () => {
  const id = await packages.begin(packageTexts('back'))
  await packages.publish(id)
  await packages.save(id, 'work.form', '{}')
  expect((await packages.row(id))!.draft).not.toBeNull()
  await packages.save(id, 'work.form', packageTexts(id)['work.form']!)
  expect((await packages.row(id))!.draft).toBeNull()
})

describe('retiring', () => {
  test('lets running cases go on and takes no new one until it is restored', async () => {
    const id = await packages.begin(packageTexts('old'))
    await packages.publish(id)
    const { formKey } = await formOf(id)
    const key = { 'idempotency-key': 'before-retiring' }
    const started = (await (await start(id, formKey, key)).json()) as { caseKey: string }
    const retire = (body: object) => packages.designer('POST', `/api/packages/${id}/retire`, body)
    expect((await retire({ reason: '' })).status).toBe(422)
    expect((await retire({ reason: 'Not needed' })).status).toBe(204)
    expect((await retire({ reason: 'Not needed' })).status).toBe(204)
    expect(await packages.row(id)).toMatchObject({ retired: true, running: 1 })
    expect(await startables()).not.toContain(id)
    expect(await refusal(await clerk('GET', `/api/startable/${id}`))).toMatchObject({
      code: 'PROCESS_RETIRED',
      status: 409,
    })
    expect(await refusal(await start(id, formKey))).toMatchObject({ code: 'PROCESS_RETIRED', status: 409 })
    const byKey = { processDefinitionId: id, variables: {}, tenantId: 'east' }
    expect(await refusal(await packages.app.client('POST', '/v2/process-instances', byKey))).toMatchObject({
      status: 409,
    })
    // What was started before is answered as it was.
    expect(((await (await start(id, formKey, key)).json()) as { caseKey: string }).caseKey).toBe(started.caseKey)
    const { tasks } = (await (await clerk('GET', `/api/cases/${started.caseKey}`)).json()) as Case
    await clerk('POST', `/api/tasks/${tasks[0]!.key}/claim`)
    const task = (await (await clerk('GET', `/api/tasks/${tasks[0]!.key}`)).json()) as Task
    const answers = { formKey: task.form!.formKey, answers: { subject: 'B' } }
    expect((await clerk('POST', `/api/tasks/${task.key}/complete`, answers)).status).toBe(200)
    // A new version of a retired package is retired too.
    await packages.save(id, 'work.form', packageTexts(id, 'Newer')['work.form']!)
    expect((await packages.publish(id, 'While retired')).status).toBe(200)
    expect(await startables()).not.toContain(id)
    expect((await packages.designer('POST', `/api/packages/${id}/restore`, { reason: 'Needed' })).status).toBe(204)
    expect(await startables()).toContain(id)
    expect((await start(id, (await formOf(id)).formKey)).status).toBe(201)
  })

  test('is in the trail with its reason and actor', async () => {
    const { host, store } = packages.app.server.services
    const id = await packages.begin(packageTexts('noted'))
    await packages.publish(id)
    await packages.designer('POST', `/api/packages/${id}/retire`, { reason: 'Law changed' })
    const rows = await store.read.select().from(store.tables.payload)
    const trail = await store.read.select().from(store.tables.trail)
    const row = rows.find(({ records }) => records.includes('Law changed'))!
    const entry = trail.find(({ stream, sequence }) => stream === row.stream && sequence === row.sequence)!
    expect(entry).toMatchObject({ kind: 'package.retire', actorType: 'person', at: host.clock.now() })
    expect(row.records).toContain('"reason":"Law changed"')
  })
})

describe('deploying as a system or a command does', () => {
  const deploy = (who: Requester, texts: { readonly [name: string]: string }) => {
    const body = new FormData()
    for (const [name, text] of Object.entries(texts)) body.append('resources', new File([text], name))
    return who('POST', '/v2/deployments', body)
  }

  test('with a package.yaml makes a version, of the root unit, once for the same files', async () => {
    const texts = packageTexts('sent')
    expect((await deploy(packages.app.client, texts)).status).toBe(200)
    expect(await packages.row('sent')).toMatchObject({
      unit: { id: 'district' },
      published: { version: 1, note: '', actorType: 'client', publishedBy: { name: 'test' } },
    })
    expect((await deploy(packages.app.client, texts)).status).toBe(200)
    expect(await versions('sent')).toHaveLength(1)
    expect((await deploy(packages.app.client, packageTexts('sent', 'Other'))).status).toBe(200)
    expect((await versions('sent')).map(({ version }) => version)).toEqual([2, 1])
  })

  test('leaves what somebody is drawing alone, and who had a text before him that is replaced is late', async () => {
    const id = 'sent_under'
    await deploy(packages.app.client, packageTexts(id))
    await packages.save(id, 'work.form', '{"mine":1}')
    await deploy(packages.app.client, packageTexts(id, 'Other'))
    const { files, isDraft } = await packages.read(id)
    const file = (name: string) => files.find((one) => one.name === name)!
    expect(isDraft).toBe(true)
    expect(file('work.form')).toMatchObject({ text: '{"mine":1}', revision: 1 })
    expect(file('start.form')).toMatchObject({
      text: packageTexts(id, 'Other')['start.form'],
      revision: 1,
      savedAt: null,
    })
    const late = { files: [{ name: 'start.form', text: '{"late":1}', revision: 0 }] }
    expect((await packages.designer('PUT', `/api/packages/${id}/files`, late)).status).toBe(409)
  })

  test('without a package.yaml makes none, and takes over nothing of a package', async () => {
    const { 'package.yaml': _, 'fields.yaml': _fields, ...loose } = packageTexts('loose')
    expect((await deploy(packages.app.client, loose)).status).toBe(200)
    expect(await packages.row('loose')).toBeUndefined()
    await deploy(packages.app.client, packageTexts('whole'))
    const { 'package.yaml': _whole, 'fields.yaml': _wholeFields, ...part } = packageTexts('whole', 'Mine')
    const answer = await deploy(packages.app.client, part)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('ID_OF_ANOTHER_PACKAGE')
  })

  test('a designer deploys for his units: a new package is his, one of others is refused', async () => {
    expect((await deploy(packages.other, packageTexts('town_sent'))).status).toBe(200)
    expect(await packages.row('town_sent', packages.other)).toMatchObject({ unit: { id: 'town2' } })
    await deploy(packages.app.client, packageTexts('district_sent'))
    expect(await refusal(await deploy(packages.other, packageTexts('district_sent', 'Mine')))).toMatchObject({
      status: 403,
    })
    expect(await versions('district_sent')).toHaveLength(1)
  })
})

test('a process goes by no id of a package that is not its own: it would set the parameters of that one', async () => {
  const texts = packageTexts('house')
  const inner = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      name === 'process.bpmn' ? text.replace('process id="house"', 'process id="house_main"') : text,
    ]),
  )
  const id = await packages.begin(inner)
  expect(id).toBe('house')
  expect((await packages.publish(id)).status).toBe(200)
  const body = new FormData()
  body.append('resources', new File([texts['process.bpmn']!.replaceAll('house_', 'loose_')], 'process.bpmn'))
  body.append('resources', new File([texts['start.form']!.replaceAll('house_', 'loose_')], 'start.form'))
  body.append('resources', new File([texts['work.form']!.replaceAll('house_', 'loose_')], 'work.form'))
  body.append('resources', new File(['parameters:\n  - { name: days, default: 0 }\n'], 'parameters.yaml'))
  const answer = await packages.other('POST', '/v2/deployments', body)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('ID_OF_ANOTHER_PACKAGE')
})

test('a process that a new version has no more takes no new cases, also when the package is restored', async () => {
  const texts = packageTexts('pair')
  const second = Object.fromEntries(
    Object.entries(packageTexts('pair_second')).flatMap(([name, text]): [string, string][] =>
      name.endsWith('.yaml') ? [] : [[`second-${name}`, text]],
    ),
  )
  const id = await packages.begin({ ...texts, ...second })
  expect((await packages.publish(id)).status).toBe(200)
  expect(await startables()).toEqual(expect.arrayContaining(['pair', 'pair_second']))
  for (const name of Object.keys(second)) expect((await packages.save(id, name, null)).status).toBe(200)
  expect((await packages.publish(id, 'One process')).status).toBe(200)
  expect(await startables()).toContain('pair')
  expect(await startables()).not.toContain('pair_second')
  const byKey = { processDefinitionId: 'pair_second', variables: {}, tenantId: 'east' }
  expect((await packages.app.client('POST', '/v2/process-instances', byKey)).status).toBe(409)
  for (const verb of ['retire', 'restore'])
    expect((await packages.designer('POST', `/api/packages/${id}/${verb}`, { reason: 'Tried' })).status).toBe(204)
  expect(await startables()).toContain('pair')
  expect(await startables()).not.toContain('pair_second')
})
