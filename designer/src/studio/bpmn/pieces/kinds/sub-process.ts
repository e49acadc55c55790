import { st } from '../../../../i18n/studio.ts'
import type { Fragment } from '../fragment.ts'
import { assignedTo, form, stage, userTask } from '../parts.ts'
import { namesFor, type PieceContext, readsAll } from '../piece-context.ts'

/** 子流程: steps that belong together, drawn open, with a first step to go on from. */
export function subProcess(context: PieceContext): Fragment {
  const id = namesFor(context).group('part', ['start', 'task', 'end'])
  const name = st('pieces.kind.subProcess')
  const inside = { parent: id(), y: 0 }
  return {
    nodes: [
      {
        id: id(),
        type: 'bpmn:SubProcess',
        name,
        x: 0,
        y: 0,
        width: 350,
        height: 180,
        extensions: [stage(name)],
      },
      { id: id('start'), type: 'bpmn:StartEvent', x: -125, ...inside },
      {
        id: id('task'),
        type: 'bpmn:UserTask',
        name: st('pieces.kind.fill'),
        x: 0,
        ...inside,
        extensions: [
          userTask,
          form(context.packageId, id('task')),
          ...assignedTo(context.before?.candidateGroups ?? null),
        ],
      },
      { id: id('end'), type: 'bpmn:EndEvent', x: 125, ...inside },
    ],
    flows: [
      { id: `${id()}_opened`, source: id('start'), target: id('task') },
      { id: `${id()}_filled`, source: id('task'), target: id('end') },
    ],
    roots: [],
    entry: id(),
    exit: { source: id() },
    main: id(),
    fields: [],
    access: { [id('task')]: readsAll(context.dictionary) },
  }
}
