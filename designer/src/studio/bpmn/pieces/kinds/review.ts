import type { AccessMatrix } from '@bihuan/engine'
import { st } from '../../../../i18n/studio.ts'
import type { Fragment, FragmentFlow, FragmentNode } from '../fragment.ts'
import { assignedTo, form, stage, userTask } from '../parts.ts'
import { cells, namesFor, type PieceContext, readsAll, readsBack } from '../piece-context.ts'
import { conclusion, opinion } from '../piece-fields.ts'

/**
 * 审核: a reviewer agrees or returns. What is returned goes back to the step before; nobody can go back to a start, so
 * after a start whoever raised the case gets a step to mend it in.
 */
export function review(context: PieceContext): Fragment {
  const names = namesFor(context)
  const id = names.group('review', ['result', 'agreed', 'returned', 'mend', 'mended'])
  const result = names.field(conclusion())
  const words = names.field(opinion())
  const own = [result, words]
  const name = st('pieces.kind.review')
  const { before } = context
  const mends = before?.kind !== 'task'
  const review: FragmentNode = {
    id: id(),
    type: 'bpmn:UserTask',
    name,
    x: 0,
    y: 0,
    extensions: [userTask, form(context.packageId, id()), stage(name)],
  }
  const gateway: FragmentNode = {
    id: id('result'),
    type: 'bpmn:ExclusiveGateway',
    name: st('pieces.element.agreed'),
    x: 125,
    y: 0,
  }
  const mend: FragmentNode = {
    id: id('mend'),
    type: 'bpmn:UserTask',
    name: st('pieces.element.mend'),
    x: 125,
    y: 130,
    extensions: [userTask, form(context.packageId, id('mend')), ...assignedTo(before?.candidateGroups ?? null)],
  }
  const back: FragmentFlow = {
    id: id('returned'),
    source: id('result'),
    target: before && !mends ? before.id : id('mend'),
    name: st('pieces.flow.returned'),
    isDefault: true,
  }
  return {
    nodes: mends ? [review, gateway, mend] : [review, gateway],
    flows: [
      { id: `${id()}_done`, source: id(), target: id('result') },
      back,
      ...(mends ? [{ id: id('mended'), source: id('mend'), target: id() }] : []),
    ],
    roots: [],
    entry: id(),
    exit: {
      source: id('result'),
      name: st('pieces.flow.agreed'),
      condition: `=${result.key} = "agree"`,
    },
    main: id(),
    fields: own,
    access: {
      [id()]: { ...readsAll(context.dictionary), [result.key]: 'required', [words.key]: 'write' },
      ...readsBack(before, own),
      ...(mends ? { [id('mend')]: mendAccess(context, own) } : {}),
    } satisfies AccessMatrix,
  }
}

/** Who mends writes what was written at the start, and reads why it came back. */
function mendAccess(context: PieceContext, own: Fragment['fields']): AccessMatrix[string] {
  const atStart = context.before ? context.dictionary.access[context.before.id] : undefined
  return { ...atStart, ...cells(own, 'read') }
}
