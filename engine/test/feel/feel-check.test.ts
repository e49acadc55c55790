import { describe, expect, it } from 'vitest'
import { caseFiles } from './cases.ts'
import { checkFile, failureLine } from './feel-check.ts'

describe('the table of FEEL (DMN 1.5 chapter 10, FEEL of Camunda 8)', () => {
  it.each(caseFiles())('FE3 FE4 every case of %s gives what its line says', (file) => {
    const { cases, failures } = checkFile(file)
    expect(failures.map(failureLine)).toEqual([])
    expect(cases).toBeGreaterThan(0)
  })
})
