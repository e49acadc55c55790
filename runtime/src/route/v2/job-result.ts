import type { JobResult, TaskCorrections, Variables as Values } from '@bihuan/engine'
import { Type } from 'typebox'
import { invalid } from '../../contract/fault.ts'
import { read } from './filter.ts'
import { closed, optional, Variables } from './shape.ts'

const Id = Type.String({ minLength: 1, maxLength: 200 })
const Ids = optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 1000 }))

/** Elements of an ad-hoc sub-process to begin. */
export const Activations = Type.Array(closed({ elementId: Id, variables: Variables }), { maxItems: 1000 })

/** What a worker decided (Camunda 8: "job result"). */
export const Result = closed({
  type: optional(Type.Union([Type.Literal('userTask'), Type.Literal('adHocSubProcess')])),
  denied: optional(Type.Boolean()),
  deniedReason: optional(Type.String({ maxLength: 10_000 })),
  corrections: optional(
    closed({
      assignee: optional(Type.String({ maxLength: 200 })),
      dueDate: optional(Type.String({ maxLength: 40 })),
      followUpDate: optional(Type.String({ maxLength: 40 })),
      candidateUsers: Ids,
      candidateGroups: Ids,
      priority: optional(Type.Integer({ minimum: 0, maximum: 100 })),
    }),
  ),
  activateElements: optional(Activations),
  isCompletionConditionFulfilled: optional(Type.Boolean()),
  isCancelRemainingInstances: optional(Type.Boolean()),
})
type Sent = Type.Static<typeof Result>

export const readActivations = (sent: Type.Static<typeof Activations>) =>
  sent.map(({ elementId, variables }) => ({ elementId, variables: (variables ?? {}) as Values }))

/** The decision as the engine takes it; null without one. Throws `BODY_INVALID` for what belongs to another type. */
export function readResult(sent: Sent | null | undefined): JobResult | null {
  if (!sent) return null
  const { type, denied, deniedReason, corrections, activateElements } = sent
  const { isCompletionConditionFulfilled: fulfilled, isCancelRemainingInstances: cancels } = sent
  const isTask = denied != null || deniedReason != null || corrections != null
  const isAdHoc = activateElements != null || fulfilled != null || cancels != null
  if (type === 'adHocSubProcess') {
    if (isTask) throw invalid('result.type', 'oneOf', ['userTask'])
    return {
      type,
      activateElements: readActivations(activateElements ?? []),
      isCompletionConditionFulfilled: fulfilled ?? false,
      isCancelRemainingInstances: cancels ?? false,
    }
  }
  if (isAdHoc) throw invalid('result.type', 'oneOf', ['adHocSubProcess'])
  // Camunda: without a type it is that of a user task. One that says nothing decides nothing.
  if (type == null && !isTask) return null
  return {
    type: 'userTask',
    denied: denied ?? false,
    deniedReason: deniedReason ?? '',
    corrections: readCorrections(corrections ?? {}),
  }
}

/** Null leaves a value as it is, an empty text takes it away. */
function readCorrections(sent: NonNullable<Sent['corrections']>): TaskCorrections {
  const { assignee, dueDate, followUpDate, candidateUsers, candidateGroups, priority } = sent
  const time = (text: string, name: string) => (text === '' ? null : read.time(text, `result.corrections.${name}`))
  return {
    ...(assignee != null && { assignee: assignee === '' ? null : assignee }),
    ...(dueDate != null && { dueAt: time(dueDate, 'dueDate') }),
    ...(followUpDate != null && { followUpAt: time(followUpDate, 'followUpDate') }),
    ...(candidateUsers != null && { candidateUsers }),
    ...(candidateGroups != null && { candidateGroups }),
    ...(priority != null && { priority }),
  }
}
