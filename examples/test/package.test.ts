import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compilePackage, flowsNotTaken, memoryHosts, readPackageFolder, testPackage } from '@bihuan/runtime/scenario'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { drawingFaults } from './drawing.ts'

interface Organisation {
  readonly units: readonly { readonly id: string; readonly level: string }[]
  readonly roles: readonly { readonly key: string; readonly level: string }[]
  readonly people: readonly { readonly positions: readonly { readonly role: string; readonly unit: string }[] }[]
}

const examples = fileURLToPath(new URL('..', import.meta.url))
const packages = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(examples, entry.name, 'package.yaml')))
  .map((entry) => entry.name)

test('there are examples to test', () => {
  expect(packages).toContain('village-decision')
})

describe.each(packages)('package %s', async (name) => {
  const folder = await readPackageFolder(join(examples, name))
  const compiled = await compilePackage(folder)
  const named = (end: string) => folder.resources.filter((resource) => resource.name.endsWith(end))
  const drawn = named('.bpmn').map((resource) => new TextDecoder().decode(resource.content))

  test('models, forms, decisions and parameters have neither problem nor warning', () => {
    expect(compiled.problems).toEqual([])
    expect(compiled.bundles.size).toBe(drawn.length)
    expect(compiled.forms.size).toBe(named('.form').length)
  })

  test('every form is used by a process, by its own id and title', () => {
    const used = drawn.join('\n')
    for (const form of compiled.forms.values()) {
      expect(used).toContain(`formId="${form.id}"`)
      expect(form.title).not.toBeNull()
    }
  })

  test('a task that a timer takes away says by when it is to be done', () => {
    const silent = drawn.flatMap((xml) =>
      [...xml.matchAll(/<bpmn:boundaryEvent ([^>]*)>(.*?)<\/bpmn:boundaryEvent>/gs)]
        .filter(([, head = '', body = '']) => body.includes('timerEventDefinition') && !head.includes('cancelActivity'))
        .map(([, head = '']) => /attachedToRef="(\w+)"/.exec(head)?.[1])
        .filter((id) => xml.includes(`<bpmn:userTask id="${id}"`))
        .filter((id) => !xml.split(`<bpmn:userTask id="${id}"`)[1]?.split('</bpmn:userTask>')[0]?.includes('dueDate')),
    )
    expect(silent).toEqual([])
  })

  test('the drawing is complete and clean', async () => {
    for (const xml of drawn) expect(await drawingFaults(xml)).toEqual([])
  })

  test.each(Object.entries(memoryHosts))('every scenario passes on host %s', async (host, open) => {
    const report = await testPackage(folder.folder, { name: host, open })
    expect(report.faults).toEqual([])
    expect(report.scenarios.length).toBe(folder.scenarios.length)
    const failures = report.scenarios.flatMap((one) =>
      one.failures.map((failure) => `${one.source}:${failure.line} ${failure.text}`),
    )
    expect(failures).toEqual([])
    expect(flowsNotTaken(report)).toEqual([])
  })

  test('every role that a process names is held by somebody of organisation.yaml, at its level', () => {
    const written = parse(folder.organisation?.text ?? '') as Organisation
    const named = drawn.flatMap((xml) =>
      [...xml.matchAll(/candidateGroups="([^"=]+)"/g)].flatMap((found) => (found[1] ?? '').split(',')),
    )
    expect(named.length).toBeGreaterThan(0)
    const levelOf = (unit: string) => written.units.find((one) => one.id === unit)?.level
    for (const group of new Set(named)) {
      const [role, level] = group.trim().split('@')
      const known = written.roles.find((one) => one.key === role)
      expect(known, group).toBeDefined()
      if (level !== undefined) expect(known?.level).toBe(level)
      const held = written.people.some((person) =>
        person.positions.some((one) => one.role === role && levelOf(one.unit) === known?.level),
      )
      expect(held, group).toBe(true)
    }
  })
})
