import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { caseNames, fixtures, readCase, tell } from './story.ts'

/** A picture and a trace (design §10). `TRACE=write` writes the facts anew below the commands; review the diff. */
test.each(caseNames)('%s goes as its trace says', async (name) => {
  const told = readCase(name)
  const { text } = await tell(told)
  if (process.env.TRACE === 'write') writeFileSync(new URL(`${name}.trace`, fixtures), text)
  else expect(text).toBe(told.story)
})
