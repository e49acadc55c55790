import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { addApiClient } from '../identity/api-client.ts'
import { readOrganisationFile } from '../identity/organisation-file.ts'
import { openServer, type Server } from '../server.ts'
import { readSettings, type Settings } from '../settings.ts'
import { noEdge } from '../settings-edge.ts'

/** The whole server for tests: a real database in a temporary folder, people of two villages, one small process. */
export interface TestApp {
  readonly server: Server
  /** Data folder. */
  readonly folder: string
  /** A request of nobody in particular; paths start with `/`. */
  request(
    method: string,
    path: string,
    body?: unknown,
    headers?: { readonly [name: string]: string },
  ): Promise<Response>
  /** Requests of a person, signed in once. */
  as(username: string): Promise<Requester>
  /** Requests of an API client. */
  readonly client: Requester
  /** Deploys files, by their names. */
  deploy(requestId: string, files: { readonly [name: string]: string }): Promise<unknown>
  /** What the clock shows; `advance` moves it and does what became due. */
  advance(milliseconds: number): Promise<void>
  close(): Promise<void>
}

export type Requester = (
  method: string,
  path: string,
  body?: unknown,
  headers?: { readonly [name: string]: string },
) => Promise<Response>

const PASSWORD = 'a-long-password'
export const START = Date.parse('2026-03-02T01:00:00Z')

const organisation = `
levels: [district, township, village]
units:
  - { id: district, name: District, level: district, parent: null }
  - { id: town, name: Town, level: township, parent: district }
  - { id: east, name: East, level: village, parent: town }
  - { id: west, name: West, level: village, parent: town }
roles:
  - { key: clerk, name: Clerk, level: village }
  - { key: reviewer, name: Reviewer, level: township }
  - { key: process_designer, name: Designer, level: district }
  - { key: operator, name: Operator, level: district }
  - { key: system_administrator, name: System, level: district }
  - { key: security_administrator, name: Security, level: district }
  - { key: auditor, name: Auditor, level: district }
people:
${[
  ['clerk.east', 'clerk', 'east'],
  ['second.east', 'clerk', 'east'],
  ['clerk.west', 'clerk', 'west'],
  ['reviewer', 'reviewer', 'town'],
  ['designer', 'process_designer', 'district'],
  ['operator', 'operator', 'district'],
  ['sysadmin', 'system_administrator', 'district'],
  ['secadmin', 'security_administrator', 'district'],
  ['auditor', 'auditor', 'district'],
]
  .map(
    ([username, role, unit]) =>
      `  - { username: ${username}, name: N ${username}, password: ${PASSWORD}, positions: [{ role: ${role}, unit: ${unit} }] }`,
  )
  .join('\n')}
`

/** A request, filled in by a clerk, written up by a clerk of the village, judged by the township. */
const process = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
  <bpmn:process id="petition" name="Petition" isExecutable="true">
    <bpmn:extensionElements><bihuan:case title="=subject" numberPrefix="PT" /></bpmn:extensionElements>
    <bpmn:startEvent id="start"><bpmn:extensionElements><zeebe:formDefinition formId="petition" /><bihuan:starters candidateGroups="clerk" /></bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="write" />
    <bpmn:userTask id="write" name="Write up"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="report" /><zeebe:assignmentDefinition candidateGroups="clerk" /><bihuan:stage name="Writing" /></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="write" targetRef="judge" />
    <bpmn:userTask id="judge" name="Judge"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="reviewer@township" /><bihuan:stage name="Judging" /></bpmn:extensionElements><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f3" sourceRef="judge" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`

const form = (id: string, components: readonly object[]) =>
  JSON.stringify({ id, type: 'default', schemaVersion: 19, properties: { title: id }, components })

const forms = {
  'petition.form': form('petition', [
    { id: 'a', key: 'subject', type: 'textfield', label: 'Subject', validate: { required: true, maxLength: 50 } },
    { id: 'b', key: 'photos', type: 'filepicker', label: 'Photos', multiple: true },
  ]),
  'report.form': form('report', [
    { id: 'c', key: 'subject', type: 'textfield', label: 'Subject', readonly: true },
    { id: 'd', key: 'report', type: 'textarea', label: 'Report', validate: { required: true } },
  ]),
}

/** Opens a test server, with settings of its own where a test needs them. Close it, or its folder stays. */
export async function openTestApp(settings: Partial<Settings> = {}): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-route-'))
  const server = await openServer(
    {
      ...readSettings({}, folder),
      port: 0,
      host: '127.0.0.1',
      dataFolder: folder,
      databaseUrl: `file:${join(folder, 'test.db')}`,
      demo: false,
      controllableClock: true,
      publicUrl: null,
      production: false,
      hash: 'sha256',
      checkpointCopy: null,
      edge: noEdge,
      ...settings,
    },
    pino({ level: 'silent' }),
    { poll: false },
  )
  const clock = server.services.controllableClock!
  clock.pin(START)
  const seeder = { type: 'system', id: 'test' } as const
  await server.organisation.load(readOrganisationFile(organisation), seeder)
  const text = new TextEncoder()
  const deploy: TestApp['deploy'] = (requestId, files) => {
    const resources = Object.entries(files).map(([name, content]) => ({ name, content: text.encode(content) }))
    return server.host.deploy(resources, seeder, requestId)
  }
  await deploy('deploy', { 'petition.bpmn': process, ...forms })

  const request: TestApp['request'] = async (method, path, body, headers = {}) =>
    server.app.request(path, {
      method,
      headers: {
        host: 'localhost',
        origin: 'http://localhost',
        ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        body: body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body),
      }),
    })
  const { id, secret } = await addApiClient(server.host, 'test', { type: 'system', id: 'test' })
  const sessions = new Map<string, string>()
  return {
    server,
    folder,
    request,
    async as(username) {
      let cookie = sessions.get(username)
      if (cookie === undefined) {
        const answer = await request('POST', '/api/session', { username, password: PASSWORD })
        if (!answer.ok) throw new Error(`Expected ${username} to sign in, but the answer is ${answer.status}`)
        cookie = answer.headers
          .getSetCookie()
          .map((one) => one.split(';')[0])
          .join('; ')
        sessions.set(username, cookie)
      }
      const session = cookie
      return (method, path, body, headers = {}) => request(method, path, body, { cookie: session, ...headers })
    },
    client: (method, path, body, headers = {}) =>
      request(method, path, body, {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
        ...headers,
      }),
    deploy,
    async advance(milliseconds) {
      clock.pin(clock.now() + milliseconds)
      await server.host.settle()
    },
    async close() {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
