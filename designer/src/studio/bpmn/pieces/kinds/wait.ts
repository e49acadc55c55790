import { st } from '../../../../i18n/studio.ts'
import type { Fragment } from '../fragment.ts'
import { timer } from '../parts.ts'
import { namesFor, type PieceContext } from '../piece-context.ts'

/** 等待: some days, until the panel of sentences says a date or a message. */
export function waitFor(context: PieceContext): Fragment {
  const id = namesFor(context).id('wait')
  return {
    nodes: [
      {
        id,
        type: 'bpmn:IntermediateCatchEvent',
        name: st('pieces.kind.wait'),
        x: 0,
        y: 0,
        attributes: { eventDefinitions: [timer('timeDuration', 'P3D')] },
      },
    ],
    flows: [],
    roots: [],
    entry: id,
    exit: { source: id },
    main: id,
    fields: [],
    access: {},
  }
}
