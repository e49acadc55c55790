import { fileURLToPath } from 'node:url'
import { linesOf, memoryHosts, testPackage } from '@bihuan/runtime/scenario'
import { type FileHost, fileHost, type Kill } from '@bihuan/runtime/testing'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../village-decision', import.meta.url))
const only = ['main.yaml']

/** Where the process is killed, in this order: each after the point was reached that often since the last start. */
const kills: readonly Kill[] = [
  { point: 'deployment.judged', time: 1 },
  { point: 'deployment.written', time: 1 },
  { point: 'command.received', time: 2 },
  { point: 'command.judged', time: 2 },
  { point: 'group.begun', time: 2 },
  { point: 'trail.written', time: 2 },
  { point: 'projection.halfWritten', time: 2 },
  { point: 'unit.written', time: 2 },
  { point: 'group.committed', time: 2 },
  { point: 'published', time: 2 },
  { point: 'timer.found', time: 1 },
  { point: 'timer.fired', time: 1 },
  { point: 'answer.ready', time: 2 },
  { point: 'snapshot.due', time: 1 },
]

describe('one scenario, four hosts (design §10): the village decision from motion to archive', () => {
  for (const [name, open] of Object.entries(memoryHosts)) {
    it(`in memory: ${name}`, async () => {
      const report = await testPackage(folder, { name, open }, only)
      expect(linesOf(report).join('\n')).not.toMatch(/expected/i)
      expect(report.scenarios.map((scenario) => scenario.failures)).toEqual([[]])
    })
  }

  it(`on a file database, killed at ${kills.length} points (F01): nothing acknowledged is lost, the trail verifies`, async () => {
    let host: FileHost | undefined
    const open = async (package_: { resources: Parameters<typeof fileHost>[0]['resources'] }) => {
      host = await fileHost({ resources: package_.resources, kills })
      return host
    }
    const report = await testPackage(folder, { name: 'file', open }, only)
    expect(report.scenarios.map((scenario) => scenario.failures)).toEqual([[]])
    expect(host?.left).toEqual([])
    expect(host?.killed).toHaveLength(kills.length)
  }, 300_000)
})
