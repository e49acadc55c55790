import { st } from '../../../../i18n/studio.ts'
import { writeRatio } from '../../sentence/feel/ratio.ts'
import type { Fragment } from '../fragment.ts'
import { assignedTo, form, stage, userTask } from '../parts.ts'
import { namesFor, type PieceContext, readsAll } from '../piece-context.ts'
import { attendance, votes } from '../piece-fields.ts'

/**
 * 票决: a meeting is recorded, then two questions are asked in whole numbers: were enough people there, did enough of
 * them agree. Too few: the meeting is held again; not passed: it ends.
 */
export function vote(context: PieceContext): Fragment {
  const names = namesFor(context)
  const id = names.group('vote', ['quorum', 'passed', 'enough', 'again', 'failed', 'closed'])
  const present = names.field(attendance())
  const count = names.field(votes(present.key))
  const name = st('pieces.kind.vote')
  return {
    nodes: [
      {
        id: id(),
        type: 'bpmn:UserTask',
        name,
        x: 0,
        y: 0,
        extensions: [
          userTask,
          form(context.packageId, id()),
          ...assignedTo(context.before?.candidateGroups ?? null),
          stage(name),
        ],
      },
      { id: id('quorum'), type: 'bpmn:ExclusiveGateway', name: st('pieces.element.quorum'), x: 125, y: 0 },
      { id: id('passed'), type: 'bpmn:ExclusiveGateway', name: st('pieces.element.passed'), x: 265, y: 0 },
      { id: id('closed'), type: 'bpmn:EndEvent', name: st('pieces.element.notPassed'), x: 265, y: 110 },
    ],
    flows: [
      { id: `${id()}_recorded`, source: id(), target: id('quorum') },
      {
        id: id('enough'),
        source: id('quorum'),
        target: id('passed'),
        name: st('pieces.flow.enough'),
        condition: writeRatio({
          part: `${present.key}.present`,
          whole: `${present.key}.expected`,
          numerator: 2,
          denominator: 3,
          isStrict: false,
        }),
      },
      {
        id: id('again'),
        source: id('quorum'),
        target: id(),
        name: st('pieces.flow.tooFew'),
        isDefault: true,
      },
      {
        id: id('failed'),
        source: id('passed'),
        target: id('closed'),
        name: st('pieces.flow.notPassed'),
        isDefault: true,
      },
    ],
    roots: [],
    entry: id(),
    exit: {
      source: id('passed'),
      name: st('pieces.flow.passed'),
      condition: writeRatio({
        part: `${count.key}.yes`,
        whole: `${present.key}.present`,
        numerator: 1,
        denominator: 2,
        isStrict: true,
      }),
    },
    main: id(),
    fields: [present, count],
    access: {
      [id()]: { ...readsAll(context.dictionary), [present.key]: 'required', [count.key]: 'required' },
    },
  }
}
