import { expect, test } from 'vitest'
import type { Fact } from '../record/record.ts'
import { bundleOf, io, line, model, node, play, trace } from '../testing/index.ts'

const service =
  '<zeebe:taskDefinition type="archive" retries="2"/><zeebe:taskHeaders><zeebe:header key="to" value="office"/></zeebe:taskHeaders>'
const errors = '<bpmn:error id="e" errorCode="FULL"/>'
const error = (ref = true) => `<bpmn:errorEventDefinition ${ref ? 'errorRef="e"' : ''}/>`
const simple = model(
  node('startEvent', 'start') + node('serviceTask', 's', service) + node('endEvent', 'end') + line('start', 's', 'end'),
)

test('JO1 a service task makes a job with headers and visible variables; its result propagates', async () => {
  const game = play(await bundleOf(simple))
  const job = game.start({ x: 1 }).facts.find((fact) => fact.kind === 'job.created')
  expect(job?.value).toMatchObject({ type: 'archive', retries: 2, headers: { to: 'office' }, variables: { x: 1 } })
  game.send('job.complete', job?.key, { variables: { number: 'A-1' } })
  expect(game.variables()).toEqual({ x: 1, number: 'A-1' })
  expect(game.state.instance?.status).toBe('completed')
  expect(game.send('job.complete', job?.key, { variables: {} }).rejection?.code).toBe('PROCESS_INSTANCE_ENDED')
})

test('JO1 with input mappings a job carries what they name and nothing else', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('serviceTask', 's', service + io({ fields: '=[title]' })) +
      node('endEvent', 'end') +
      line('start', 's', 'end'),
  )
  const game = play(await bundleOf(xml))
  const job = game
    .start({ title: 'Road', photos: ['secret'], days: 7 })
    .facts.find((fact) => fact.kind === 'job.created')
  expect((job as Fact<'job.created'>).value.variables).toEqual({ fields: ['Road'] })
})

test('JO2 a job offered again carries what has been corrected meanwhile', async () => {
  const seen = async (extensions: string, corrected: { [name: string]: string }) => {
    const xml = model(
      node('startEvent', 'start') +
        node('serviceTask', 's', service + extensions) +
        node('endEvent', 'end') +
        line('start', 's', 'end'),
    )
    const game = play(await bundleOf(xml))
    game.start({ title: '', secret: 1 })
    const [job] = [...game.state.jobs.values()]
    game.send('job.fail', job?.key, { retries: 0, message: 'no title', retryAt: null })
    const value = { scopeKey: job?.elementInstanceKey ?? 0, variables: corrected, local: true }
    game.send('variables.set', game.state.instance?.key, value)
    return game.send('incident.resolve', [...game.state.incidents.keys()][0], {}).facts.at(-1)?.value
  }
  expect(await seen(io({ heading: '=title' }), { heading: 'Road' })).toMatchObject({ variables: { heading: 'Road' } })
  expect(await seen('', { title: 'Road' })).toMatchObject({ variables: { title: 'Road', secret: 1 } })
})

test('JO2 no retries left is an incident; resolving it offers the job again', async () => {
  const game = play(await bundleOf(simple))
  game.start()
  const [key] = game.state.jobs.keys()
  expect(trace(game.send('job.fail', key, { retries: 1, message: 'busy', retryAt: null }).facts)).toEqual([
    'job.failed s',
  ])
  expect(trace(game.send('job.fail', key, { retries: 0, message: 'busy', retryAt: null }).facts)).toEqual([
    'job.failed s',
    'incident.created s JOB_RETRIES_EXHAUSTED',
  ])
  expect(game.send('job.fail', key, { retries: 1, message: '', retryAt: null }).rejection?.code).toBe('STATE_CONFLICT')
  const [incident] = game.state.incidents.keys()
  const facts = game.send('incident.resolve', incident, {}).facts
  expect(facts.at(-1)).toMatchObject({ kind: 'job.retriesUpdated', key, value: { retries: 2 } })
  game.send('job.complete', key, { variables: {} })
  expect(game.state.instance?.status).toBe('completed')
})

const caught = model(
  node('startEvent', 'start') +
    node(
      'subProcess',
      'sub',
      '',
      node('startEvent', 's0') + node('serviceTask', 's', service) + node('endEvent', 's1') + line('s0', 's', 's1'),
    ) +
    node('boundaryEvent', 'any', '', error(false), 'attachedToRef="sub"') +
    node('boundaryEvent', 'full', '', error(), 'attachedToRef="sub"') +
    node('userTask', 'a') +
    node('userTask', 'f') +
    node('endEvent', 'end') +
    line('start', 'sub', 'end') +
    line('any', 'a') +
    line('full', 'f'),
  errors,
)

test('ER1 an error is caught by the nearest event, a code before a catch-all', async () => {
  for (const [errorCode, expected] of [
    ['FULL', 'f'],
    ['OTHER', 'a'],
  ] as const) {
    const game = play(await bundleOf(caught))
    game.start()
    const [key] = game.state.jobs.keys()
    game.send('job.throwError', key, { errorCode, message: 'no room', variables: { detail: errorCode } })
    expect(game.tasks()).toEqual([expected])
    expect(game.variables()).toEqual({ detail: errorCode })
    expect(game.state.jobs.size).toBe(0)
  }
})

