import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FilesSaved, PackageMade, Presence } from '../contract/contract.ts'
import { openPackageApp, type PackageApp, packageTexts, refusal } from './test-packages.ts'

let packages: PackageApp
beforeAll(async () => {
  packages = await openPackageApp()
})
afterAll(() => packages.close())

const put = (id: string, files: object[]) => packages.designer('PUT', `/api/packages/${id}/files`, { files })
const revisions = async (answer: Response) =>
  Object.fromEntries(((await answer.json()) as FilesSaved).files.map(({ name, revision }) => [name, revision]))

describe('beginning', () => {
  test('a blank package is a draft of its own, with a process that can be drawn on', async () => {
    const made = await packages.designer('POST', '/api/packages', { name: 'Empty', from: { kind: 'blank' } })
    expect(made.status).toBe(201)
    const { id } = (await made.json()) as PackageMade
    const read = await packages.read(id)
    expect(read).toMatchObject({ isDraft: true, published: null, running: 0, retired: false, unit: { id: 'district' } })
    expect(read.files.map(({ name, revision }) => [name, revision])).toEqual(
      expect.arrayContaining([
        ['package.yaml', 1],
        ['process.bpmn', 1],
        ['fields.yaml', 1],
      ]),
    )
    expect(await packages.row(id)).toMatchObject({
      name: 'Empty',
      published: null,
      draft: { savedBy: { name: 'N designer' } },
    })
  })

  test('CO25 roles and levels that the organisation does not have are told, and all that it has to who draws', async () => {
    const texts = packageTexts('from_elsewhere')
    const given = {
      ...texts,
      'process.bpmn': texts['process.bpmn']!.replace(/candidateGroups="[^"]*"/, 'candidateGroups="elder@hamlet"'),
    }
    const files = Object.entries(given).map(([name, text]) => ({ name, text }))
    const made = await packages.designer('POST', '/api/packages', { name: 'Elsewhere', from: { kind: 'files', files } })
    const { id, problems } = (await made.json()) as PackageMade
    expect(problems.filter(({ code }) => code === 'PEOPLE_UNKNOWN').map(({ facts }) => facts)).toEqual([
      { people: 'elder@hamlet' },
    ])
    const { people } = (await packages.read(id)).known
    expect(people?.roles).toEqual(expect.arrayContaining(['clerk', 'reviewer']))
    expect(people?.levels).toContain('township')
  })

  test('a repeated key begins one package, and another request under the key is refused', async () => {
    const begin = (name: string) =>
      packages.designer('POST', '/api/packages', { name, from: { kind: 'blank' } }, { 'idempotency-key': 'begin-1' })
    const [first, second] = await Promise.all([begin('Once'), begin('Once')])
    expect(await second.json()).toEqual(await first.json())
    expect((await packages.list()).items.filter(({ name }) => name === 'Once')).toHaveLength(1)
    expect(await refusal(await begin('Twice'))).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', status: 422 })
  })

  test('a template, a package and files are copied under an id that nobody has', async () => {
    const template = (await packages.list()).templates[0]!
    const from = async (given: object) =>
      ((await (await packages.designer('POST', '/api/packages', { name: 'Mine', from: given })).json()) as PackageMade)
        .id
    const first = await from({ kind: 'template', id: template.id })
    expect(first).toBe(template.id)
    const second = await from({ kind: 'template', id: template.id })
    expect(second).toBe(`${template.id}_2`)
    const third = await from({ kind: 'package', id: second })
    expect(third).toBe(`${template.id}_3`)
    const texts = Object.fromEntries((await packages.read(third)).files.map(({ name, text }) => [name, text]))
    expect(texts['package.yaml']).toContain(`id: ${third}`)
    expect(texts['process.bpmn']).toContain(`id="${third}"`)
    expect(await packages.row(third)).toMatchObject({ name: 'Mine', steps: template.steps, draft: { errors: 0 } })
    expect(await packages.begin(texts, 'Again')).toBe(`${template.id}_4`)
    for (const given of [
      { kind: 'template', id: 'nothing' },
      { kind: 'package', id: 'nothing' },
    ])
      expect((await packages.designer('POST', '/api/packages', { name: 'x', from: given })).status).toBe(404)
  })

  test('files whose process is deployed already get an id of their own', async () => {
    const texts = packageTexts('petition')
    const id = await packages.begin(texts)
    expect(id).toBe('petition_2')
    expect((await packages.read(id)).files.find(({ name }) => name === 'process.bpmn')!.text).toContain(
      'id="petition_2"',
    )
  })
})

