import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { conformance, isRefused, markdown, refusals } from './conformance.ts'

const rows = await conformance()

test('TR1 every cell of Camunda 8 is executed and tested', () => {
  const holes = rows.filter((row) => row.status === 'not executed')
  expect(holes.map(({ element, position }) => `${element} ${position}`)).toEqual([])
})

test.each(refusals)('CO2 CO3 what Camunda 8 refuses is refused: $element $position', async (refusal) => {
  expect(await isRefused(refusal)).toBe(true)
})

test('docs/conformance.md is what the fixtures show (npm run conformance)', () => {
  const written = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8')
  expect(written).toBe(markdown(rows))
})
