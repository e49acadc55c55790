import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { addTestCommand } from '../cli/test-command.ts'
import { PackageFolderError } from '../package/package-folder.ts'
import { fileHost } from '../testing/file-host.ts'
import { isSound, linesOf } from './package-report.ts'
import { memoryHosts, type OpenScenarioHost, testPackage } from './test-package.ts'

const process_ = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
  <bpmn:process id="count" isExecutable="true">
    <bpmn:startEvent id="start" />
    <bpmn:sequenceFlow id="to_meeting" sourceRef="start" targetRef="meeting" />
    <bpmn:userTask id="meeting" name="Meeting">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:formDefinition formId="meeting" />
        <zeebe:assignmentDefinition candidateGroups="clerk" />
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="to_end" sourceRef="meeting" targetRef="end" />
    <bpmn:endEvent id="end" />
  </bpmn:process>
</bpmn:definitions>
`
const form = JSON.stringify({
  schemaVersion: 19,
  type: 'default',
  id: 'meeting',
  components: [
    {
      type: 'number',
      key: 'expected',
      id: 'Field_expected',
      label: 'Expected',
      decimalDigits: 0,
      validate: { required: true },
    },
    {
      type: 'number',
      key: 'present',
      id: 'Field_present',
      label: 'Present',
      decimalDigits: 0,
      validate: { required: true },
      properties: { check: 'present <= expected', checkMessage: 'no more than expected' },
    },
  ],
})
const organisation = `levels: [village]
units:
  - { id: garden, name: Garden, level: village, parent: null }
roles:
  - { key: clerk, name: Clerk, level: village }
  - { key: villager, name: Villager, level: village }
people:
  - { username: clerk, name: C, positions: [{ role: clerk, unit: garden }] }
  - { username: guest, name: G, positions: [{ role: villager, unit: garden }] }
