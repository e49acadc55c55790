import { describe, expect, test } from 'vitest'
import { compile, type Json, readDecisions, sayProblem, type Variables } from '../../src/index.ts'
import { betweens, bundleOf, each, flow, io, line, model, node, play } from '../../src/testing/index.ts'
import { expectKept, refusals } from './tools.ts'

/** Texts that mean something to somebody on their way to a page, a file or a table. */
const texts: readonly (readonly [string, string])[] = [
  ['a script', '<script>alert(1)</script>'],
  ['an image that runs', '"><img src=x onerror=alert(1)>'],
  ['an address that runs', 'javascript:alert(1)'],
  ['text from right to left', '\u202egnp.exe\u202c'],
  ['signs of no width', 'a\u200b\u200d\ufeffb'],
  ['100,000 characters', '村'.repeat(100_000)],
  ['a formula', "=cmd|' /C calc'!A0"],
  ['a template', '{elementName} ⟦{x}⟧ {{7*7}} <%= 7 %>'],
  ['an end of CDATA', ']]>'],
  ['signs outside the plane', '😀𠀀'],
  ['marks on marks', `e${'\u0301'.repeat(500)}`],
  ['line breaks', 'a\nb\tc'],
  ['replacements', "$& $1 $' \\u0041 %s"],
]

const xmlText = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;')
const named = (text: string) =>
  model(
    node('startEvent', 'start') +
      node('userTask', 'a', '', '', `name="${xmlText(text)}"`) +
      node(
        'serviceTask',
        'b',
        `<zeebe:taskDefinition type="w"/><zeebe:taskHeaders><zeebe:header key="${xmlText(text)}" value="${xmlText(text)}"/></zeebe:taskHeaders>`,
      ) +
      node('endEvent', 'end') +
      line('start', 'a', 'b', 'end'),
  )

describe('names and texts', () => {
  test.each(texts)('I04 ST4 %s is kept as it is, in names, headers, answers and reasons', async (_, text) => {
    const game = play(await bundleOf(named(text)), betweens.refold)
    game.start({ [text]: text, nested: { [text]: [text] } })
    expect([...game.state.tasks.values()].map((task) => task.name)).toEqual([text])
    game.complete('a', { answer: text })
    const job = game.facts.find((fact) => fact.kind === 'job.created')
    expect(job?.value.headers).toEqual({ [text]: text })
    expect(game.variables()).toEqual({ [text]: text, nested: { [text]: [text] }, answer: text })
    game.send('processInstance.cancel', undefined, { reason: text })
    expectKept(game)
  })
  test.each(texts)('I04 %s in the name of what is refused is said as it is', async (_, text) => {
    const bad = node('serviceTask', 'b', '', '', `name="${xmlText(text)}"`)
    const { problems } = await compile(model(node('startEvent', 'start') + bad + line('start', 'b')), 'a.bpmn')
    const [problem] = problems.filter(({ code }) => code === 'JOB_TYPE_MISSING')
    expect(problem?.elementName).toBe(text)
    for (const language of ['zh-CN', 'en'] as const) expect(sayProblem(problem!, language).text).toContain(text)
  })
  test.each(texts)('I04 JO2 %s as what a worker or person says is kept', async (_, text) => {
    const game = play(await bundleOf(named('b')), betweens.refold)
    game.start()
    game.send('userTask.assign', [...game.state.tasks.keys()][0], { assignee: text, allowOverride: false })
    expect([...game.state.tasks.values()][0]?.assignee).toBe(text)
    game.complete('a')
    const [job] = game.state.jobs.keys()
    game.send('job.fail', job, { retries: 0, message: text, retryAt: null })
    expect(game.facts.at(-1)?.value).toMatchObject({ facts: { message: text } })
    game.send('job.throwError', job, { errorCode: text, message: text, variables: {} })
    expectKept(game)
  })
  test.each([
    ['half a character', '\ud800'],
    ['two halves the wrong way round', '\udc00\ud800'],
    ['NUL', 'a\u0000b'],
    ['what is no character', '\uffff'],
  ])('I04 ST4 %s in an answer comes back from facts and snapshot', async (_, text) => {
    const game = play(await bundleOf(named('b')), betweens.refold)
    game.start({ [text]: text })
    game.complete('a', { answer: text })
    expect(game.variables()).toEqual({ [text]: text, answer: text })
    expectKept(game)
  })
})

/** Ids that every object of JavaScript has. */
const inherited = [
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'isPrototypeOf',
]

