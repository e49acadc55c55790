import { flow, line, model, node, timer } from '@bihuan/engine/testing'
import { addApiClient } from '../src/identity/api-client.ts'
import { readOrganisationFile } from '../src/identity/organisation-file.ts'
import { makeLog } from '../src/log.ts'
import { packageFoldersIn, readPackageFolder } from '../src/package/package-folder.ts'
import { examplesFolder } from '../src/package/templates.ts'
import { openServer } from '../src/server.ts'
import { readSettings } from '../src/settings.ts'

/** Who may ask: nobody in particular, each kind of person, another system. */
export const people = [
  ['clerk.east', 'clerk', 'east'],
  ['clerk.west', 'clerk', 'west'],
  ['reviewer', 'reviewer', 'town'],
  ['designer', 'process_designer', 'district'],
  ['operator', 'operator', 'district'],
  ['sysadmin', 'system_administrator', 'district'],
  ['secadmin', 'security_administrator', 'district'],
  ['auditor', 'auditor', 'district'],
] as const

export type CallerName = 'nobody' | 'client' | (typeof people)[number][0]

/** A database that is full of everything requests can be about. */
export interface World {
  /** How the API client proves who it is. */
  readonly authorization: string
}

export const PASSWORD = 'a-long-password'
export const JOB_TYPE = 'post'
export const MESSAGE = 'paid'
export const SIGNAL = 'bell'
/** Longer than any run: what waits for a timer waits, so that nothing changes but by requests. */
const FOR_LONG = timer('timeDuration', 'P90D')

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
${people
  .map(
    ([username, role, unit]) =>
      `  - { username: ${username}, name: N ${username}, password: ${PASSWORD}, positions: [{ role: ${role}, unit: ${unit} }] }`,
  )
  .join('\n')}
`

const petition = model(
  node('startEvent', 'start', '<zeebe:formDefinition formId="petition"/><bihuan:starters candidateGroups="clerk"/>') +
    node(
      'userTask',
      'write',
      '<zeebe:formDefinition formId="report"/><zeebe:assignmentDefinition candidateGroups="clerk"/>',
    ) +
    node('userTask', 'judge', '<zeebe:assignmentDefinition candidateGroups="reviewer@township"/>') +
    node('endEvent', 'end') +
    line('start', 'write', 'judge', 'end'),
).replaceAll('id="process"', 'id="petition"')

/** A case with a job, a message, a signal, a timer, an ad-hoc part and an expression that cannot be evaluated. */
const post = model(
  node('startEvent', 'start', '<bihuan:starters candidateGroups="clerk"/>') +
    node('parallelGateway', 'fork') +
    node('serviceTask', 'send', `<zeebe:taskDefinition type="${JOB_TYPE}" retries="3"/>`) +
    '<bpmn:boundaryEvent id="returned" attachedToRef="send"><bpmn:errorEventDefinition errorRef="back"/></bpmn:boundaryEvent>' +
    node('intermediateCatchEvent', 'paid', '', '<bpmn:messageEventDefinition messageRef="paidMessage"/>') +
    node('intermediateCatchEvent', 'rung', '', '<bpmn:signalEventDefinition signalRef="bellSignal"/>') +
    node('intermediateCatchEvent', 'sleep', '', FOR_LONG) +
    node('exclusiveGateway', 'which') +
    node(
      'adHocSubProcess',
      'adHoc',
      '',
      node('userTask', 'more', '<zeebe:assignmentDefinition candidateGroups="clerk"/>') + node('task', 'other'),
    ) +
    ['sent', 'sentBack', 'gotPaid', 'heard', 'slept', 'never', 'done'].map((id) => node('endEvent', id)).join('') +
    line('start', 'fork', 'send', 'sent') +
    line('fork', 'paid', 'gotPaid') +
    line('fork', 'rung', 'heard') +
    line('fork', 'sleep', 'slept') +
    line('fork', 'which') +
    line('fork', 'adHoc', 'done') +
    flow('which', 'never', 'absent.entry > 1') +
    flow('returned', 'sentBack'),
  `<bpmn:error id="back" errorCode="back"/><bpmn:message id="paidMessage" name="${MESSAGE}"><bpmn:extensionElements><zeebe:subscription correlationKey="=ref"/></bpmn:extensionElements></bpmn:message><bpmn:signal id="bellSignal" name="${SIGNAL}"/>`,
).replaceAll('id="process"', 'id="post"')

const form = (id: string, components: readonly object[]) =>
  JSON.stringify({ id, type: 'default', schemaVersion: 19, properties: { title: id }, components })

/** Files a deployment may hold. */
export const resources: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'petition.bpmn', text: petition },
  { name: 'post.bpmn', text: post },
  {
    name: 'petition.form',
    text: form('petition', [
      { id: 'a', key: 'subject', type: 'textfield', label: 'Subject', validate: { required: true, maxLength: 50 } },
      { id: 'b', key: 'photos', type: 'filepicker', label: 'Photos', multiple: true },
    ]),
  },
  {
    name: 'report.form',
    text: form('report', [
      { id: 'c', key: 'subject', type: 'textfield', label: 'Subject', readonly: true },
      { id: 'd', key: 'report', type: 'textarea', label: 'Report', validate: { required: true } },
    ]),
  },
]

const seeder = { type: 'system', id: 'seed' } as const

/** Makes a database with people, a client, deployed processes, decisions and forms in a folder. */
export async function settle(dataFolder: string): Promise<World> {
  const server = await openServer(readSettings({ BIHUAN_DATA: dataFolder }, dataFolder), makeLog('silent'), {
    poll: false,
  })
  try {
    await server.organisation.load(readOrganisationFile(organisation), seeder)
    const files = resources.map(({ name, text }) => ({ name, content: Buffer.from(text) }))
    await server.host.deploy(files, seeder, 'deploy')
    for (const folder of await packageFoldersIn(examplesFolder))
      await server.host.deploy((await readPackageFolder(folder)).resources, seeder, `deploy:${folder}`)
    const { id, secret } = await addApiClient(server.host, 'tests', seeder)
    return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` }
  } finally {
    await server.close()
  }
}
