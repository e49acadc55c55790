import { compile, type DefinitionBundle, type FieldDictionary } from '@bihuan/engine'
import { internalJob, play } from '@bihuan/engine/testing'
import { describe, expect, it } from 'vitest'
import type { Fragment, FragmentNode } from './fragment.ts'
import { processXml } from './fragment-xml.test-support.ts'
import { userTask } from './parts.ts'
import { drawPiece, type PieceKind, pieceKinds } from './piece.ts'
import type { PieceContext, StepBefore } from './piece-context.ts'

const dictionary: FieldDictionary = {
  fields: [
    { key: 'title', name: 'Title', kind: 'text', grade: 'public' },
    { key: 'secret', name: 'Secret', kind: 'text', grade: 'sensitive' },
    { key: 'urgent', name: 'Urgent', kind: 'yesNo', grade: 'internal' },
  ],
  access: { start: { title: 'required', secret: 'write' } },
}

const task: StepBefore = { id: 'before', kind: 'task', candidateGroups: 'clerk' }
const start: StepBefore = { id: 'start', kind: 'start', candidateGroups: 'clerk' }

const context = (before: StepBefore | null, taken: readonly string[] = []): PieceContext => ({
  packageId: 'demo',
  isTaken: (id) => ['start', 'before', 'end', ...taken].includes(id),
  dictionary,
  before,
  roles: ['clerk', 'member'],
  caseTitle: '=title',
  processName: 'Demo',
  host: 'before',
})

const plain = (id: string, type: string): FragmentNode => ({
  id,
  type,
  x: 0,
  y: 0,
  ...(type === 'bpmn:UserTask' ? { extensions: [userTask] } : {}),
})

/** Start, a task, the piece, the end. A piece that stands in no way is beside one that goes straight on. */
async function placed(fragment: Fragment): Promise<DefinitionBundle> {
  const { entry, exit } = fragment
  const xml = await processXml(
    {
      nodes: [plain('start', 'bpmn:StartEvent'), plain('before', 'bpmn:UserTask'), plain('end', 'bpmn:EndEvent')],
      flows: [
        { id: 'in', source: 'start', target: 'before' },
        ...(entry === null
          ? [{ id: 'on', source: 'before', target: 'end' }]
          : [{ id: 'on', source: 'before', target: entry }]),
        ...(exit ? [{ id: 'out', target: 'end', ...exit }] : []),
      ],
    },
    fragment,
  )
  const { processes, problems } = await compile(xml, 'piece.bpmn')
  expect(problems).toEqual([])
  return { key: 2 ** 20 + 1, version: 1, process: processes[0]!, decisions: {}, forms: {} }
}

const people = { clerk: [1, 2].map((n) => ({ id: `p${n}`, name: `P${n}` })) }

async function started(kind: PieceKind, before: StepBefore = task) {
  const fragment = drawPiece(kind, context(before))
  const game = play(await placed(fragment))
  const jobs = () => {
    for (const job of game.facts.filter((fact) => fact.kind === 'job.created'))
      if (game.state.jobs.has(job.key)) {
        const done = internalJob(job as never, game.at, game.state.instance?.units ?? [], people)
        expect(done?.kind).toBe('job.complete')
        game.send('job.complete', job.key, done?.value as never)
      }
  }
  const ended = () => game.state.instance?.status === 'completed'
  game.start({ title: 'A road', urgent: true })
  game.complete('before')
  jobs()
  return { game, fragment, jobs, ended }
}

describe('pieces', () => {
  it.each(pieceKinds.flatMap((kind) => [[kind, task] as const, [kind, start] as const]))(
    '%s compiles without a problem after a step',
    async (kind, before) => {
      await placed(drawPiece(kind, context(before)))
    },
  )

  it('take free ids and keys, again and again', () => {
    const first = drawPiece('review', context(task))
    expect(first.main).toBe('review_1')
    expect(first.fields.map((field) => field.key)).toEqual(['conclusion', 'opinion'])
    const second = drawPiece('review', {
      ...context(task, ['review_1_result']),
      dictionary: { ...dictionary, fields: [...dictionary.fields, ...first.fields] },
    })
    expect(second.main).toBe('review_2')
    expect(second.fields.map((field) => field.key)).toEqual(['conclusion_2', 'opinion_2'])
    expect(new Set([...first.fields, ...second.fields].map((field) => field.name)).size).toBe(4)
  })

  it('show no step what is sensitive', () => {
    for (const kind of pieceKinds)
      for (const row of Object.values(drawPiece(kind, context(task)).access)) expect(row.secret).toBeUndefined()
  })

  it('ask anew what is judged, counted and noted, each time their step is reached', () => {
    const anew = pieceKinds.flatMap((kind) => drawPiece(kind, context(task)).fields.filter((field) => field.anew))
    expect(anew.map(({ key }) => key).sort()).toEqual([
      ...['acknowledged', 'attendance', 'conclusion', 'opinion', 'reminder_note'],
      ...['sign_opinion', 'sign_result', 'votes'],
    ])
  })

  it('name a form for every step people fill', () => {
    for (const kind of pieceKinds) {
      const { nodes, access } = drawPiece(kind, context(start))
      for (const node of nodes.filter(({ type }) => type === 'bpmn:UserTask')) {
        expect(node.extensions).toContainEqual({ $type: 'zeebe:FormDefinition', formId: `demo_${node.id}` })
        expect(Object.keys(access)).toContain(node.id)
      }
    }
  })
})

