import { join } from 'node:path'
import { flow, line, model, node, timer } from '@bihuan/engine/testing'
import { addApiClient } from '../src/identity/api-client.ts'
import { readOrganisationFile } from '../src/identity/organisation-file.ts'
import { makeLog } from '../src/log.ts'
import { openServer } from '../src/server.ts'
import { readSettings } from '../src/settings.ts'
import type { Sender } from './history.ts'

/** People and systems that work on a database. */
export interface Town {
  readonly clients: readonly Sender[]
  readonly people: readonly { readonly username: string; readonly password: string }[]
}

const PASSWORD = 'a-long-password'
const usernames = ['clerk.one', 'clerk.two', 'clerk.three']
const organisation = `
levels: [district, village]
units:
  - { id: district, name: District, level: district, parent: null }
  - { id: east, name: East, level: village, parent: district }
roles:
  - { key: clerk, name: Clerk, level: village }
people:
${usernames
  .map(
    (username) =>
      `  - { username: ${username}, name: N ${username}, password: ${PASSWORD}, positions: [{ role: clerk, unit: east }] }`,
  )
  .join('\n')}
`

/** The unit whose clerks do the work. */
export const UNIT = 'east'
/** Type of the jobs that workers outside do. */
export const JOB_TYPE = 'post'
export const MESSAGE = 'paid'
export const START_MESSAGE = 'begin'
export const SIGNAL = 'bell'
/** Time after which a signed request is noted, and that a case sleeps before its end. */
const NOTE_AFTER = 'PT2S'

const clerks = (more = '') => `${more}<zeebe:assignmentDefinition candidateGroups="clerk"/>`

/** A case that meets everything: people, a timer beside them, a job with an error, a message, several at once, a timer. */
const work = (note: string) =>
  model(
    `<bpmn:documentation>${note}</bpmn:documentation>` +
      node('startEvent', 'start', '<bihuan:starters candidateGroups="clerk"/>') +
      node('userTask', 'ask', clerks('<zeebe:formDefinition formId="report"/>')) +
      `<bpmn:boundaryEvent id="late" attachedToRef="ask" cancelActivity="false">${timer('timeDuration', NOTE_AFTER)}</bpmn:boundaryEvent>` +
      node('endEvent', 'noted') +
      node('serviceTask', 'post', `<zeebe:taskDefinition type="${JOB_TYPE}" retries="3"/>`) +
      `<bpmn:boundaryEvent id="returned" attachedToRef="post"><bpmn:errorEventDefinition errorRef="back"/></bpmn:boundaryEvent>` +
      node('endEvent', 'sentBack') +
      node('intermediateCatchEvent', 'paid', '', '<bpmn:messageEventDefinition messageRef="paidMessage"/>') +
      node(
        'userTask',
        'vote',
        clerks(),
        `<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="voter"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`,
      ) +
      node('intermediateCatchEvent', 'sleep', '', timer('timeDuration', NOTE_AFTER)) +
      node('endEvent', 'end') +
      line('start', 'ask', 'post', 'paid', 'vote', 'sleep', 'end') +
      flow('late', 'noted') +
      flow('returned', 'sentBack'),
    `<bpmn:error id="back" errorCode="back"/><bpmn:message id="paidMessage" name="${MESSAGE}"><bpmn:extensionElements><zeebe:subscription correlationKey="=ref"/></bpmn:extensionElements></bpmn:message>`,
  )

/** Cases that begin by a message and wait for a signal or an hour. */
const begun = model(
  node('startEvent', 'start', '', '<bpmn:messageEventDefinition messageRef="begin"/>') +
    node('eventBasedGateway', 'which') +
    node('intermediateCatchEvent', 'rung', '', '<bpmn:signalEventDefinition signalRef="bell"/>') +
    node('intermediateCatchEvent', 'hour', '', timer('timeDuration', 'PT1H')) +
    node('endEvent', 'heard') +
    node('endEvent', 'unheard') +
    line('start', 'which', 'rung', 'heard') +
    line('which', 'hour', 'unheard'),
  `<bpmn:message id="begin" name="${START_MESSAGE}"/><bpmn:signal id="bell" name="${SIGNAL}"/>`,
).replaceAll('id="process"', 'id="begun"')

/** A case that sleeps a second, and one that sleeps longer than any timer of the machine. */
const asleep = model(
  node('startEvent', 'start') +
    node('parallelGateway', 'fork') +
    node('intermediateCatchEvent', 'second', '', timer('timeDuration', 'PT1S')) +
    node('intermediateCatchEvent', 'month', '', timer('timeDuration', 'P60D')) +
    node('endEvent', 'soon') +
    node('endEvent', 'later') +
    line('start', 'fork', 'second', 'soon') +
    line('fork', 'month', 'later'),
).replaceAll('id="process"', 'id="asleep"')

const report = JSON.stringify({
  id: 'report',
  type: 'default',
  schemaVersion: 19,
  properties: { title: 'Report' },
  components: [{ id: 'a', key: 'report', type: 'textarea', label: 'Report', validate: { required: true } }],
})

/** What is deployed; `note` makes it a version of its own. */
export function resources(note: string): readonly { readonly name: string; readonly text: string }[] {
  return [
    { name: 'work.bpmn', text: work(note).replaceAll('id="process"', 'id="work"') },
    { name: 'begun.bpmn', text: begun },
    { name: 'asleep.bpmn', text: asleep },
    { name: 'report.form', text: report },
  ]
}

/** Makes a database with people, clients and deployed processes in a folder. */
export async function settle(dataFolder: string): Promise<Town> {
  const log = makeLog('silent')
  const server = await openServer(readSettings({ BIHUAN_DATA: dataFolder }, dataFolder), log, { poll: false })
  try {
    const seeder = { type: 'system', id: 'seed' } as const
    await server.organisation.load(readOrganisationFile(organisation), seeder)
    const files = resources('first').map(({ name, text }) => ({ name, content: Buffer.from(text) }))
    await server.host.deploy(files, seeder, 'deploy')
    const clients: Sender[] = []
    for (const name of ['mail', 'archive']) {
      const { id, secret } = await addApiClient(server.host, name, seeder)
      clients.push({ id, headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` } })
    }
    return { clients, people: usernames.map((username) => ({ username, password: PASSWORD })) }
  } finally {
    await server.close()
  }
}

/** The database file of a data folder. */
export const databaseOf = (dataFolder: string) => join(dataFolder, 'bihuan.db')
