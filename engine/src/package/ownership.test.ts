import { describe, expect, it } from 'vitest'
import { blankPackage } from './blank.ts'
import { judgePackage } from './judge.ts'
import type { TakenIds } from './ownership.ts'

const files = blankPackage({ id: 'grant', name: 'Grant' })
const processId = /<bpmn:process id="([^"]+)"/.exec(files['process.bpmn'] ?? '')?.[1] ?? ''
const nothing: TakenIds = { processes: [], decisions: [], forms: [] }
const findings = async (given: typeof files, taken = nothing, packageId = 'grant') =>
  (await judgePackage(given, { forms: [], decisions: [], owner: { packageId, taken } })).problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, resource }) => `${code} ${resource}`)

describe('a draft judged for its package', () => {
  it('is sound when its ids are its own', async () => {
    expect(await findings(files)).toEqual([])
  })

  it('must not hold what belongs to another', async () => {
    expect(await findings(files, { ...nothing, processes: [processId] })).toEqual([
      'ID_OF_ANOTHER_PACKAGE process.bpmn',
    ])
  })

  it('must keep its id, its package.yaml and a process', async () => {
    expect(await findings(files, nothing, 'other')).toEqual(['PACKAGE_ID_DIFFERS package.yaml'])
    expect(await findings({ 'fields.yaml': '' })).toEqual([
      'PACKAGE_FILE_MISSING package.yaml',
      'PACKAGE_FILE_MISSING process.bpmn',
    ])
  })
})