test('ER2 an error event sub-process catches what is thrown in its scope', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('serviceTask', 's', service) +
      node('endEvent', 'end') +
      line('start', 's', 'end') +
      node(
        'subProcess',
        'esp',
        io({}, { reason: '=detail' }),
        node('startEvent', 'es', '', error()) +
          node('userTask', 'et') +
          node('endEvent', 'ee') +
          line('es', 'et', 'ee'),
        'triggeredByEvent="true"',
      ),
    errors,
  )
  const game = play(await bundleOf(xml))
  game.start()
  game.send('job.throwError', [...game.state.jobs.keys()][0], {
    errorCode: 'FULL',
    message: '',
    variables: { detail: 'x' },
  })
  expect(game.tasks()).toEqual(['et'])
  game.complete('et')
  expect(game.variables()).toEqual({ reason: 'x' })
  expect(game.state.instance?.status).toBe('completed')
})

test('ER3 an error nobody catches is an incident at the task', async () => {
  const game = play(await bundleOf(simple))
  game.start()
  const [key] = game.state.jobs.keys()
  const facts = game.send('job.throwError', key, { errorCode: 'FULL', message: '', variables: {} }).facts
  expect(trace(facts)).toEqual(['job.errorThrown s', 'incident.created s ERROR_NOT_CAUGHT'])
  expect(game.send('job.complete', key, { variables: {} }).rejection?.code).toBe('STATE_CONFLICT')
  game.send('incident.resolve', [...game.state.incidents.keys()][0], {})
  game.send('job.complete', key, { variables: {} })
  expect(game.state.instance?.status).toBe('completed')
})

test('ER2 an error event sub-process does not catch what is thrown inside itself', async () => {
  const inside =
    node('startEvent', 'es', '', error(false)) + node('serviceTask', 'es2', service) + node('endEvent', 'ee')
  const xml = model(
    node('startEvent', 'start') +
      node('serviceTask', 's', service) +
      node('endEvent', 'end') +
      line('start', 's', 'end') +
      node('subProcess', 'esp', '', inside + line('es', 'es2', 'ee'), 'triggeredByEvent="true"'),
    errors,
  )
  const game = play(await bundleOf(xml))
  game.start()
  const fail = () =>
    game.send('job.throwError', [...game.state.jobs.keys()][0], { errorCode: 'FULL', message: '', variables: {} })
  fail()
  expect([...game.state.jobs.values()].map((job) => job.elementId)).toEqual(['es2'])
  fail()
  expect([...game.state.incidents.values()].map((one) => one.code)).toEqual(['ERROR_NOT_CAUGHT'])
})

test('JO11 an operator says how often a job may still fail; resolving the incident keeps that', async () => {
  const game = play(await bundleOf(simple))
  game.start({ title: 'Road' })
  const [job] = [...game.state.jobs.values()]
  for (const retries of [0, -1, 1.5, Number.NaN])
    expect(game.send('job.updateRetries', job?.key, { retries }).rejection?.code).toBe('BODY_INVALID')
  game.send('job.fail', job?.key, { retries: 0, message: 'no', retryAt: null })
  const [updated] = game.send('job.updateRetries', job?.key, { retries: 7 }).facts
  expect(updated).toMatchObject({ kind: 'job.retriesUpdated', value: { retries: 7, variables: { title: 'Road' } } })
  expect([...game.state.jobs.values()]).toMatchObject([{ status: 'created' }])
  const resolved = game.send('incident.resolve', [...game.state.incidents.keys()][0], {}).facts.at(-1)
  expect(resolved).toMatchObject({ kind: 'job.retriesUpdated', value: { retries: 7 } })
  game.send('job.complete', job?.key, { variables: {} })
  expect(game.send('job.updateRetries', job?.key, { retries: 1 }).rejection?.code).toBe('PROCESS_INSTANCE_ENDED')
})

test.each([
  ['fails', 'JOB_RETRIES_EXHAUSTED'],
  ['throws what nobody catches', 'ERROR_NOT_CAUGHT'],
])('JO11 a job that is offered again and %s has one incident, the last', async (how, code) => {
  const game = play(await bundleOf(simple))
  game.start()
  const [key] = [...game.state.jobs.keys()]
  game.send('job.fail', key, { retries: 0, message: 'first', retryAt: null })
  const [before] = [...game.state.incidents.keys()]
  game.send('job.updateRetries', key, { retries: 1 })
  if (how === 'fails') game.send('job.fail', key, { retries: 0, message: 'second', retryAt: null })
  else game.send('job.throwError', key, { errorCode: 'X', message: 'second', variables: {} })
  const incidents = [...game.state.incidents.values()]
  expect(incidents).toMatchObject([{ code, jobKey: key }])
  expect(incidents[0]?.key).not.toBe(before)
})
