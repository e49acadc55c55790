import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { play, type RandomCase } from '../../src/testing/random-run.ts'

const folder = new URL('./', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))

test.each(names)('SC1 SC2 ST2 ST4 AH9 AH11 OP8 a case that once failed holds: %s', async (name) => {
  const kept = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as RandomCase
  const { facts } = await play(kept)
  expect(facts.length).toBeGreaterThan(0)
})
