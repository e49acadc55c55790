import type { Key } from '@bihuan/engine'
import { update, upsert } from '../db/row-change.ts'
import type { FactContext, Projection } from './projection.ts'

const takesPart = (context: FactContext, ...people: string[]) =>
  people.map((personId) => upsert('participant', { instanceKey: context.case.instanceKey, personId, open: true }))

const actingPerson = (context: FactContext) =>
  context.actor.type === 'person' ? takesPart(context, context.actor.id) : []

const ended = (instanceKey: Key) => [update('participant', { open: false }, { instanceKey })]

export const participant: Projection = {
  'processInstance.created': (_key, _value, context) => actingPerson(context),
  'userTask.created': (_key, value, context) =>
    takesPart(
      context,
      ...new Set(value.assignee === null ? value.candidateUsers : [value.assignee, ...value.candidateUsers]),
    ),
  'userTask.assigned': (_key, value, context) => takesPart(context, value.assignee),
  'userTask.completing': (_key, _value, context) => actingPerson(context),
  'userTask.completed': (_key, _value, context) => actingPerson(context),
  'messageSubscription.correlated': (_key, _value, context) => actingPerson(context),
  'processInstance.completed': (key) => ended(key),
  'processInstance.terminated': (key) => ended(key),
}
