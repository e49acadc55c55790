import { readdir, truncate } from 'node:fs/promises'
import { line, model, node } from '@bihuan/engine/testing'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

let app: TestApp
let east: Requester
let folder: string

beforeAll(async () => {
  app = await openTestApp()
  east = await app.as('clerk.east')
  folder = app.folder
})
afterAll(() => app.close())

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const upload = (who: Requester, bytes: Uint8Array, name: string) => {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(bytes)], name))
  return who('POST', '/api/files', form)
}
const text = (content: string) => new TextEncoder().encode(content)
const onDisk = async () =>
  (await readdir(`${folder}/files`, { recursive: true }).catch(() => [])).filter((name) => name.length > 10)

const document = (extra: { [name: string]: Uint8Array } = {}) =>
  zipSync({
    '[Content_Types].xml': text(
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ),
    'word/document.xml': text('<w:document/>'),
    ...extra,
  })

/** What every scanner knows, in two parts, so that none takes this file for it. */
const EICAR = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTIVIRUS-TEST-FILE'}!$H+H*`

const refused: readonly (readonly [name: string, bytes: Uint8Array, file: string, status: number, code: string])[] = [
  ['a program named .pdf', text('MZ\u0090\0\u0003 this program'), 'a.pdf', 422, 'FILE_TYPE_REFUSED'],
  ['a picture named .pdf', png, 'a.pdf', 422, 'FILE_TYPE_REFUSED'],
  [
    'SVG with a script',
    text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    'a.svg',
    422,
    'FILE_TYPE_REFUSED',
  ],
  ['SVG named .png', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.png', 422, 'FILE_TYPE_REFUSED'],
  ['a page', text('<!doctype html><script>1</script>'), 'a.html', 422, 'FILE_TYPE_REFUSED'],
  ['a document with macros', document({ 'word/vbaProject.bin': text('x') }), 'a.docx', 422, 'FILE_TYPE_REFUSED'],
  [
    'a document that hides its macros under another name',
    document({
      '[Content_Types].xml': text(
        '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
      ),
      'word/x.bin': text('x'),
    }),
    'a.docx',
    422,
    'FILE_TYPE_REFUSED',
  ],
  [
    'a document that unpacks to 200 MB',
    document({ '[Content_Types].xml': new Uint8Array(200 * 1024 * 1024) }),
    'a.docx',
    422,
    'FILE_TYPE_REFUSED',
  ],
  ['a zip of something', zipSync({ 'a.txt': text('x') }), 'a.docx', 422, 'FILE_TYPE_REFUSED'],
  ['the end of a zip alone', text('PK\u0005\u0006'.padEnd(22, '\0')), 'a.docx', 422, 'FILE_TYPE_REFUSED'],
  ['the test file of scanners', text(EICAR), 'a.pdf', 422, 'FILE_TYPE_REFUSED'],
  ['a page that is also a PDF', text(`<script>1</script>\n%PDF-1.7\n`), 'a.pdf', 422, 'FILE_TYPE_REFUSED'],
  ['a picture that is also a program', text('MZ\u0090\0\u0003'), 'a.png', 422, 'FILE_TYPE_REFUSED'],
  ['a picture of scripts (GIF89a)', text('GIF89a/*<script>*/=1;'), 'a.png', 422, 'FILE_TYPE_REFUSED'],
  [
    'an archive behind a picture, named as a document',
    Buffer.concat([png, document()]),
    'a.docx',
    422,
    'FILE_TYPE_REFUSED',
  ],
  ['plain text', text('hello'), 'a.txt', 422, 'FILE_TYPE_REFUSED'],
  ['nothing', new Uint8Array(), 'a.png', 422, 'FILE_EMPTY'],
  ['10 MB and a byte', Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]), 'a.png', 413, 'FILE_TOO_LARGE'],
  ['20 MB', Buffer.concat([png, Buffer.alloc(20 * 1024 * 1024)]), 'a.png', 413, 'BODY_TOO_LARGE'],
]
for (const [name, bytes, file, status, code] of refused) {
  test(`I13 ${name} is refused and leaves nothing behind`, async () => {
    const before = await onDisk()
    const answer = await upload(east, bytes, file)
    expect(await answer.json()).toMatchObject({ status, code })
    expect(await onDisk()).toEqual(before)
  })
}

