import type { PackageFiles } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import { prepare } from './prepare.ts'
import { marksOf, storyOf } from './story.ts'
import { Trial } from './trial.ts'

const read = import.meta.glob<string>('../../../../examples/village-decision/*.{bpmn,dmn,form,yaml}', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const files: PackageFiles = Object.fromEntries(
  Object.entries(read).map(([path, text]) => [path.split('/').at(-1)!, text]),
)
const nothing = { forms: [], decisions: [] }
const units = [
  { id: 'v', name: 'Village', level: 'village' },
  { id: 't', name: 'Town', level: 'township' },
]
const began = Date.parse('2026-03-02T01:00:00Z')
const motion = {
  title: 'East canal',
  origin: 'members_and_villagers',
  matter_kind: 'public_works',
  involves_money: 'yes',
  amount: '186000.00',
  affected_groups: ['group_2'],
  affected_households: 68,
  plan_draft: 'Dredge it',
  authorised: 'yes',
  authorisation_ref: '1/2025',
  authorisation_until: '2026-12-31',
  assembly_request: 'none',
  assembly_mode: 'people',
}

const { matter_kind, authorised, authorisation_ref, authorisation_until, assembly_request, assembly_mode } = motion
const kept = { matter_kind, authorised, authorisation_ref, authorisation_until, assembly_request, assembly_mode }
/** A classification that has the motion classified once more. */
const reclassified = { classification: 'reclassify', ...kept }

async function open(given: PackageFiles = files): Promise<Trial> {
  const { prepared, problems } = await prepare(given, nothing)
  expect(problems).toEqual([])
  return new Trial(prepared!, units, {}, began)
}

describe('a trial', () => {
  it('is refused with the findings of deploy while the draft has errors', async () => {
    const { prepared, problems } = await prepare({ ...files, 'motion.form': '{' }, nothing)
    expect(prepared).toBeNull()
    expect(problems.map(({ code }) => code)).toContain('FORM_INVALID')
  })

  it('judges the start form by the rules of the server, and starts nothing when answers are refused', async () => {
    const trial = await open()
    const faults = await trial.start({}, 'village_clerk')
    expect(faults.map(({ field }) => field)).toContain('title')
    expect(trial.started).toBe(false)
  })

  it('plays on, tells what happened with reasons, and takes a step back', async () => {
    const trial = await open()
    expect(await trial.start(motion, 'village_clerk')).toEqual([])
    const [task] = trial.view.tasks
    expect(task?.elementId).toBe('classification')
    const story = storyOf(trial.facts)
    expect(story.map(({ kind }) => kind)).toEqual(['decision', 'started'])
    expect(marksOf(trial.facts, trial.prepared.process)).toMatchObject({ classification: 'active', motion: 'done' })
    await trial.takeBack()
    expect([trial.started, trial.view.tasks]).toEqual([false, []])
    // What was answered is there to be changed.
    expect(trial.startForm(null)?.data).toMatchObject({ title: 'East canal', affected_households: 68 })
    expect(await trial.start(motion, 'village_clerk')).toEqual([])
    expect(trial.view.tasks.map(({ elementId }) => elementId)).toEqual(['classification'])
  })

  it('asks anew what is asked anew when its step is reached again, and takes no former answer for this one', async () => {
    const trial = await open()
    await trial.start(motion, 'village_clerk')
    const task = () => trial.view.tasks[0]!.key
    const first = { ...reclassified, matter_kind: 'land_adjustment' }
    expect(await trial.complete(task(), first, 'branch_secretary')).toEqual([])
    const { data } = trial.taskForm(task())!
    expect([data.classification, data.matter_kind]).toEqual([undefined, 'land_adjustment'])
    const faults = await trial.complete(task(), {}, 'branch_secretary')
    expect(faults.map(({ field, code }) => [field, code])).toEqual([['classification', 'FIELD_REQUIRED']])
    await trial.complete(task(), { classification: 'confirm' }, 'branch_secretary')
    await trial.takeBack()
    // What was answered of this very task comes back.
    expect(trial.taskForm(task())!.data.classification).toBe('confirm')
  })

  it('asks for nothing anew that a condition locks', async () => {
    const field = '"key": "classification",'
    const form = files['classification.form']!
    const lock = JSON.stringify('=now() > date and time("2026-03-02T02:00:00Z")')
    const trial = await open({ ...files, 'classification.form': form.replace(field, `${field} "readonly": ${lock},`) })
    await trial.start(motion, 'village_clerk')
    expect(await trial.complete(trial.view.tasks[0]!.key, reclassified, 'branch_secretary')).toEqual([])
    const shown = () => trial.taskForm(trial.view.tasks[0]!.key)!.data.classification
    expect(shown()).toBe(undefined)
    await trial.advanceBy('PT2H')
    expect(shown()).toBe('reclassify')
  })
})