test('a copy of what could not be saved is made of anything, half-drawn models too', async () => {
  const id = await packages.begin({ ...packageTexts('torn'), 'process.bpmn': '<bpmn:def', 'work.form': '{' }, 'Torn')
  const texts = Object.fromEntries((await packages.read(id)).files.map(({ name, text }) => [name, text]))
  expect(texts).toMatchObject({ 'process.bpmn': '<bpmn:def', 'work.form': '{' })
  const copy = await packages.begin(texts, 'Torn again')
  expect(copy).toBe('torn_2')
  expect(await packages.read(copy)).toMatchObject({ name: 'Torn again' })
})

describe('saving', () => {
  test('counts revisions file by file, and the same text once more changes nothing', async () => {
    const id = await packages.begin(packageTexts('counted'))
    expect(await revisions(await put(id, [{ name: 'work.form', text: '{"a":1}', revision: 1 }]))).toEqual({
      'work.form': 2,
    })
    const before = await packages.read(id)
    // The answer was lost: the app says the same again, on the revision it knows.
    expect(await revisions(await put(id, [{ name: 'work.form', text: '{"a":1}', revision: 1 }]))).toEqual({
      'work.form': 2,
    })
    expect(await packages.read(id)).toEqual({ ...before, now: expect.any(String) })
    expect(before.files.find(({ name }) => name === 'start.form')).toMatchObject({ revision: 1 })
  })

  test('keeps a text to the byte', async () => {
    const id = await packages.begin(packageTexts('exact'))
    const text = '\uFEFF line\r\nline\n\t<&>\u2028 🧭 e\u0301 '
    expect((await packages.save(id, 'work.form', text)).status).toBe(200)
    expect((await packages.read(id)).files.find(({ name }) => name === 'work.form')!.text).toBe(text)
  })

  test('refuses whole what was made on an older text, and says which file, who and when', async () => {
    const id = await packages.begin(packageTexts('late'))
    await packages.save(id, 'work.form', '{"mine":1}')
    const answer = await put(id, [
      { name: 'work.form', text: '{"yours":1}', revision: 1 },
      { name: 'start.form', text: '{"yours":2}', revision: 1 },
    ])
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({
      code: 'DRAFT_CONFLICT',
      messages: {
        en: { text: expect.stringMatching(/N designer.*work\.form/) },
        'zh-CN': { text: expect.stringContaining('work.form') },
      },
    })
    const texts = Object.fromEntries((await packages.read(id)).files.map(({ name, text }) => [name, text]))
    expect(texts['work.form']).toBe('{"mine":1}')
    expect(texts['start.form']).toBe(packageTexts('late')['start.form'])
  })

  test('of two who save at once one is told', async () => {
    const id = await packages.begin(packageTexts('race'))
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((text) => put(id, [{ name: 'work.form', text, revision: 1 }])),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  test('a file is new once, removed by who knows it, and brought back', async () => {
    const id = await packages.begin(packageTexts('come_and_go'))
    expect(await revisions(await put(id, [{ name: 'more.form', text: '{}', revision: null }]))).toEqual({
      'more.form': 1,
    })
    expect((await put(id, [{ name: 'more.form', text: '{"other":1}', revision: null }])).status).toBe(409)
    expect((await put(id, [{ name: 'more.form', text: null, revision: 7 }])).status).toBe(409)
    expect(await revisions(await put(id, [{ name: 'more.form', text: null, revision: 1 }]))).toEqual({ 'more.form': 2 })
    expect((await packages.read(id)).files.map(({ name }) => name)).not.toContain('more.form')
    // Who had the file before it was removed does not bring it back without knowing.
    expect((await put(id, [{ name: 'more.form', text: '{"old":1}', revision: 1 }])).status).toBe(409)
    expect(await revisions(await put(id, [{ name: 'more.form', text: '{}', revision: null }]))).toEqual({
      'more.form': 3,
    })
  })

  test('is bounded: names, number and size of files, NUL', async () => {
    const id = await packages.begin(packageTexts('bounded'))
    const before = await packages.read(id)
    for (const name of [
      '../x.form',
      'a/b.form',
      '',
      'x\\y.form',
      '/x.form',
      '..',
      '.x.form',
      'a\nb.form',
      'a'.repeat(300),
    ])
      expect((await put(id, [{ name, text: '{}', revision: null }])).status, name).toBe(422)
    expect(await refusal(await put(id, [{ name: 'x.form', text: 'a\0b', revision: null }]))).toMatchObject({
      code: 'BODY_UNREADABLE',
      status: 400,
    })
    const many = Array.from({ length: 195 }, (_, i) => ({ name: `${i}.form`, text: '{}', revision: null }))
    expect(await refusal(await put(id, many))).toMatchObject({ code: 'PACKAGE_TOO_LARGE', status: 413 })
    // 700,000 characters of three bytes each.
    expect(
      await refusal(await put(id, [{ name: 'x.form', text: '表'.repeat(700_000), revision: null }])),
    ).toMatchObject({
      code: 'PACKAGE_TOO_LARGE',
    })
    const large = Array.from({ length: 6 }, (_, i) => ({
      name: `${i}.form`,
      text: 'x'.repeat(1_900_000),
      revision: null,
    }))
    expect(await refusal(await put(id, large))).toMatchObject({ code: 'PACKAGE_TOO_LARGE' })
    expect(await packages.read(id)).toEqual({ ...before, now: expect.any(String) })
  })

  test('takes a model that is broken: it is a draft', async () => {
    const id = await packages.begin(packageTexts('half'))
    expect((await packages.save(id, 'process.bpmn', '<bpmn:def')).status).toBe(200)
    expect(await packages.row(id)).toMatchObject({ draft: { errors: expect.any(Number) } })
    expect((await packages.row(id))!.draft!.errors).toBeGreaterThan(0)
  })
})

test('throwing a draft away that was never published leaves nothing', async () => {
  const id = await packages.begin(packageTexts('gone'))
  expect((await packages.designer('DELETE', `/api/packages/${id}`)).status).toBe(204)
  expect((await packages.designer('GET', `/api/packages/${id}`)).status).toBe(404)
  expect(await packages.row(id)).toBeUndefined()
  expect((await packages.designer('DELETE', `/api/packages/${id}`)).status).toBe(404)
})

test('a designer sees and touches packages of his unit and below, and no other', async () => {
  const id = await packages.begin(packageTexts('district_own'))
  const made = await packages.other('POST', '/api/packages', { name: 'Town', from: { kind: 'blank' } })
  const town = ((await made.json()) as PackageMade).id
  expect((await packages.list(packages.other)).items.map((item) => [item.id, item.unit.id])).toEqual([[town, 'town2']])
  expect((await packages.list()).items.map((item) => item.id)).toEqual(expect.arrayContaining([id, town]))
  const doors: [string, string, unknown][] = [
    ['GET', '', undefined],
    ['DELETE', '', undefined],
    ['PUT', '/files', { files: [{ name: 'x.form', text: '{}', revision: null }] }],
    ['POST', '/presence', { place: 'bpmn' }],
    ['GET', '/export', undefined],
    ['GET', '/versions', undefined],
    ['GET', '/versions/1', undefined],
    ['POST', '/publish', { note: 'x', files: [] }],
    ['POST', '/retire', { reason: 'x' }],
    ['POST', '/restore', { reason: 'x' }],
  ]
  for (const [method, path, body] of doors)
    expect((await packages.other(method, `/api/packages/${id}${path}`, body)).status, `${method} ${path}`).toBe(404)
  expect(await packages.other('POST', '/api/packages', { name: 'x', from: { kind: 'package', id } })).toMatchObject({
    status: 404,
  })
  expect((await packages.read(id)).files.map(({ name }) => name)).not.toContain('x.form')
})

test('presence tells who is there, until he leaves or falls silent', async () => {
  const id = await packages.begin(packageTexts('watched'))
  const here = async (place: string) =>
    (await (await packages.designer('POST', `/api/packages/${id}/presence`, { place })).json()) as Presence
  const first = await here('bpmn')
  expect(first.editors).toMatchObject([{ person: { name: 'N designer' }, place: 'bpmn' }])
  expect(first.revisions.find(({ name }) => name === 'work.form')).toMatchObject({
    revision: 1,
    savedBy: { name: 'N designer' },
  })
  const { presence } = packages.app.server.services.studio
  presence.say(id, 'somebody', 'fields')
  expect((await here('bpmn')).editors).toHaveLength(2)
  await packages.app.advance(30_000)
  const later = await here('forms')
  expect(later.editors.map(({ place, since }) => [place, since])).toContainEqual(['forms', first.editors[0]!.since])
  await packages.app.advance(11_000)
  expect((await here('forms')).editors.map(({ person }) => person.name)).toEqual(['N designer'])
  expect((await here('')).editors).toEqual([])
})

test('who has a package open that was thrown away does not write into a new one of its id', async () => {
  const id = await packages.begin(packageTexts('again'))
  const late = (await packages.read(id)).files.map(({ name, revision }) => ({ name, text: '{"late":1}', revision }))
  expect((await packages.designer('DELETE', `/api/packages/${id}`)).status).toBe(204)
  expect(await packages.begin(packageTexts('again'))).toBe(id)
  expect((await put(id, late)).status).toBe(409)
  const now = (await packages.read(id)).files.find(({ name }) => name === 'work.form')!
  expect(now).toMatchObject({ text: packageTexts('again')['work.form'] })
  expect(now.revision).toBeGreaterThan(late.find(({ name }) => name === 'work.form')!.revision)
})
