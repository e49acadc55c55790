import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { contextOf, evaluateDecision, type Json, readDecisions, type Variables } from '@bihuan/engine'
import { describe, expect, test } from 'vitest'

const file = fileURLToPath(new URL('../village-decision/decide-body.dmn', import.meta.url))
const { decisions, problems } = await readDecisions(await readFile(file, 'utf8'), 'decide-body.dmn')
const [decision] = decisions
const at = Date.parse('2026-03-02T09:00:00+08:00')

/** No authorisation, nobody asks for an assembly, counted by heads. */
const plain: Variables = {
  matter_kind: 'public_works',
  authorised: 'no',
  assembly_request: 'none',
  assembly_mode: 'people',
}
const authorised: Variables = { ...plain, authorised: 'yes', authorisation_until: '2026-12-31' }

function decide(facts: Variables): { rule: string | undefined; value: { [name: string]: Json } } {
  if (!decision) throw new Error('Expected a decision in decide-body.dmn')
  const outcome = evaluateDecision(decision, contextOf({ ...facts, parameters: { meeting_notice_days: 5 } }), at)
  if (!outcome.ok) throw new Error(outcome.message)
  return { rule: outcome.rules[0], value: outcome.value as { [name: string]: Json } }
}

test('the decision is read without problems', () => {
  expect(problems).toEqual([])
})

describe('which body decides', () => {
  test.each<[string, Variables, string]>([
    ['an election belongs elsewhere', { ...authorised, matter_kind: 'election' }, 'Rule_election'],
    [
      'the village code is for the assembly, authorised or not',
      { ...authorised, matter_kind: 'village_code' },
      'Rule_village_code',
    ],
    [
      'the village code by households',
      { ...plain, matter_kind: 'village_code', assembly_mode: 'households' },
      'Rule_village_code_households',
    ],
    ['a land plan with authorisation', { ...authorised, matter_kind: 'land_contract_plan' }, 'Rule_land_reps'],
    [
      'a land plan without',
      { ...plain, matter_kind: 'land_contract_plan', assembly_mode: 'households' },
      'Rule_land_assembly',
    ],
    [
      'property of the collective belongs elsewhere',
      { ...authorised, matter_kind: 'collective_org' },
      'Rule_collective_org',
    ],
    ['one project one vote, authorised', { ...authorised, matter_kind: 'one_project' }, 'Rule_one_project_reps'],
    [
      'one project one vote, by households',
      { ...plain, matter_kind: 'one_project', assembly_mode: 'households' },
      'Rule_one_project_households',
    ],
    ['one project one vote, by heads', { ...plain, matter_kind: 'one_project' }, 'Rule_one_project'],
    ['a group matter by heads', { ...authorised, matter_kind: 'group_matter' }, 'Rule_group'],
    [
      'a group matter by households',
      { ...plain, matter_kind: 'group_matter', assembly_mode: 'households' },
      'Rule_group_households',
    ],
    ['a listed matter with authorisation', authorised, 'Rule_reps'],
    ['authorised to the very day', { ...authorised, authorisation_until: '2026-03-02' }, 'Rule_reps'],
    ['an authorisation that ran out yesterday', { ...authorised, authorisation_until: '2026-03-01' }, 'Rule_assembly'],
    ['an authorisation without a last day', { ...plain, authorised: 'yes' }, 'Rule_assembly'],
    [
      'a listed matter without authorisation, by households',
      { ...plain, assembly_mode: 'households' },
      'Rule_assembly_households',
    ],
    ['anything else', { ...authorised, matter_kind: 'other' }, 'Rule_other'],
  ])('%s', (_, facts, rule) => {
    expect(decide(facts).rule).toBe(rule)
  })

  test.each([
    ['villagers', 80, 800, 'Rule_assembly'],
    ['villagers', 79, 800, 'Rule_reps'],
    ['reps', 11, 33, 'Rule_assembly'],
    ['reps', 10, 33, 'Rule_reps'],
  ])('%s: %d of %d asking for an assembly', (who, count, base, rule) => {
    expect(decide({ ...authorised, assembly_request: who, petition_count: count, petition_base: base }).rule).toBe(rule)
  })

  test.each([
    'allowance',
    'collective_income',
    'public_works',
    'collective_project',
    'homestead',
    'compensation',
    'property_disposal',
    'assembly_other',
  ])('%s is a listed matter', (matter_kind) => {
    expect(decide({ ...authorised, matter_kind }).rule).toBe('Rule_reps')
    expect(decide({ ...plain, matter_kind }).rule).toBe('Rule_assembly')
  })
})

describe('how it is counted', () => {
  const numbers = (facts: Variables) => {
    const { value } = decide(facts)
    return [
      value.attendance_numerator,
      value.attendance_denominator,
      value.attendance_strict,
      value.pass_numerator,
      value.pass_denominator,
      value.pass_strict,
      value.pass_base,
      value.notice_days,
      value.filing,
    ]
  }

  test.each<[string, Variables, Json[]]>([
    ['assembly by heads', plain, [1, 2, true, 1, 2, true, 'present', 10, 'none']],
    [
      'assembly by households',
      { ...plain, assembly_mode: 'households' },
      [2, 3, false, 1, 2, true, 'present', 10, 'none'],
    ],
    ['representatives', authorised, [2, 3, false, 1, 2, true, 'present', 5, 'none']],
    ['village code', { ...plain, matter_kind: 'village_code' }, [1, 2, true, 1, 2, true, 'present', 10, 'filing']],
    ['land plan', { ...authorised, matter_kind: 'land_contract_plan' }, [2, 3, false, 2, 3, false, 'all', 5, 'none']],
    [
      'land adjusted',
      { ...authorised, matter_kind: 'land_adjustment' },
      [2, 3, false, 2, 3, false, 'all', 5, 'approval'],
    ],
    [
      'land to outsiders, assembly',
      { ...plain, matter_kind: 'land_outsiders' },
      [1, 2, true, 2, 3, false, 'all', 10, 'approval'],
    ],
    [
      'one project one vote',
      { ...authorised, matter_kind: 'one_project' },
      [2, 3, false, 1, 2, true, 'present', 5, 'approval'],
    ],
    ['group', { ...plain, matter_kind: 'group_matter' }, [2, 3, false, 1, 2, true, 'present', 5, 'none']],
  ])('%s', (_, facts, expected) => {
    expect(numbers(facts)).toEqual(expected)
  })

  test('the gateways count by these two signs only', () => {
    // The gateways of the process compare with ≥ for "all" and with > for "present": the table must agree with them.
    for (const matter_kind of ['public_works', 'village_code', 'land_adjustment', 'one_project', 'group_matter']) {
      for (const facts of [plain, authorised, { ...plain, assembly_mode: 'households' }]) {
        const { value } = decide({ ...facts, matter_kind })
        expect(value.pass_strict).toBe(value.pass_base === 'present')
      }
    }
  })
})
