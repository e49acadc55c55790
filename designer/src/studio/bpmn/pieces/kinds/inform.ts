import { st } from '../../../../i18n/studio.ts'
import type { Fragment } from '../fragment.ts'
import { form, userTask } from '../parts.ts'
import { namesFor, type PieceContext, readsAll } from '../piece-context.ts'
import { read } from '../piece-fields.ts'

/** 通知: somebody reads it and says so, while the case goes on. The reading ends by itself. */
export function inform(context: PieceContext): Fragment {
  const names = namesFor(context)
  const id = names.group('inform', ['split', 'told', 'done'])
  const seen = names.field(read())
  return {
    nodes: [
      { id: id('split'), type: 'bpmn:ParallelGateway', x: 0, y: 0 },
      {
        id: id(),
        type: 'bpmn:UserTask',
        name: st('pieces.element.acknowledge'),
        x: 110,
        y: 120,
        extensions: [userTask, form(context.packageId, id())],
      },
      { id: id('done'), type: 'bpmn:EndEvent', name: st('pieces.element.acknowledged'), x: 230, y: 120 },
    ],
    flows: [
      { id: id('told'), source: id('split'), target: id() },
      { id: `${id()}_read`, source: id(), target: id('done') },
    ],
    roots: [],
    entry: id('split'),
    exit: { source: id('split') },
    main: id(),
    fields: [seen],
    access: { [id()]: { ...readsAll(context.dictionary), [seen.key]: 'required' } },
  }
}
