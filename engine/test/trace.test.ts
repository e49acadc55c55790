import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { betweens } from '../src/testing/index.ts'
import { caseNames, fixtures, readCase } from './cases.ts'
import { tell } from './story.ts'

/**
 * A picture and a trace (design §10), on the three hosts in memory. `TRACE=write` writes the facts anew below the
 * commands; review the diff.
 */
test.each(caseNames)('TR1 %s goes as its trace says', async (name) => {
  const told = readCase(name)
  if (process.env.TRACE === 'write') writeFileSync(new URL(`${name}.trace`, fixtures), (await tell(told)).text)
  else
    for (const [host, between] of Object.entries(betweens))
      expect((await tell(told, between)).text, host).toBe(told.story)
})