test('I13 a picture with a script and an archive behind it is sent back as the picture it shows, and as nothing else', async () => {
  const polyglot = Buffer.concat([png, text('<script>alert(1)</script>'), zipSync({ 'a.html': text('<script>') })])
  const { id, type } = (await (await upload(east, polyglot, 'a.png')).json()) as { id: string; type: string }
  expect(type).toBe('image/png')
  const shown = await east('GET', `/api/files/${id}`, undefined, { accept: 'text/html' })
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
  })
})

test('I13 a document is a download, under a name that a header can hold (I18)', async () => {
  const name = `o'brien (1)*;="x" 长.docx`
  const { id } = (await (await upload(east, document(), name)).json()) as { id: string }
  const shown = await east('GET', `/api/files/${id}`)
  await shown.body?.cancel()
  const said = shown.headers.get('content-disposition')!
  expect(said).toMatch(/^attachment; filename="[A-Za-z0-9._-]+"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+$/)
  expect(decodeURIComponent(said.split("UTF-8''")[1]!)).toBe(`o'brien (1);=x 长.docx`)
})

test('I13 two files, another field, or a body cut off are refused and leave nothing behind', async () => {
  const before = await onDisk()
  const two = new FormData()
  two.append('file', new File([png], 'a.png'))
  two.append('file', new File([png], 'b.png'))
  expect((await east('POST', '/api/files', two)).status).toBe(422)
  const other = new FormData()
  other.append('photo', new File([png], 'a.png'))
  expect((await east('POST', '/api/files', other)).status).toBe(422)
  const whole = `--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n`
  for (const body of [whole, `${whole}abc`, '', '--x--\r\n', 'nothing like it']) {
    const answer = await east('POST', '/api/files', body, { 'content-type': 'multipart/form-data; boundary=x' })
    expect([400, 422], JSON.stringify(body)).toContain(answer.status)
  }
  expect(await onDisk()).toEqual(before)
})

test('I13 a name is cleaned of paths, line breaks and direction marks, and cut', async () => {
  const names: readonly (readonly [string, string])[] = [
    ['../../etc/x.png', 'x.png'],
    ['a\r\nSet-Cookie: b.png', 'aSet-Cookie b.png'],
    ['cod\u202egnp.png', 'codgnp.png'],
    ['...', 'file'],
    [`${'长'.repeat(300)}.png`, `${'长'.repeat(116)}.png`],
  ]
  for (const [sent, kept] of names) {
    const answer = await upload(east, png, sent)
    expect(answer.status, sent).toBe(201)
    expect(((await answer.json()) as { name: string }).name).toBe(kept)
  }
})

test('a document without macros is taken', async () => {
  const answer = await upload(east, document(), 'a.docx')
  expect(await answer.json()).toMatchObject({
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  })
})

test('a file whose bytes were cut off on the disk is not handed out as if it were whole; the same one sent again mends it', async () => {
  const bytes = Buffer.concat([png, Buffer.from('cut off')])
  const sent = async () => ((await (await upload(east, bytes, 'a.png')).json()) as { id: string }).id
  const id = await sent()
  const digest = id.split('-')[0]!
  await truncate(`${folder}/files/${digest.slice(0, 2)}/${digest}`, 20)
  expect((await east('GET', `/api/files/${id}`)).status).toBe(404)
  const again = await sent()
  for (const one of [id, again]) {
    const found = await east('GET', `/api/files/${one}`)
    expect([found.status, (await found.arrayBuffer()).byteLength]).toEqual([200, png.length + 'cut off'.length])
  }
})

