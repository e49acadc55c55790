import { expect, it } from 'vitest'
import { createBeforeSave } from './before-save.ts'

it('asks every editor, waits for those that write, and for none that ended', async () => {
  const editors = createBeforeSave()
  const written: string[] = []
  expect(editors.bring()).toBeUndefined()
  editors.add(() => {
    written.push('fields')
    return undefined
  })
  expect(editors.bring()).toBeUndefined()
  const end = editors.add(async () => {
    await Promise.resolve()
    written.push('drawing')
  })
  editors.add(() => Promise.reject(new Error('cannot write')))
  await editors.bring()
  expect(written).toEqual(['fields', 'fields', 'drawing'])
  end()
  await editors.bring()
  expect(written).toEqual(['fields', 'fields', 'drawing', 'fields'])
})
