import type { Element } from 'bpmn-js/lib/model/Types'
import type { StudioKey } from '../../../i18n/studio.ts'
import { eventOf, isType, loopOf, objectOf } from '../pieces/extension.ts'
import { type PieceKind, pieceKinds } from '../pieces/piece.ts'
import { jobOf } from './model-facts.ts'

/** Beginnings of the ids that pieces give; `pieceKinds` has other spellings for two of them. */
const PIECE_OF: { readonly [base: string]: PieceKind } = {
  ...Object.fromEntries(pieceKinds.map((kind) => [kind, kind])),
  part: 'subProcess',
}

/** What an element is to those who work, and the sign it wears. */
export function kindOf(element: Element): { readonly words: StudioKey; readonly piece: PieceKind } {
  const bo = objectOf(element)
  const base = /^([a-z]+)_\d+$/u.exec(String(bo.id))?.[1]
  const known = base === undefined ? undefined : PIECE_OF[base]
  const piece = (kind: PieceKind) => ({ words: `pieces.kind.${kind}` as StudioKey, piece: kind })
  if (isType(element, 'bpmn:UserTask')) return piece(known ?? (loopOf(bo) ? 'sign' : 'fill'))
  if (jobOf(element) === 'bihuan.notice') return piece('notice')
  if (jobOf(element) === 'bihuan.people') return { words: 'pieces.type.lookUp', piece: 'sign' }
  if (isType(element, 'bpmn:SubProcess')) return piece('subProcess')
  if (isType(element, 'bpmn:BoundaryEvent')) {
    const isTimer = eventOf(bo, 'bpmn:TimerEventDefinition') !== undefined
    return isTimer ? piece('limit') : { words: 'pieces.type.event', piece: 'wait' }
  }
  if (isType(element, 'bpmn:IntermediateCatchEvent')) return piece('wait')
  if (isType(element, 'bpmn:ExclusiveGateway')) return piece('decide')
  const [, words, sign] = TYPES.find(([type]) => isType(element, type)) ?? OTHER
  return { words, piece: sign }
}

const OTHER = ['', 'pieces.type.other', 'fill'] as const
const TYPES = [
  ['bpmn:ParallelGateway', 'pieces.type.parallel', 'decide'],
  ['bpmn:StartEvent', 'pieces.type.start', 'fill'],
  ['bpmn:EndEvent', 'pieces.type.end', 'subProcess'],
  ['bpmn:SequenceFlow', 'pieces.type.flow', 'decide'],
  ['bpmn:BusinessRuleTask', 'pieces.type.rule', 'decide'],
  ['bpmn:ScriptTask', 'pieces.type.script', 'fill'],
  ['bpmn:ServiceTask', 'pieces.type.service', 'fill'],
  ['bpmn:ManualTask', 'pieces.type.manual', 'fill'],
  ['bpmn:Participant', 'pieces.type.pool', 'subProcess'],
  ['bpmn:Lane', 'pieces.type.lane', 'subProcess'],
  ['bpmn:Process', 'pieces.type.process', 'subProcess'],
  ['bpmn:Collaboration', 'pieces.type.process', 'subProcess'],
] as const satisfies readonly (readonly [string, StudioKey, PieceKind])[]