describe('a piece played', () => {
  it('fill: somebody fills it', async () => {
    const { game, ended } = await started('fill')
    game.complete('fill_1')
    expect(ended()).toBe(true)
  })

  it('review: returned to the step before, then agreed', async () => {
    const { game, ended } = await started('review')
    game.complete('review_1', { conclusion: 'return', opinion: 'Photos are missing' })
    expect(game.tasks()).toEqual(['before'])
    game.complete('before')
    game.complete('review_1', { conclusion: 'agree' })
    expect(ended()).toBe(true)
  })

  it('review after a start: returned to a step of its own, which may write what the start wrote', async () => {
    const { game, fragment, ended } = await started('review', start)
    expect(fragment.access.review_1_mend).toMatchObject({ title: 'required', secret: 'write', opinion: 'read' })
    game.complete('review_1', { conclusion: 'return' })
    game.complete('review_1_mend', { title: 'A wider road' })
    game.complete('review_1', { conclusion: 'agree' })
    expect(ended()).toBe(true)
  })

  it('sign: each signer answers alone; one who disagrees sends it back', async () => {
    const { game, jobs, ended } = await started('sign')
    expect([...game.state.tasks.values()].map((one) => one.assignee)).toEqual(['p1', 'p2'])
    game.complete('sign_1', { sign_result: 'agree', sign_opinion: 'Good' })
    expect(game.variables().sign_opinion).toBeUndefined()
    game.complete('sign_1', { sign_result: 'disagree', sign_opinion: 'Too dear' })
    expect(game.variables().sign_1_opinions).toEqual([
      { person: 'P1', result: 'agree', opinion: 'Good' },
      { person: 'P2', result: 'disagree', opinion: 'Too dear' },
    ])
    expect(game.tasks()).toEqual(['before'])
    game.complete('before')
    jobs()
    game.complete('sign_1', { sign_result: 'agree' })
    game.complete('sign_1', { sign_result: 'agree' })
    expect(ended()).toBe(true)
  })

  it.each([
    // 22 of 33 is two thirds; 11 of 22 is not more than half.
    [{ expected: 33, present: 22 }, 12, 'ended'],
    [{ expected: 33, present: 21 }, 21, 'again'],
    [{ expected: 33, present: 22 }, 11, 'failed'],
  ])('vote: %o with %i yes is %s', async (attendance, yes, outcome) => {
    const { game, ended } = await started('vote')
    const { present } = attendance
    game.complete('vote_1', { attendance, votes: { present, yes, no: present - yes, abstain: 0 } })
    expect(ended()).toBe(outcome !== 'again')
    const taken = game.facts.flatMap((fact) => (fact.kind === 'sequenceFlow.taken' ? [fact.value] : []))
    const flows = taken.map((value) => (value as { flowId: string }).flowId)
    expect(flows.at(-1)).toBe({ ended: 'out', again: 'vote_1_again', failed: 'vote_1_failed' }[outcome])
  })

  it('notice: publishes the public fields and waits for the last day to end', async () => {
    const { game, ended } = await started('notice')
    const job = game.facts.find((fact) => fact.kind === 'job.created')
    expect((job?.value as { variables: object } | undefined)?.variables).toMatchObject({
      title: 'A road',
      days: 7,
      fields: [{ label: 'Title', value: 'A road' }],
    })
    expect(ended()).toBe(false)
    game.fire('notice_1_wait')
    expect(ended()).toBe(true)
  })

  it('inform: the case goes on; the reading ends by itself', async () => {
    const { game, ended } = await started('inform')
    expect(game.tasks()).toEqual(['inform_1'])
    game.complete('inform_1', { acknowledged: true })
    expect(ended()).toBe(true)
  })

  it('wait: three days', async () => {
    const { game, ended } = await started('wait')
    game.fire('wait_1')
    expect(ended()).toBe(true)
  })

  it('decide: begins with the last field that can be asked', async () => {
    const { game, fragment } = await started('decide')
    expect(fragment.exit?.condition).toBe('=urgent = true')
    expect(game.state.instance?.status).toBe('completed')
  })

  it('sub-process: its step is done inside', async () => {
    const { game, ended } = await started('subProcess')
    game.complete('part_1_task')
    expect(ended()).toBe(true)
  })

  it('limit: reminds somebody while the step stays open', async () => {
    const fragment = drawPiece('limit', context(task))
    const game = play(await placed(fragment))
    game.start()
    game.fire('limit_1')
    expect(game.tasks()).toEqual(['before', 'limit_1_remind'])
    game.complete('limit_1_remind', { reminder_note: 'Called' })
    game.complete('before')
    expect(game.state.instance?.status).toBe('completed')
  })
})