test("A02 a file is its uploader's, then theirs who may see the case that names it, and nobody else's", async () => {
  const stored = (await (await upload(east, png, '照片.png')).json()) as {
    id: string
    name: string
    type: string
    size: number
  }
  const second = await app.as('second.east')
  const path = `/api/files/${stored.id}`
  const shown = await east('GET', path)
  expect(shown.status).toBe(200)
  expect(Buffer.from(await shown.arrayBuffer()).equals(png)).toBe(true)
  expect(shown.headers.get('x-content-type-options')).toBe('nosniff')
  expect(shown.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect(shown.headers.get('content-disposition')).toContain(encodeURIComponent('照片.png'))
  expect((await second('GET', path)).status).toBe(404)

  const body = (photos: unknown) => ({
    processId: 'petition',
    unitId: 'east',
    formKey: null,
    answers: { subject: 'x', photos },
  })
  // A file of somebody else cannot be taken into one's own case, and a name that is not the stored one does not stick.
  expect(await (await second('POST', '/api/cases', body([stored]))).json()).toMatchObject({
    status: 422,
    fields: [{ field: 'photos', code: 'FIELD_NOT_AN_OPTION' }],
  })
  expect((await east('POST', '/api/cases', body([{ ...stored, name: 'other.exe' }]))).status).toBe(201)
  expect((await second('GET', path)).status).toBe(200)
  expect((await (await app.as('clerk.west'))('GET', path)).status).toBe(404)
  expect((await (await app.as('sysadmin'))('GET', path)).status).toBe(403)
  const variables = (await (
    await app.client('POST', '/v2/variables/search', { filter: { name: 'photos' } })
  ).json()) as { items: { value: string }[] }
  expect(JSON.parse(variables.items[0]!.value)).toEqual([stored])
})

test('I13 what a field does not take is refused by what was uploaded, whatever is said of it', async () => {
  const components = [
    { id: 'a', key: 'plan', type: 'filepicker', label: 'Plan', multiple: true, accept: '.docx, application/pdf' },
    { id: 'b', key: 'photo', type: 'photo', label: 'Photo' },
  ]
  const form = { id: 'plan', type: 'default', schemaVersion: 19, components }
  const drawn = `${node('startEvent', 's', '<zeebe:formDefinition formId="plan"/><bihuan:starters candidateGroups="clerk"/>')}${node('endEvent', 'e')}${line('s', 'e')}`
  const deployed = new FormData()
  deployed.append('resources', new File([model(drawn).replaceAll('id="process"', 'id="plan"')], 'plan.bpmn'))
  deployed.append('resources', new File([JSON.stringify(form)], 'plan.form'))
  expect((await app.client('POST', '/v2/deployments', deployed)).status).toBe(200)
  const stored = async (bytes: Uint8Array, name: string) =>
    (await (await upload(east, bytes, name)).json()) as { id: string; name: string; type: string; size: number }
  const [picture, paper, unnamed] = [
    await stored(png, 'a.png'),
    await stored(document(), 'a.docx'),
    await stored(png, 'a'),
  ]
  const start = async (answers: object) =>
    (await (
      await east('POST', '/api/cases', { processId: 'plan', unitId: 'east', formKey: null, answers })
    ).json()) as {
      fields?: object[]
    }
  const { name, type } = paper
  for (const sent of [picture, { ...picture, name, type }, unnamed])
    expect((await start({ plan: [paper, sent] })).fields).toMatchObject([
      {
        field: 'plan',
        code: 'FIELD_FILE_KIND',
        messages: { 'zh-CN': `“Plan”只收 .docx, application/pdf，“${sent === unnamed ? 'a' : 'a.png'}”不是。` },
      },
    ])
  const asPicture = { ...paper, type: 'image/png' }
  expect((await start({ photo: [asPicture] })).fields).toMatchObject([{ field: 'photo', code: 'FIELD_TYPE' }])
  expect(await start({ plan: [paper], photo: [picture] })).toHaveProperty('caseKey')
})
