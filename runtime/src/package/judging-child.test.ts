import { afterAll, expect, test } from 'vitest'
import { JudgingChild } from './judging-child.ts'

const child = new JudgingChild()
afterAll(() => child.close())
const NONE = { forms: [], decisions: [] }
const files = { 'package.yaml': 'id: a\nname: A\n', 'process.bpmn': '<bpmn:def' }

test('drafts are judged in a process of their own', async () => {
  const summaries = await Promise.all([child.summarise(files, NONE), child.summarise({}, NONE)])
  expect(summaries).toMatchObject([
    { name: 'A', errors: 1, steps: 0 },
    { name: null, errors: 0 },
  ])
})

test('one that takes too long has no summary, and the next is judged', async () => {
  const hasty = new JudgingChild(1)
  expect(await hasty.summarise(files, NONE)).toBeNull()
  expect(await hasty.summarise(files, NONE)).toBeNull()
  hasty.close()
  expect(await hasty.summarise(files, NONE)).toBeNull()
  expect(await child.summarise(files, NONE)).toMatchObject({ name: 'A' })
})
