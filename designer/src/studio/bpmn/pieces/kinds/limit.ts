import { st } from '../../../../i18n/studio.ts'
import type { Fragment } from '../fragment.ts'
import { form, timer, userTask } from '../parts.ts'
import { namesFor, type PieceContext, readsAll } from '../piece-context.ts'
import { handled } from '../piece-fields.ts'

/**
 * 限时: when a step is not done in time, somebody else is told and notes what was done about it; the step itself stays
 * open. Attached to the step it limits.
 */
export function limit(context: PieceContext): Fragment {
  const names = namesFor(context)
  const id = names.group('limit', ['late', 'remind', 'done'])
  const note = names.field(handled())
  return {
    nodes: [
      {
        id: id(),
        type: 'bpmn:BoundaryEvent',
        name: st('pieces.element.late'),
        x: 30,
        y: 40,
        ...(context.host === null ? {} : { host: context.host }),
        attributes: { cancelActivity: false, eventDefinitions: [timer('timeDuration', 'P3D')] },
      },
      {
        id: id('remind'),
        type: 'bpmn:UserTask',
        name: st('pieces.element.remind'),
        x: 150,
        y: 150,
        extensions: [userTask, form(context.packageId, id('remind'))],
      },
      { id: id('done'), type: 'bpmn:EndEvent', name: st('pieces.element.reminded'), x: 268, y: 150 },
    ],
    flows: [
      { id: id('late'), source: id(), target: id('remind') },
      { id: `${id()}_noted`, source: id('remind'), target: id('done') },
    ],
    roots: [],
    entry: null,
    exit: null,
    main: id(),
    fields: [note],
    access: { [id('remind')]: { ...readsAll(context.dictionary), [note.key]: 'required' } },
  }
}