`
const scenario = (steps: string, head = '') =>
  `name: Count\nprocess: count\nunit: garden\nstartedBy: clerk\nstartedAt: 2026-03-02T09:00:00+08:00\n${head}steps:\n${steps}`
const good = scenario(
  '  - complete: meeting\n    as: clerk\n    answers: { expected: 3, present: 2 }\n  - expect: { ended: true }\n',
)

const folders: string[] = []
afterEach(async () => {
  process.exitCode = undefined
  vi.restoreAllMocks()
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })))
})

/** Writes a package; a null leaves the file out. */
async function write(files: { readonly [name: string]: string | null }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-package-'))
  folders.push(folder)
  const all = {
    'process.bpmn': process_,
    'meeting.form': form,
    'organisation.yaml': organisation,
    'scenarios/good.yaml': good,
    ...files,
  }
  for (const [name, text] of Object.entries(all)) {
    if (text === null) continue
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}

async function run(files: { readonly [name: string]: string | null } = {}) {
  return testPackage(await write(files), { name: 'memory', open: memoryHosts.memory })
}

describe('a package', () => {
  test('that holds is sound, on every memory host', async () => {
    const path = await write({})
    for (const [name, open] of Object.entries(memoryHosts)) {
      const report = await testPackage(path, { name, open })
      expect(linesOf(report)).toEqual(['ok     Count  scenarios/good.yaml', `1 passed, 0 failed (host: ${name})`])
      expect(isSound(report)).toBe(true)
    }
  })

  test('SV1 begins at the start event a scenario names, judged by the form of its act, on every host', async () => {
    const started = process_
      .replace(
        '<bpmn:startEvent id="start" />',
        `<bpmn:startEvent id="start" />
    <bpmn:startEvent id="asked">
      <bpmn:extensionElements><bihuan:caseAction label="Ask" candidateGroups="clerk" formId="meeting" /></bpmn:extensionElements>
      <bpmn:messageEventDefinition messageRef="m" />
    </bpmn:startEvent>
    <bpmn:sequenceFlow id="asked_end" sourceRef="asked" targetRef="end" />`,
      )
      .replace('</bpmn:definitions>', '<bpmn:message id="m" name="ask" /></bpmn:definitions>')
      .replace('xmlns:zeebe', 'xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" xmlns:zeebe')
    const asked = (present: number) =>
      scenario(
        '  - expect: { taken: [asked_end], ended: true, variables: { present: 2 } }\n',
        `startEvent: asked\nstart: { expected: 3, present: ${present} }\n`,
      )
    const path = await write({ 'process.bpmn': started, 'scenarios/asked.yaml': asked(2) })
    const file: OpenScenarioHost = ({ resources }) => fileHost({ resources })
    for (const [name, open] of Object.entries({ ...memoryHosts, file })) {
      const report = await testPackage(path, { name, open }, ['asked.yaml'])
      expect(linesOf(report)).toContain('ok     Count  scenarios/asked.yaml')
    }
    const refused = await run({ 'process.bpmn': started, 'scenarios/asked.yaml': asked(4) })
    expect(linesOf(refused).join('\n')).toContain('refused for present')
  })

  test('JO12 lists who holds a role in the unit of the case or above it, and stops where nobody does, on every host', async () => {
    const listing = (role: string) =>
      process_.replace(
        '<bpmn:sequenceFlow id="to_meeting" sourceRef="start" targetRef="meeting" />',
        `<bpmn:sequenceFlow id="to_list" sourceRef="start" targetRef="list" />
    <bpmn:serviceTask id="list"><bpmn:extensionElements><zeebe:taskDefinition type="bihuan.people" /><zeebe:taskHeaders><zeebe:header key="role" value="${role}" /></zeebe:taskHeaders></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:sequenceFlow id="to_meeting" sourceRef="list" targetRef="meeting" />`,
      )
    const above = organisation
      .replace('levels: [village]', 'levels: [township, village]')
      .replace('units:', 'units:\n  - { id: town, name: Town, level: township, parent: null }')
      .replace('level: village, parent: null', 'level: village, parent: town')
      .replace('people:', '  - { key: reviewer, name: Reviewer, level: township }\npeople:')
    const reviewer = '  - { username: judge, name: J, positions: [{ role: reviewer, unit: town }] }\n'
    const file: OpenScenarioHost = ({ resources }) => fileHost({ resources })
    const told = async (role: string, expected: string, open: OpenScenarioHost) =>
      linesOf(
        await testPackage(
          await write({
            'process.bpmn': listing(role),
            'organisation.yaml': `${above}${reviewer}`,
            'scenarios/good.yaml': scenario(`  - expect: ${expected}\n`),
          }),
          { name: 'host', open },
        ),
      )
    for (const open of [memoryHosts.memory!, file]) {
      const found = '{ tasks: [meeting], variables: { people: [{ id: judge, name: J }] } }'
      expect(await told('reviewer@township', found, open)).toContain('ok     Count  scenarios/good.yaml')
      const stops = '{ tasks: [], incidents: [ROLE_HELD_BY_NOBODY] }'
      expect(await told('reviewer', stops, open)).toContain('ok     Count  scenarios/good.yaml')
      expect(await told('clerk@township', stops, open)).toContain('ok     Count  scenarios/good.yaml')
    }
  })

  test('with a broken expectation says what was expected, what was found, and the line', async () => {
    const report = await run({ 'scenarios/good.yaml': good.replace('ended: true', 'tasks: [meeting]') })
    expect(linesOf(report)).toEqual([
      'failed Count  scenarios/good.yaml',
      '       scenarios/good.yaml:10 step 2: Expected open tasks to be ["meeting"], but found [].',
      '0 passed, 1 failed (host: memory)',
    ])
    expect(isSound(report)).toBe(false)
  })

  test('runs the rows kept beside its decisions, one line each', async () => {
    const table = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
  <decision id="double" name="Double"><literalExpression id="l"><text>2 * amount + parameters.more</text></literalExpression></decision>
</definitions>`
    const rows = (expected: number, decision = 'double') =>
      `tests:\n  - { name: Two, decision: ${decision}, inputs: { amount: 2 }, expect: ${expected} }\n  - { decision: double, inputs: {} }\n`
    const files = {
      'double.dmn': table,
      'parameters.yaml': 'parameters:\n  - { name: more, title: More, default: 1 }\n',
    }
    const held = await run({ ...files, 'double.dmn.tests.yaml': rows(5) })
    expect(linesOf(held)).toEqual([
      'ok     Two  double.dmn.tests.yaml',
      'ok     double 2  double.dmn.tests.yaml',
      'ok     Count  scenarios/good.yaml',
      '3 passed, 0 failed (host: memory)',
    ])
    expect(isSound(held)).toBe(true)

    const broken = await run({ ...files, 'double.dmn.tests.yaml': rows(4) })
    expect(linesOf(broken).slice(0, 2)).toEqual([
      'failed Two  double.dmn.tests.yaml',
      '       double.dmn.tests.yaml Expected the result to be 4, but found 5.',
    ])
    expect(isSound(broken)).toBe(false)

    const alone = { ...files, 'double.dmn.tests.yaml': rows(5), 'scenarios/good.yaml': null }
    expect(isSound(await run(alone))).toBe(false)
    const part = await testPackage(await write(alone), { name: 'memory', open: memoryHosts.memory }, [
      'double.dmn.tests.yaml',
    ])
    expect(linesOf(part).at(-1)).toBe('2 passed, 0 failed (host: memory)')
    expect(isSound(part)).toBe(true)

    const lost = await run({ ...files, 'double.dmn.tests.yaml': rows(5, 'tripled') })
    expect(lost.decisions[0]?.failures).toEqual(['Expected a decision "tripled" in the package, but it has double.'])
    const unread = await run({ ...files, 'double.dmn.tests.yaml': 'tests:\n  - name: Two\n' })
    expect(unread.faults).toEqual([expect.stringContaining('double.dmn.tests.yaml')])
    expect(isSound(unread)).toBe(false)
  })

  test('lists the ways through the process that no scenario takes', async () => {
    const report = await run({ 'scenarios/good.yaml': scenario('  - expect: { tasks: [meeting] }\n') })
    expect(linesOf(report)).toContain('Sequence flows that no scenario takes: to_end')
    expect(isSound(report)).toBe(true)
  })

  test('judges answers by its real forms', async () => {
    const wrong = '  - complete: meeting\n    as: clerk\n    answers: { expected: 3, present: 4 }\n'
    const failed = await run({ 'scenarios/good.yaml': scenario(wrong) })
    expect(failed.scenarios[0]?.failures[0]).toMatchObject({
      line: 7,
      text: expect.stringContaining('present: FIELD_CHECK_FAILED'),
    })
  })

  test('takes a refusal that is expected, and only that', async () => {
    const refused = (fields: string, present: number) =>
      scenario(
        `  - complete: meeting\n    as: clerk\n    answers: { expected: 3, present: ${present} }\n    refused: [${fields}]\n  - expect: { tasks: [meeting] }\n`,
      )
    expect(isSound(await run({ 'scenarios/good.yaml': refused('present', 4) }))).toBe(true)
    expect((await run({ 'scenarios/good.yaml': refused('expected', 4) })).scenarios[0]?.failures).toEqual([
      { line: 7, text: 'step 1: Expected answers to be refused for expected, but they were for present.' },
    ])
    expect(isSound(await run({ 'scenarios/good.yaml': refused('present', 3) }))).toBe(false)
  })

  test('notices a person who does not hold the role of the task', async () => {
    const report = await run({ 'scenarios/good.yaml': good.replace('as: clerk', 'as: guest') })
    expect(report.scenarios[0]?.failures).toEqual([
      { line: 1, text: 'Expected guest to be clerk of garden for task meeting, but holds villager of garden.' },
    ])
  })

  test('has no unit, person or parameter beyond its own', async () => {
    const steps = '  - complete: meeting\n    as: nobody\n'
    const report = await run({
      'scenarios/good.yaml': scenario(steps, 'parameters: { limit: 3 }\n').replace('unit: garden', 'unit: moon'),
    })
    expect(report.scenarios[0]?.failures.map((failure) => failure.text)).toEqual([
      'Expected a unit of organisation.yaml, but there is no moon.',
      'Expected a person of organisation.yaml, but there is no nobody.',
      'Expected a parameter of parameters.yaml, but there is no limit.',
    ])
  })

  test('with a faulty model runs nothing and names the element', async () => {
    const report = await run({ 'process.bpmn': process_.replaceAll('bpmn:userTask', 'bpmn:receiveTask') })
    expect(report.scenarios).toEqual([])
    expect(report.problems.map((problem) => problem.elementId)).toContain('meeting')
    expect(isSound(report)).toBe(false)
  })

  test('without its form, its organisation or its scenarios is not sound', async () => {
    expect((await run({ 'meeting.form': null })).problems.map((problem) => problem.code)).toContain('FORM_NOT_FOUND')
    expect((await run({ 'organisation.yaml': null })).faults).toHaveLength(1)
    expect(isSound(await run({ 'scenarios/good.yaml': null }))).toBe(false)
  })

  test('with an unreadable scenario names file and line', async () => {
    const report = await run({ 'scenarios/bad.yaml': good.replace('  - expect', '  - expects') })
    expect(report.faults).toEqual([
      'scenarios/bad.yaml:10 Expected /steps/1 to have known names only, but it has expects.',
    ])
    expect(report.scenarios).toHaveLength(1)
  })

  test('is a folder with a process', async () => {
    await expect(testPackage('/no/such/folder', { name: 'memory', open: memoryHosts.memory })).rejects.toThrow(
      PackageFolderError,
    )
    await expect(run({ 'process.bpmn': null })).rejects.toThrow(PackageFolderError)
  })
})

