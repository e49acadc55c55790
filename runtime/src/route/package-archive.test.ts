import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PackageMade } from '../contract/contract.ts'
import { openPackageApp, type PackageApp, packageTexts, refusal } from './test-packages.ts'

let packages: PackageApp
beforeAll(async () => {
  packages = await openPackageApp()
})
afterAll(() => packages.close())

const zip = (texts: { readonly [name: string]: string | Uint8Array }) =>
  zipSync(
    Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, typeof text === 'string' ? strToU8(text) : text]),
    ),
  )
const send = (name: string, content: Uint8Array | string, headers = {}) => {
  const body = new FormData()
  body.append('file', new File([content as Uint8Array<ArrayBuffer> | string], name))
  return packages.designer('POST', '/api/packages/import', body, headers)
}
const made = async (answer: Response) => {
  expect(answer.status).toBe(201)
  return (await answer.json()) as PackageMade
}
const textsOf = async (id: string) =>
  Object.fromEntries((await packages.read(id)).files.map(({ name, text }) => [name, text]))
const exported = async (id: string) => {
  const answer = await packages.designer('GET', `/api/packages/${id}/export`)
  return { answer, files: unzipSync(new Uint8Array(await answer.arrayBuffer())) }
}

describe('export and import', () => {
  test('what is exported is what is worked on, and comes back as it was', async () => {
    const texts = { ...packageTexts('there_and_back'), 'scenarios/one.yaml': 'process: there_and_back\n' }
    const id = await packages.begin(texts, 'There "and"/back 表')
    const { answer, files } = await exported(id)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="There__and__back__.zip"; filename*=UTF-8''There%20%22and%22_back%20%E8%A1%A8.zip`,
    )
    const back = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]))
    expect(back).toEqual(await textsOf(id))
    expect((await packages.designer('DELETE', `/api/packages/${id}`)).status).toBe(204)
    const again = await made(await send('x.zip', zip(back)))
    expect(again).toEqual({ id, problems: [] })
    expect(await textsOf(id)).toEqual(back)
  })

  test('an id that is taken gets a new one, and everything follows', async () => {
    const texts = packageTexts('twin')
    await packages.begin(texts)
    const { id } = await made(await send('twin.zip', zip(texts)))
    expect(id).toBe('twin_2')
    expect(await textsOf(id)).toMatchObject({
      'process.bpmn': expect.stringContaining('formId="twin_2_work"'),
      'work.form': expect.stringContaining('"twin_2_work"'),
    })
    expect((await packages.publish(id)).status).toBe(200)
  })

  test('one folder around all is taken off; other litter too; what no package holds is told', async () => {
    const texts = Object.entries(packageTexts('folded')).map(([name, text]) => [`my package/${name}`, text])
    const archive = zip({
      ...Object.fromEntries(texts),
      'my package/scenarios/one.yaml': 'process: folded\n',
      'my package/README.md': 'about',
      '__MACOSX/x': 'x',
      'my package/.DS_Store': 'x',
    })
    const { id, problems } = await made(await send('folded.zip', archive))
    expect(Object.keys(await textsOf(id)).sort()).toEqual(
      [...Object.keys(packageTexts('folded')), 'scenarios/one.yaml'].sort(),
    )
    expect(problems).toMatchObject([{ code: 'RESOURCE_NOT_SUPPORTED', severity: 'warning', resource: 'README.md' }])
  })

  test('names of an old archive in Chinese are read', async () => {
    const texts = packageTexts('old_zip')
    // 表.form in GB 18030, without the sign that it is UTF-8.
    const bytes = zip({ ...texts, 'XX.form': texts['work.form']!.replace('old_zip_work', 'old_zip_more') })
    const name = Buffer.from([0xb1, 0xed])
    const buffer = Buffer.from(bytes)
    for (let at = buffer.indexOf('XX.form'); at >= 0; at = buffer.indexOf('XX.form')) name.copy(buffer, at)
    const { id } = await made(await send('old.zip', buffer))
    expect(Object.keys(await textsOf(id))).toContain('表.form')
  })

  test('a repeated key makes one package', async () => {
    const archive = zip(packageTexts('keyed'))
    const key = { 'idempotency-key': 'import-1' }
    const [a, b] = [await made(await send('k.zip', archive, key)), await made(await send('k.zip', archive, key))]
    expect(b).toEqual(a)
    expect(await refusal(await send('k.zip', zip(packageTexts('other')), key))).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })
})

describe('a package.yaml that cannot be read', () => {
  const around = packageTexts('broken_about')
  const sendAbout = (text: string) => send('x.zip', zip({ ...around, 'package.yaml': text }))

  test('for its id alone gets one, and keeps its name and all else', async () => {
    const { id, problems } = await made(
      await sendAbout('id: 临时救助\nname: 临时救助办法\ndepartment: 民政局\n# 依据\n'),
    )
    expect(problems.filter(({ resource }) => resource === 'package.yaml')).toEqual([])
    const text = (await textsOf(id))['package.yaml']
    expect(text).toBe(`id: ${id}\nname: 临时救助办法\ndepartment: 民政局\n# 依据\n`)
    expect((await packages.publish(id)).status).toBe(200)
  })

  test('is made anew, and told as what keeps nobody from publishing', async () => {
    const { id, problems } = await made(await sendAbout('id: [\n'))
    expect(problems.filter(({ resource }) => resource === 'package.yaml').map(({ severity }) => severity)).toEqual([
      'warning',
    ])
    expect((await textsOf(id))['package.yaml']).toContain(`id: ${id}\n`)
  })
})

