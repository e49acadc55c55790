import type { Package, PackageList, PackageMade, PackageRow } from '../contract/contract.ts'
import { readOrganisationFile } from '../identity/organisation-file.ts'
import { openTestApp, type Requester, type TestApp } from './test-app.ts'

/** A designer of the other township: he designs for it and for nothing above or beside it. */
const elsewhere = `
units:
  - { id: district, name: District, level: district, parent: null }
  - { id: town2, name: Town Two, level: township, parent: district }
roles: []
people:
  - { username: designer.town2, name: N designer.town2, password: a-long-password, positions: [{ role: process_designer, unit: town2 }] }
`

/** Text of a package's files for a process a clerk starts and judges: one field, one step. */
export function packageTexts(id: string, label = 'Subject'): { [name: string]: string } {
  const model = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:process id="${id}" name="Process ${id}" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:extensionElements><zeebe:formDefinition formId="${id}_start" /><bihuan:starters candidateGroups="clerk" /></bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="work" />
    <bpmn:userTask id="work" name="Work"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="${id}_work" /><zeebe:assignmentDefinition candidateGroups="clerk" /><bihuan:stage name="Working" /></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="work" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>
`
  const form = (formId: string) =>
    JSON.stringify({
      id: formId,
      type: 'default',
      schemaVersion: 19,
      components: [
        {
          id: 'a',
          key: 'subject',
          type: 'textfield',
          label,
          validate: { required: true },
          properties: { field: 'subject' },
        },
      ],
    })
  return {
    'package.yaml': `id: ${id}\nname: Package ${id}\ndepartment: Office\n`,
    'process.bpmn': model,
    'start.form': form(`${id}_start`),
    'work.form': form(`${id}_work`),
    'fields.yaml': `fields:\n  - { key: subject, name: ${label}, kind: text, grade: public }\naccess:\n  start: { subject: required }\n  work: { subject: required }\n`,
    'parameters.yaml': 'parameters: []\n',
  }
}

/** A test server with a designer of another township, and what tests of packages do again and again. */
export interface PackageApp {
  readonly app: TestApp
  readonly designer: Requester
  readonly other: Requester
  list(who?: Requester): Promise<PackageList>
  row(id: string, who?: Requester): Promise<PackageRow | undefined>
  read(id: string): Promise<Package>
  /** Begins a package from texts and gives its id. */
  begin(texts: { readonly [name: string]: string }, name?: string): Promise<string>
  /** Saves one file on the revision it has now. */
  save(id: string, name: string, text: string | null): Promise<Response>
  /** Publishes the draft as it is. */
  publish(id: string, note?: string, headers?: { readonly [name: string]: string }): Promise<Response>
  close(): Promise<void>
}

/** Opens it. Close it, or its folder stays. */
export async function openPackageApp(): Promise<PackageApp> {
  const app = await openTestApp()
  await app.server.organisation.load(readOrganisationFile(elsewhere), { type: 'system', id: 'test' })
  const designer = await app.as('designer')
  const other = await app.as('designer.town2')
  const list: PackageApp['list'] = async (who = designer) => {
    const found = (await (await who('GET', '/api/packages')).json()) as PackageList
    // Drafts are judged beside the server: an answer does not wait for all of them.
    return found.items.some(({ draft }) => draft?.errors === null) ? list(who) : found
  }
  const read = async (id: string) => (await (await designer('GET', `/api/packages/${id}`)).json()) as Package
  return {
    app,
    designer,
    other,
    list,
    row: async (id, who) => (await list(who)).items.find((item) => item.id === id),
    read,
    async begin(texts, name = 'Copy') {
      const files = Object.entries(texts).map(([file, text]) => ({ name: file, text }))
      const answer = await designer('POST', '/api/packages', { name, from: { kind: 'files', files } })
      if (answer.status !== 201) throw new Error(`Expected a package, but ${await answer.text()}`)
      return ((await answer.json()) as PackageMade).id
    },
    async save(id, name, text) {
      const revision = (await read(id)).files.find((file) => file.name === name)?.revision ?? null
      return designer('PUT', `/api/packages/${id}/files`, { files: [{ name, text, revision }] })
    },
    async publish(id, note = 'First', headers = {}) {
      const files = (await read(id)).files.map(({ name, revision }) => ({ name, revision }))
      return designer('POST', `/api/packages/${id}/publish`, { note, files }, headers)
    },
    close: () => app.close(),
  }
}

/** Code and facts of a refusal. */
export async function refusal(answer: Response): Promise<{ code: string; status: number; text: string }> {
  const body = (await answer.json()) as { code: string; status: number; messages: { en: { text: string } } }
  return { code: body.code, status: answer.status, text: body.messages?.en.text }
}
