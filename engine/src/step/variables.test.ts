import { expect, test } from 'vitest'
import { readDecisions } from '../dmn/index.ts'
import { bundleOf, io, line, model, node, play, trace } from '../testing/index.ts'

const inSub = (task: string, extensions = '') =>
  model(
    node('startEvent', 'start') +
      node(
        'subProcess',
        'sub',
        extensions,
        node('startEvent', 's0') + task + node('endEvent', 's1') + line('s0', 't', 's1'),
      ) +
      node('endEvent', 'end') +
      line('start', 'sub', 'end'),
  )

test('VA3 input mappings make variables of the element, later ones see earlier ones, nested targets too', async () => {
  const inputs = io({ 'p.name': '=applicant', 'p.age': '=age', both: '=p.name + string(p.age)' })
  const xml = model(
    node('startEvent', 'start') + node('userTask', 't', inputs) + node('endEvent', 'end') + line('start', 't', 'end'),
  )
  const game = play(await bundleOf(xml))
  game.start({ applicant: 'N', age: 7 })
  const task = [...game.state.elements.values()].find((one) => one.elementId === 't')
  expect(task?.variables).toEqual({ p: { name: 'N', age: 7 }, both: 'N7' })
  expect(game.variables()).toEqual({ applicant: 'N', age: 7 })
})

test('VA4 a result goes to the nearest scope that has the name, else to the case', async () => {
  const game = play(await bundleOf(inSub(node('userTask', 't'), io({ inner: '="old"' }, { seen: '=inner' }))))
  game.start({ outer: 1 })
  game.complete('t', { inner: 'new', outer: 2, fresh: 3 })
  expect(game.variables()).toEqual({ outer: 2, fresh: 3, seen: 'new' })
})

test('VA5 with output mappings only what is mapped leaves the element', async () => {
  const game = play(await bundleOf(inSub(node('userTask', 't', io({}, { kept: '=answer' })))))
  game.start()
  game.complete('t', { answer: 1, secret: 2 })
  expect(game.variables()).toEqual({ kept: 1 })
})

test('VA2 parameters and case are always readable and cannot be hidden by variables', async () => {
  const script =
    '<zeebe:script expression="=string(parameters.days) + case.number + case.unit.level + case.key" resultVariable="said"/>'
  const xml = model(
    node('startEvent', 'start') + node('scriptTask', 't', script) + node('endEvent', 'end') + line('start', 't', 'end'),
  )
  const game = play(await bundleOf(xml))
  game.start({ parameters: { days: 99 } }, { days: 7 })
  expect(game.variables().said).toBe(`7SY-2026-0001village${game.state.instance?.key}`)
})

test('IN1 a failed hook leaves nothing but an incident; IN3 resolving does it again', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node(
        'userTask',
        't',
        `${io({ a: '=1', b: '=number("x", 1)' }, {})}<zeebe:assignmentDefinition candidateGroups="reviewer@province"/>`,
      ) +
      node('endEvent', 'end') +
      line('start', 't', 'end'),
  )
  const game = play(await bundleOf(xml.replace('=number(&quot;x&quot;, 1)', '=2')))
  game.start()
  const [incident] = game.state.incidents.values()
  expect(incident).toMatchObject({ code: 'CANDIDATE_UNIT_NOT_FOUND', retry: 'activate' })
  expect([...game.state.elements.values()].find((one) => one.elementId === 't')?.variables).toEqual({})
  expect(game.send('incident.resolve', incident!.key, {}).facts.map((fact) => fact.kind)).toEqual([
    'incident.resolved',
    'incident.created',
  ])
  expect(game.send('incident.resolve', incident!.key, {}).rejection?.code).toBe('NOT_FOUND')
})

test('VA1 a variable named __proto__ is a name like others (quality I07)', async () => {
  const xml = model(
    node('startEvent', 'start') + node('userTask', 't') + node('endEvent', 'end') + line('start', 't', 'end'),
  )
  const game = play(await bundleOf(xml))
  game.start(JSON.parse('{"__proto__": {"admin": true}}'))
  expect(Object.getPrototypeOf(game.variables())).toBe(Object.prototype)
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
  expect(JSON.stringify(game.variables())).toBe('{"__proto__":{"admin":true}}')
})

test('IN3 a failing output mapping keeps the answer; resolving leaves the element by it', async () => {
  const xml = model(
    node('startEvent', 'start') +
      node('userTask', 't', io({}, { rounds: '=for i in 1..assert(n, is defined(n)) return answer * i' })) +
      node('endEvent', 'end') +
      line('start', 't', 'end'),
  )
  const game = play(await bundleOf(xml))
  game.start()
  expect(trace(game.complete('t', { answer: 5 }).facts)).toEqual([
    'userTask.completed t',
    'variables.set',
    'incident.created t EXPRESSION_FAILED',
  ])
  const [incident] = game.state.incidents.values()
  expect(incident?.retry).toBe('complete')
  const key = game.state.instance!.key
  game.send('variables.set', key, { scopeKey: key, variables: { n: 2 }, local: true })
  game.send('incident.resolve', incident!.key, {})
  expect(game.variables()).toEqual({ n: 2, rounds: [5, 10] })
  expect(game.state.instance?.status).toBe('completed')
})

const table = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="drg" name="drg" namespace="n"><decision id="body" name="Body"><decisionTable id="dt" hitPolicy="FIRST"><input id="i1"><inputExpression id="ie" typeRef="number"><text>amount</text></inputExpression></input><output id="o1" name="body" typeRef="string"/><rule id="small"><inputEntry id="c1"><text>&lt; parameters.limit</text></inputEntry><outputEntry id="r1"><text>"committee"</text></outputEntry></rule><rule id="large"><inputEntry id="c2"><text>-</text></inputEntry><outputEntry id="r2"><text>"assembly"</text></outputEntry></rule></decisionTable></decision></definitions>`

test('BR1 a business rule task records the decision with its rules and inputs, and sets its result', async () => {
  const { decisions } = await readDecisions(table, 'body.dmn')
  const called = '<zeebe:calledDecision decisionId="body" resultVariable="body"/>'
  const xml = model(
    node('startEvent', 'start') +
      node('businessRuleTask', 'd', called) +
      node('endEvent', 'end') +
      line('start', 'd', 'end'),
  )
  const game = play(await bundleOf(xml, { body: { key: 77, decision: decisions[0]! } }))
  const facts = game.start({ amount: 500 }, { limit: 100 }).facts
  expect(facts.find((fact) => fact.kind === 'decision.evaluated')?.value).toMatchObject({
    decisionId: 'body',
    decisionKey: 77,
    rules: ['large'],
    why: { rule: 'body', result: 'assembly', inputs: { amount: 500 } },
  })
  expect(game.variables()).toEqual({ amount: 500, body: 'assembly' })
})