describe('a BPMN file', () => {
  test('that can be executed becomes a package with fields from nothing', async () => {
    const xml = packageTexts('lonely')['process.bpmn']!.replaceAll(/<zeebe:formDefinition[^>]*>/g, '')
    const { id, problems } = await made(await send('lonely.bpmn', xml))
    expect(id).toBe('lonely')
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    const texts = await textsOf(id)
    expect(texts['lonely.bpmn']).toBe(xml)
    expect(texts['package.yaml']).toContain('name: Process lonely')
    expect(texts['fields.yaml']).toBeDefined()
    expect((await packages.publish(id)).status).toBe(200)
  })

  test('of another house is kept byte for byte, and what is not understood is told', async () => {
    const xml = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\r\n<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:flowable="http://flowable.org/bpmn" targetNamespace="x">\r\n  <process id="leave" name="Leave &amp; return" isExecutable="true">\r\n    <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>\r\n    <scriptTask id="t" name="Run" scriptFormat="groovy" flowable:autoStoreVariables="false"><script>x = 1</script></scriptTask>\r\n  </process>\r\n</definitions>`
    const { id, problems } = await made(await send('请假.bpmn', xml))
    expect(id).toBe('leave')
    expect((await textsOf(id))['请假.bpmn']).toBe(xml)
    expect(problems.some(({ severity, elementId }) => severity === 'error' && elementId === 't')).toBe(true)
    const { files } = await exported(id)
    expect(Buffer.from(files['请假.bpmn']!).equals(Buffer.from(xml))).toBe(true)
    expect((await packages.row(id))!.draft!.errors).toBeGreaterThan(0)
  })

  test('that is no model is refused by its code (I01 to I04)', async () => {
    const xml = packageTexts('bad')['process.bpmn']!
    const before = (await packages.list()).items.length
    const cases: [string, Uint8Array | string, string][] = [
      ['I01 text', 'hello', 'XML_UNREADABLE'],
      ['empty', '', 'XML_UNREADABLE'],
      ['cut off', xml.slice(0, 400), 'XML_UNREADABLE'],
      ['entities', `<!DOCTYPE x [<!ENTITY a "b">]>${xml}`, 'DOCTYPE_NOT_ALLOWED'],
      [
        'GBK bytes',
        Buffer.concat([
          Buffer.from(xml.replace('</bpmn:process>', '<!--')),
          Buffer.from([0xc1, 0xf7, 0xb3, 0xcc]),
          Buffer.from('--></bpmn:process>'),
        ]),
        'XML_UNREADABLE',
      ],
      ['UTF-16', Buffer.from(`\uFEFF${xml}`, 'utf16le'), 'XML_UNREADABLE'],
      ['NUL', xml.replace('Work', 'Wo\0rk'), 'XML_UNREADABLE'],
      ['large', xml.replace('</bpmn:process>', `<!--${'x'.repeat(2_200_000)}--></bpmn:process>`), 'RESOURCE_TOO_LARGE'],
      ['deep', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, 'RESOURCE_TOO_LARGE'],
    ]
    for (const [what, content, code] of cases) {
      const refused = await refusal(await send('bad.bpmn', content))
      expect(refused, what).toMatchObject({ code, status: 422 })
      expect(refused.text, what).toContain('"bad.bpmn"')
    }
    expect((await packages.list()).items).toHaveLength(before)
  })
})

describe('an archive that is no package', () => {
  test('is refused, and nothing of it is kept', async () => {
    const texts = packageTexts('worse')
    const before = (await packages.list()).items.length
    const slip = (name: string) => zip({ ...texts, [name]: '{}' })
    const cases: [string, Uint8Array, string][] = [
      ['no archive', strToU8('PK nothing'), 'ARCHIVE_INVALID'],
      ['cut off', zip(texts).slice(0, 900), 'ARCHIVE_INVALID'],
      ['above', slip('../x.form'), 'ARCHIVE_INVALID'],
      ['above inside', slip('a/../../x.form'), 'ARCHIVE_INVALID'],
      ['root', slip('/etc/x.form'), 'ARCHIVE_INVALID'],
      ['drive', slip('C:\\x.form'), 'ARCHIVE_INVALID'],
      ['backslash', slip('..\\x.form'), 'ARCHIVE_INVALID'],
      ['no process', zip({ 'package.yaml': texts['package.yaml']! }), 'ARCHIVE_INVALID'],
      ['many', zip(Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`${i}.form`, '{}']))), 'ARCHIVE_INVALID'],
      ['bomb', zip({ ...texts, 'b.form': new Uint8Array(21 * 1024 * 1024) }), 'ARCHIVE_INVALID'],
      ['GBK inside', zip({ ...texts, 'b.form': new Uint8Array([0x7b, 0xb1, 0xed, 0x7d]) }), 'XML_UNREADABLE'],
      ['entities inside', zip({ ...texts, 'b.bpmn': `<!DOCTYPE x>${texts['process.bpmn']}` }), 'DOCTYPE_NOT_ALLOWED'],
      ['large inside', zip({ ...texts, 'b.form': new Uint8Array(3 * 1024 * 1024).fill(32) }), 'RESOURCE_TOO_LARGE'],
    ]
    for (const [what, content, code] of cases)
      expect(await refusal(await send('worse.zip', content)), what).toMatchObject({ code, status: 422 })
    const twoOfOneName = { 'a/process.bpmn': texts['process.bpmn']!, 'a\\process.bpmn': texts['process.bpmn']! }
    expect(await refusal(await send('worse.zip', zip(twoOfOneName)))).toMatchObject({ code: 'ARCHIVE_INVALID' })
    expect((await packages.list()).items).toHaveLength(before)
  })

  test('is bounded before it is read, and one file at a time', async () => {
    expect(await refusal(await send('huge.zip', new Uint8Array(11 * 1024 * 1024)))).toMatchObject({
      code: 'BODY_TOO_LARGE',
    })
    const body = new FormData()
    body.append('file', new File(['a'], 'a.bpmn'))
    body.append('file', new File(['b'], 'b.bpmn'))
    expect((await packages.designer('POST', '/api/packages/import', body)).status).toBe(422)
    expect((await packages.designer('POST', '/api/packages/import', new FormData())).status).toBe(422)
  })
})

test('an archive with two entries of one path is refused: one of them would be lost', async () => {
  const bytes = zip({ ...packageTexts('doubled'), 'wort.form': '{}' })
  // The name of one entry becomes that of another, in its head and in the directory at the end.
  const text = Buffer.from(bytes).toString('latin1').replaceAll('wort.form', 'work.form')
  expect(await refusal(await send('doubled.zip', Buffer.from(text, 'latin1')))).toMatchObject({
    code: 'ARCHIVE_INVALID',
    status: 422,
  })
})
