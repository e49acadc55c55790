import { st } from '../../../../i18n/studio.ts'
import type { Fragment } from '../fragment.ts'
import { assignedTo, form, stage, userTask } from '../parts.ts'
import { namesFor, type PieceContext, readsAll } from '../piece-context.ts'

/** 填报: people fill a form. Offered to those who did the step before, until somebody else is named. */
export function fill(context: PieceContext): Fragment {
  const id = namesFor(context).id('fill')
  const name = st('pieces.kind.fill')
  return {
    nodes: [
      {
        id,
        type: 'bpmn:UserTask',
        name,
        x: 0,
        y: 0,
        extensions: [
          userTask,
          form(context.packageId, id),
          ...assignedTo(context.before?.candidateGroups ?? null),
          stage(name),
        ],
      },
    ],
    flows: [],
    roots: [],
    entry: id,
    exit: { source: id },
    main: id,
    fields: [],
    access: { [id]: readsAll(context.dictionary) },
  }
}
