import { st } from '../../../../i18n/studio.ts'
import { writeCount } from '../../sentence/feel/count.ts'
import type { Fragment, FragmentFlow, FragmentNode } from '../fragment.ts'
import { assignee, form, headers, job, mapping, stage, userTask } from '../parts.ts'
import { namesFor, type PieceContext, readsAll, readsBack } from '../piece-context.ts'
import { signOpinion, signResult } from '../piece-fields.ts'

/** Value of the field 会签意见 that agrees. */
const AGREE = 'agree'

/**
 * 会签: all who hold a role are looked up and each gives an opinion on a form of his own. The answers stay with each
 * signer (the mappings make local variables), so nobody is shown what another has written; the collected opinions are
 * one list.
 */
export function sign(context: PieceContext): Fragment {
  const names = namesFor(context)
  const id = names.group('sign', ['people', 'signers', 'opinions', 'result', 'agreed', 'refused', 'closed'])
  const result = names.field(signResult())
  const words = names.field(signOpinion())
  const own = [result, words]
  const name = st('pieces.kind.sign')
  const { before } = context
  const list = id('opinions')
  const nodes: FragmentNode[] = [
    {
      id: id('people'),
      type: 'bpmn:ServiceTask',
      name: st('pieces.element.signers'),
      x: 0,
      y: 0,
      extensions: [job('bihuan.people'), headers(roleOf(context)), mapping([], [[id('signers'), '=people']])],
    },
    {
      id: id(),
      type: 'bpmn:UserTask',
      name,
      x: 150,
      y: 0,
      attributes: {
        loopCharacteristics: {
          $type: 'bpmn:MultiInstanceLoopCharacteristics',
          extensionElements: {
            $type: 'bpmn:ExtensionElements',
            values: [
              {
                $type: 'zeebe:LoopCharacteristics',
                inputCollection: `=${id('signers')}`,
                inputElement: 'signer',
                outputCollection: list,
                outputElement: `={person: signer.name, result: ${result.key}, opinion: ${words.key}}`,
              },
            ],
          },
        },
      },
      extensions: [
        userTask,
        form(context.packageId, id()),
        assignee('=signer.id'),
        mapping(own.map((field) => [field.key, '=null'] as const)),
        stage(name),
      ],
    },
    { id: id('result'), type: 'bpmn:ExclusiveGateway', name: st('pieces.element.allAgreed'), x: 275, y: 0 },
  ]
  const isTask = before?.kind === 'task'
  if (!isTask)
    nodes.push({ id: id('closed'), type: 'bpmn:EndEvent', name: st('pieces.element.notAgreed'), x: 275, y: 110 })
  const refused: FragmentFlow = {
    id: id('refused'),
    source: id('result'),
    target: isTask ? before.id : id('closed'),
    name: st('pieces.flow.notAllAgreed'),
    isDefault: true,
  }
  return {
    nodes,
    flows: [
      { id: `${id()}_called`, source: id('people'), target: id() },
      { id: `${id()}_done`, source: id(), target: id('result') },
      refused,
    ],
    roots: [],
    entry: id('people'),
    exit: {
      source: id('result'),
      name: st('pieces.flow.allAgreed'),
      condition: writeCount({ list, member: 'result', value: AGREE, share: 'all' }),
    },
    main: id(),
    fields: own,
    access: {
      [id()]: { ...readsAll(context.dictionary), [result.key]: 'required', [words.key]: 'write' },
      ...readsBack(before, own),
    },
  }
}

/** The role to begin with: who did the step before in the unit of the case, else the first there is. */
function roleOf(context: PieceContext): { role?: string } {
  const [first] = context.before?.candidateGroups?.split(',') ?? []
  const own = first && !first.includes('@') ? first.trim() : undefined
  const role = own ?? context.roles[0]
  return role === undefined ? {} : { role }
}
