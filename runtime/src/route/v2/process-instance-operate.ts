import type { MoveAncestor, Variables as Values } from '@bihuan/engine'
import { type TSchema, Type } from 'typebox'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { actorOf } from './deployment.ts'
import { read } from './filter.ts'
import { instanceOf } from './instance-of.ts'
import { closed, Key, operationReference, optional, reason } from './shape.ts'

const Id = Type.String({ minLength: 1, maxLength: 200 })
const MAX_INSTRUCTIONS = 1000
const list = <T extends TSchema>(item: T) => Type.Array(item, { maxItems: MAX_INSTRUCTIONS })

const VariableInstructions = optional(
  list(
    closed({
      variables: Type.Record(Type.String(), Type.Unknown()),
      scopeId: optional(Type.String({ maxLength: 200 })),
    }),
  ),
)
const Ancestor = Type.Union([
  closed({ ancestorScopeType: Type.Literal('direct'), ancestorElementInstanceKey: Key }),
  closed({ ancestorScopeType: Type.Literal('inferred') }),
  closed({ ancestorScopeType: Type.Literal('sourceParent') }),
])
const Modify = closed({
  activateInstructions: optional(
    list(
      closed({
        elementId: Id,
        variableInstructions: VariableInstructions,
        ancestorElementInstanceKey: optional(Type.String({ maxLength: 20 })),
      }),
    ),
  ),
  moveInstructions: optional(
    list(
      closed({
        sourceElementInstruction: Type.Union([
          closed({ sourceType: Type.Literal('byId'), sourceElementId: Id }),
          closed({ sourceType: Type.Literal('byKey'), sourceElementInstanceKey: Key }),
        ]),
        targetElementId: Id,
        ancestorScopeInstruction: optional(Ancestor),
        variableInstructions: VariableInstructions,
      }),
    ),
  ),
  terminateInstructions: optional(list(Type.Union([closed({ elementInstanceKey: Key }), closed({ elementId: Id })]))),
  operationReference,
  reason,
})
const Migrate = closed({
  targetProcessDefinitionKey: Key,
  mappingInstructions: list(closed({ sourceElementId: Id, targetElementId: Id })),
  operationReference,
  reason,
})
type VariableInstructions = Type.Static<typeof VariableInstructions>

/** Without a scope, or with an empty one, variables are the process's. */
const readVariables = (sent: VariableInstructions | undefined) =>
  (sent ?? []).map(({ variables, scopeId }) => ({ scopeId: scopeId || null, variables: variables as Values }))

/** Camunda: -1 stands for none. */
const readAncestor = (text: string | null | undefined) =>
  text == null || text === '-1' ? {} : { ancestorKey: read.key(text, 'ancestorElementInstanceKey') }

const readMoveAncestor = (sent: Type.Static<typeof Ancestor>): MoveAncestor =>
  sent.ancestorScopeType === 'direct'
    ? { kind: 'direct', key: read.key(sent.ancestorElementInstanceKey) }
    : { kind: sent.ancestorScopeType }

/** What an operator does to a running process instance as a whole. */
export function operateRoutes({ store, host }: Services): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v2/process-instances/:key/cancellation',
      policy: 'client',
      summary: 'Cancel a process instance',
      input: closed({ operationReference, reason }),
      bodyOptional: true,
      output: null,
      async handler({ who, params, body, requestId }) {
        const { key } = await instanceOf(store, params.key)
        const value = { reason: body.reason ?? '' }
        await host.submit({ kind: 'processInstance.cancel', key, actor: actorOf(who), requestId, value })
      },
    }),
    route({
      method: 'POST',
      path: '/v2/process-instances/:key/modification',
      policy: 'client',
      summary: 'Activate, move and terminate elements of a process instance, all or nothing',
      input: Modify,
      output: null,
      async handler({ who, params, body, requestId }) {
        const { key } = await instanceOf(store, params.key)
        const value = {
          reason: body.reason ?? '',
          activate: (body.activateInstructions ?? []).map((one) => ({
            elementId: one.elementId,
            ...readAncestor(one.ancestorElementInstanceKey),
            variables: readVariables(one.variableInstructions),
          })),
          move: (body.moveInstructions ?? []).map(({ sourceElementInstruction: source, ...one }) => ({
            source:
              source.sourceType === 'byId'
                ? { elementId: source.sourceElementId }
                : { elementInstanceKey: read.key(source.sourceElementInstanceKey) },
            targetElementId: one.targetElementId,
            ...(one.ancestorScopeInstruction && { ancestor: readMoveAncestor(one.ancestorScopeInstruction) }),
            variables: readVariables(one.variableInstructions),
          })),
          terminate: (body.terminateInstructions ?? []).map((one) =>
            'elementId' in one
              ? { elementId: one.elementId }
              : { elementInstanceKey: read.key(one.elementInstanceKey, 'elementInstanceKey') },
          ),
        }
        await host.submit({ kind: 'processInstance.modify', key, actor: actorOf(who), requestId, value })
      },
    }),
    route({
      method: 'POST',
      path: '/v2/process-instances/:key/migration',
      policy: 'client',
      summary: 'Let a process instance go on in another definition, all or nothing',
      input: Migrate,
      output: null,
      async handler({ who, params, body, requestId }) {
        const { key } = await instanceOf(store, params.key)
        const value = {
          reason: body.reason ?? '',
          targetDefinitionKey: read.key(body.targetProcessDefinitionKey, 'targetProcessDefinitionKey'),
          mappings: body.mappingInstructions,
        }
        await host.submit({ kind: 'processInstance.migrate', key, actor: actorOf(who), requestId, value })
      },
    }),
  ]
}
