import { readFileSync } from 'node:fs'
import { readDecisions } from '@bihuan/engine'
import { expect, it } from 'vitest'
import { namesRead, readsToday } from './decision-names.ts'

const body = readFileSync(new URL('../../../../examples/village-decision/decide-body.dmn', import.meta.url), 'utf8')
const decision = (await readDecisions(body, 'decide-body.dmn')).decisions[0]!

it('asks for what the table reads, and for the day where it matters', () => {
  expect(namesRead(decision)).toEqual([
    'matter_kind',
    'authorised',
    'authorisation_until',
    'assembly_request',
    'petition_count',
    'petition_base',
    'assembly_mode',
  ])
  expect(readsToday(decision)).toBe(true)
})
