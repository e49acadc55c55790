import type { Json } from '@bihuan/engine'
import { inArray } from 'drizzle-orm'
import { ARCHIVE } from '../audit/archived.ts'
import type { TrailRecord } from '../audit/chain.ts'
import { ERASE } from '../audit/erased-lines.ts'
import { time } from '../contract/wire.ts'
import type { Store } from '../db/store.ts'

/** Something a row says: words as they are, or what has a name of its own somewhere. */
type Said =
  | string
  | { readonly person: string }
  | { readonly username: string }
  | { readonly role: string }
  | { readonly unit: string }
  | { readonly case: number }

type Says = { readonly [fact: string]: Said | null | undefined }
type Values = { readonly [name: string]: Json | undefined }
type Say = (value: Values, key: number | null, facts: readonly Values[]) => Says

const text = (value: Json | undefined): string | null =>
  typeof value === 'string' ? value || null : typeof value === 'number' ? String(value) : null
const at = (value: Json | undefined): string | null => (typeof value === 'number' ? time(value) : null)
const caseOf = (key: Json | null | undefined): Said | null => (typeof key === 'number' ? { case: key } : null)
const named =
  <K extends 'person' | 'username' | 'role' | 'unit'>(kind: K) =>
  (value: Json | undefined): Said | null =>
    typeof value === 'string' && value !== '' ? ({ [kind]: value } as unknown as Said) : null
const [person, username, role, unit] = [named('person'), named('username'), named('role'), named('unit')]

const withName: Say = ({ name }) => ({ name: text(name) })
const position: Say = (value) => ({
  person: person(value.personId),
  role: role(value.role),
  unit: unit(value.unitId),
  other: role(value.other),
})
const whom: Say = ({ id }) => ({ person: person(id) })
const packages: Say = (_value, _key, facts) => ({
  name: text(facts[0]?.name) ?? text(facts[0]?.packageId),
  reason: text(facts[0]?.reason),
})

/**
 * What rows outside cases say, by the kind of their command. What is not here says no more than its kind: answers that
 * people gave, values of messages and parameters are nothing an auditor reads.
 */
const sayings: { readonly [kind: string]: Say } = {
  'session.created': ({ address }) => ({ address: text(address) }),
  'session.refused': (value) => ({ person: username(value.username), address: text(value.address) }),
  'request.refused': ({ method, path }) => ({ target: [text(method), text(path)].filter(Boolean).join(' ') || null }),
  'webhook.refused': withName,
  'webhook.created': withName,
  'webhook.removed': withName,
  'client.created': withName,
  'client.removed': withName,
  'position.refused': position,
  'case.exported': ({ instanceKey }) => ({ case: caseOf(instanceKey) }),
  [ARCHIVE]: ({ rows }, key) => ({ case: caseOf(key), rows: text(rows) }),
  [ERASE]: ({ reason, records }, key) => ({ case: caseOf(key), reason: text(reason), records: text(records) }),
  'clock.pinned': (value) => ({ at: at(value.at) }),
  'clock.jumped': (value) => ({ from: at(value.from), at: at(value.to) }),
  'signingKey.created': ({ number, keyId }) => ({ number: text(number), keyId: text(keyId) }),
  'unit.created': withName,
  'unit.changed': withName,
  'level.created': withName,
  'level.changed': withName,
  'role.created': withName,
  'role.changed': withName,
  'person.created': whom,
  'person.changed': whom,
  'person.opened': whom,
  'person.closed': whom,
  'person.passwordReset': whom,
  'position.created': position,
  'position.ended': position,
  'deployment.create': (_value, _key, facts) => ({
    name:
      facts.flatMap(({ name, processId }) => (processId === undefined ? [] : (text(name) ?? []))).join('、') || null,
  }),
  'package.create': packages,
  'package.publish': packages,
  'package.remove': packages,
  'package.retire': packages,
  'package.restore': packages,
  'migration.begin': ({ reason }) => ({ reason: text(reason) }),
  'resolution.begin': ({ reason }) => ({ reason: text(reason) }),
  'parameterSet.create': (value) => ({ unit: unit(value.unitId), from: at(value.effectiveFrom) }),
  'message.publish': withName,
  'signal.broadcast': withName,
}

/** What a row outside cases says, before names are looked up. `records` are null where they were erased. */
export function sayAudited(records: readonly (TrailRecord | null)[]): Says {
  const [command, ...facts] = records
  const say = command && sayings[command.kind]
  return say
    ? say(
        valuesOf(command),
        command.key,
        facts.map((fact) => (fact ? valuesOf(fact) : {})),
      )
    : {}
}

const valuesOf = ({ value }: TrailRecord): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}

/** Names for what rows say. A thing without a name is said by its id. */
export async function nameSaid(
  store: Store,
  all: readonly Says[],
): Promise<(says: Says) => { [fact: string]: string }> {
  const said = all.flatMap((says) => Object.values(says)).filter((one) => typeof one === 'object' && one !== null)
  const idsOf = (kind: string): string[] => [
    ...new Set(said.flatMap((one) => (kind in one ? [String(Object.values(one)[0])] : []))),
  ]
  const { person, role, unit, processInstance, archivedCase } = store.tables
  const found = {
    person: await names(idsOf('person'), (ids) =>
      store.read.select({ id: person.id, name: person.name }).from(person).where(inArray(person.id, ids)),
    ),
    username: await names(idsOf('username'), (ids) =>
      store.read.select({ id: person.username, name: person.name }).from(person).where(inArray(person.username, ids)),
    ),
    role: await names(idsOf('role'), (ids) =>
      store.read.select({ id: role.key, name: role.name }).from(role).where(inArray(role.key, ids)),
    ),
    unit: await names(idsOf('unit'), (ids) =>
      store.read.select({ id: unit.id, name: unit.name }).from(unit).where(inArray(unit.id, ids)),
    ),
    case: await names(idsOf('case'), async (ids) => {
      const keys = ids.map(Number)
      const [live, archived] = [
        await store.read
          .select({ id: processInstance.key, name: processInstance.number })
          .from(processInstance)
          .where(inArray(processInstance.key, keys)),
        await store.read
          .select({ id: archivedCase.key, name: archivedCase.number })
          .from(archivedCase)
          .where(inArray(archivedCase.key, keys)),
      ]
      return [...live, ...archived].map(({ id, name }) => ({ id: String(id), name }))
    }),
  }
  return (says) =>
    Object.fromEntries(
      Object.entries(says).flatMap(([fact, one]) => {
        if (one == null) return []
        if (typeof one === 'string') return [[fact, one]]
        const [[kind, id]] = Object.entries(one) as [[keyof typeof found, string | number]]
        return [[fact, found[kind].get(String(id)) ?? String(id)]]
      }),
    )
}

async function names(
  ids: string[],
  read: (ids: string[]) => PromiseLike<readonly { readonly id: string; readonly name: string | null }[]>,
): Promise<ReadonlyMap<string, string>> {
  const rows = ids.length === 0 ? [] : await read(ids)
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name]])))
}