describe('bihuan test', () => {
  async function command(...args: string[]): Promise<string> {
    const printed: string[] = []
    vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text))
    vi.spyOn(console, 'error').mockImplementation((text: string) => void printed.push(text))
    const program = new Command()
    addTestCommand(program)
    await program.parseAsync(['test', ...args], { from: 'user' })
    return printed.join('\n')
  }

  test('exits 0 when all holds and 1 when a scenario is broken', async () => {
    expect(await command(await write({}))).toContain('1 passed, 0 failed')
    expect(process.exitCode).toBeUndefined()
    expect(await command(await write({ 'scenarios/good.yaml': good.replace('true', 'false') }))).toContain(
      '0 passed, 1 failed',
    )
    expect(process.exitCode).toBe(1)
  })

  test('runs chosen scenarios and prints JSON', async () => {
    const path = await write({ 'scenarios/other.yaml': good.replace('true', 'false') })
    const report = JSON.parse(await command(path, '--only', 'good.yaml', '--json'))
    expect(report.scenarios).toEqual([
      { name: 'Count', source: 'scenarios/good.yaml', taken: ['to_meeting', 'to_end'], failures: [] },
    ])
    expect(process.exitCode).toBeUndefined()
  })

  test('says so when the folder is no package', async () => {
    expect(await command('/no/such/folder')).toContain('Give the folder of a process package')
    expect(process.exitCode).toBe(1)
  })
})