describe('ids that every object has', () => {
  test.each(inherited)(
    'I04 %s is refused or an id like others: of a task, a flow, a message, a job type, a variable',
    async (id) => {
      const xml = model(
        node('startEvent', 'start') +
          node('exclusiveGateway', 'g', '', '', 'default="other"') +
          node(
            'serviceTask',
            id,
            `<zeebe:taskDefinition type="${id}"/><zeebe:taskHeaders><zeebe:header key="${id}" value="h"/></zeebe:taskHeaders>${io({ [id]: '=1' }, { [id]: '=2' })}`,
          ) +
          node('endEvent', 'end') +
          flow('start', 'g') +
          flow('g', id, 'true', `to_${id}`) +
          flow('g', 'end', undefined, 'other') +
          flow(id, 'end', undefined, `from_${id}`) +
          node('boundaryEvent', 'b', '', `<bpmn:messageEventDefinition messageRef="m"/>`, `attachedToRef="${id}"`) +
          line('b', 'end'),
        `<bpmn:message id="m" name="${id}"><bpmn:extensionElements><zeebe:subscription correlationKey="=&quot;${id}&quot;"/></bpmn:extensionElements></bpmn:message>`,
      )
      const codes = await refusals(xml)
      if (codes.length > 0) return
      const game = play(await bundleOf(xml), betweens.refold)
      game.start()
      const job = game.facts.find((fact) => fact.kind === 'job.created')
      expect([job?.value.elementId, job?.value.type]).toEqual([id, id])
      expect(Object.entries(job!.value.headers)).toEqual([[id, 'h']])
      expect(Object.entries(job!.value.variables)).toEqual([[id, 1]])
      const subscription = [...game.state.subscriptions.values()][0]
      expect(subscription).toMatchObject({ messageName: id, correlationKey: id })
      game.send('job.complete', job!.key, { variables: {} })
      expect(Object.entries(game.variables())).toEqual([[id, 2]])
      expect(game.state.instance?.status).toBe('completed')
      expectKept(game)
    },
  )
  test.each(inherited)('I04 %s as a process, called, and as a decision is one like others or refused', async (id) => {
    const called = `<bpmn:process id="${id}" isExecutable="true"><bpmn:startEvent id="s2"/></bpmn:process>`
    const xml = model(
      node('startEvent', 'start') +
        node('callActivity', 'call', `<zeebe:calledElement processId="${id}"/>`) +
        line('start', 'call'),
      called,
    )
    const codes = await refusals(xml)
    if (codes.length === 0) {
      const game = play(await bundleOf(xml), betweens.refold)
      game.start()
      expect(game.state.instance?.status).toBe('completed')
    } else expect(codes).toEqual(['DANGLING_REFERENCE'])
    const dmn = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n"><decision id="${id}" name="${id}"><variable name="${id}"/><literalExpression><text>${id}</text></literalExpression></decision></definitions>`
    const { decisions, problems } = await readDecisions(dmn, 'a.dmn')
    expect(decisions.length + problems.length).toBeGreaterThan(0)
  })
  test.each(inherited)('I04 AH1 %s is asked of an ad-hoc sub-process only when it has it', async (id) => {
    const xml = model(
      node('startEvent', 'start') +
        node('adHocSubProcess', 'pool', '<zeebe:adHoc activeElementsCollection="=ids"/>', node('task', 't')) +
        line('start', 'pool'),
    )
    const game = play(await bundleOf(xml))
    game.start({ ids: [id] })
    expect([...game.state.incidents.values()].map((one) => one.code)).toEqual(['AD_HOC_ELEMENT_UNKNOWN'])
  })
  test.each(inherited)(
    'I04 SV2 %s is no start event, no called process and no decision that nobody has',
    async (id) => {
      const start = node('startEvent', 'start')
      const begin = async (element: string) => {
        const game = play(await bundleOf(model(start + element + line('start', 'a'))))
        game.start()
        return [...game.state.incidents.values()].map((one) => one.code)
      }
      expect(await begin(node('callActivity', 'a', `<zeebe:calledElement processId="${id}"/>`))).toEqual([
        'CALLED_PROCESS_NOT_FOUND',
      ])
      expect(
        await begin(node('businessRuleTask', 'a', `<zeebe:calledDecision decisionId="${id}" resultVariable="r"/>`)),
      ).toEqual(['DECISION_FAILED'])
      const game = play(await bundleOf(model(start)))
      const value = { units: [], variables: {}, parameters: {}, businessId: null, startEventId: id }
      expect(game.send('processInstance.create', undefined, value).rejection?.code).toBe('START_EVENT_NOT_FOUND')
    },
  )
  test.each(inherited)(
    'I04 MI7 VA1 %s is a variable like others in a multi-instance and in every scope',
    async (id) => {
      const multi = each({ items: 'items', element: id, into: 'all', result: id })
      const xml = model(
        node('startEvent', 'start') +
          node('userTask', 'a', '', multi) +
          node('endEvent', 'end') +
          line('start', 'a', 'end'),
      )
      const codes = await refusals(xml)
      if (codes.length > 0) return
      const game = play(await bundleOf(xml), betweens.refold)
      game.start({ items: [1, 2] })
      for (const value of [3, 4] as Json[])
        game.complete('a', JSON.parse(`{${JSON.stringify(id)}: ${value}}`) as Variables)
      expect(game.variables().all).toEqual([3, 4])
      expectKept(game)
    },
  )
})
