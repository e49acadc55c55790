import { and, asc, count, desc, eq, gt, isNotNull, max, min, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { VacantGroups, VacantTasks } from '../contract/contract.ts'
import { readCursor, time, wireKey, writeCursor } from '../contract/wire.ts'
import type { Store } from '../db/store.ts'
import { contains } from '../identity/access.ts'
import { casesLookedAfter } from '../identity/reach.ts'
import { caretakers } from '../identity/role.ts'
import type { Who } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { definitionOf } from './definition-of.ts'

const PAGE = 100

/** Whom tasks wait for in vain: holders of a role in a unit, or the person who has them. */
type Wanted = { readonly role: string; readonly unitId: string } | { readonly assignee: string }

/** What names a group: a step of a process, and whom its tasks wait for. */
interface GroupName {
  readonly processId?: string | undefined
  readonly elementId?: string | undefined
  readonly role?: string | undefined
  readonly unitId?: string | undefined
  readonly assignee?: string | undefined
}

/** Positions that take part in cases: who looks after the system takes part in none, whatever a model says. */
const works = sql`position.role not in ${[...caretakers]}`

/**
 * Offices that tasks were ever offered to: one look into the index for each, however many tasks lie between two of them.
 */
const everyOffice = sql`
  with recursive office(unit_id, role) as (
    select unit_id, role from (select unit_id, role from task_candidate order by unit_id, role limit 1) as the_first
    union all
    select later.unit_id, later.role from office join task_candidate as later
      on (later.task_key, later.role, later.unit_id) = (
        select task_key, role, unit_id from task_candidate as other
        where (other.unit_id, other.role) > (office.unit_id || '', office.role || '') order by unit_id, role limit 1))
  select unit_id, role from office`

/** Who has open tasks, found in the same way. */
const everyAssignee = sql`
  with recursive has(assignee) as (
    select min(assignee) from user_task where ended_at is null
    union all
    select (select min(assignee) from user_task as other where other.ended_at is null and other.assignee > has.assignee)
    from has where has.assignee is not null)
  select assignee from has where assignee is not null`

/** Tasks that nobody has and that are for the holders of an office which nobody holds. */
const ofVacantOffices = (offices: SQL) => sql`
  select candidate.task_key as task_key, office.role as role, office.unit_id as unit_id, null as assignee
  from (${offices}) as office
  cross join task_candidate as candidate
  where candidate.unit_id = office.unit_id and candidate.role = office.role and candidate.claimable = true
    and not exists (select 1 from position where position.unit_id = office.unit_id and position.role = office.role and ${works})`

/** Tasks that somebody has who holds no position any more: nothing of a case is open to him. Systems hold none. */
const ofFormerStaff = (assignees: SQL) => sql`
  select task.key as task_key, null as role, null as unit_id, has.assignee as assignee
  from (${assignees}) as has
  cross join user_task as task
  where task.assignee = has.assignee and task.ended_at is null
    and not exists (select 1 from position where position.person_id = has.assignee and ${works})
    and not exists (select 1 from api_client where api_client.id = has.assignee)`

/** What to look through: all of them, or those that wait for somebody alone. */
function waitingFor(wanted: Wanted | null): SQL {
  if (!wanted) return sql`(${ofVacantOffices(everyOffice)} union all ${ofFormerStaff(everyAssignee)})`
  return 'assignee' in wanted
    ? sql`(${ofFormerStaff(sql`select ${wanted.assignee} as assignee`)})`
    : sql`(${ofVacantOffices(sql`select ${wanted.unitId} as unit_id, ${wanted.role} as role`)})`
}

/** Open tasks within reach that nobody can go on with, one row for each whom they wait for. */
async function vacantTasks(store: Store, who: Who, wanted: Wanted | null) {
  const { userTask: t, taskCandidate: c, position: p, processInstance: i, processDefinition, ...names } = store.tables
  const { processId, processName, version } = definitionOf(store, t.definitionKey)
  const others = store.read
    .select({ one: sql`1` })
    .from(c)
    .innerJoin(p, and(eq(p.unitId, c.unitId), eq(p.role, c.role)))
    .where(and(eq(c.taskKey, t.key), works))
  const assignee = sql<string | null>`waiting.assignee`
  return store.scan
    .select({
      key: sql<number>`${t.key}`.as('key'),
      caseKey: sql<number>`${i.key}`.as('case_key'),
      caseNumber: sql<string | null>`${i.number}`.as('case_number'),
      unitId: sql<string>`${i.unitId}`.as('case_unit'),
      unitName: sql<string>`${i.unitName}`.as('case_unit_name'),
      unitLevel: sql<string>`${i.unitLevel}`.as('case_unit_level'),
      processId: processId.as('process_id'),
      processName: processName.as('process_name'),
      version: version.as('version'),
      elementId: sql<string>`${t.elementId}`.as('element_id'),
      elementName: sql<string>`${t.name}`.as('element_name'),
      elementInstanceKey: sql<number>`${t.elementInstanceKey}`.as('element_instance_key'),
      at: sql<number>`${t.createdAt}`.as('at'),
      role: sql<string | null>`waiting.role`.as('role'),
      roleName: sql<string | null>`coalesce(${names.role.name}, waiting.role)`.as('role_name'),
      office: sql<string | null>`waiting.unit_id`.as('office'),
      officeName: sql<string | null>`coalesce(${names.unit.name}, waiting.unit_id)`.as('office_name'),
      officeLevel: sql<string | null>`coalesce(${names.unit.level}, '')`.as('office_level'),
      assignee: assignee.as('assignee'),
      assigneeName: sql<string | null>`coalesce(${names.person.name}, ${assignee})`.as('assignee_name'),
    })
    .from(sql`${waitingFor(wanted)} as waiting`)
    .crossJoin(t)
    .innerJoin(i, eq(i.key, t.instanceKey))
    .leftJoin(processDefinition, eq(processDefinition.key, t.definitionKey))
    .leftJoin(names.role, eq(names.role.key, sql`waiting.role`))
    .leftJoin(names.unit, eq(names.unit.id, sql`waiting.unit_id`))
    .leftJoin(names.person, eq(names.person.id, assignee))
    .where(
      and(
        eq(t.key, sql`waiting.task_key`),
        eq(t.state, 'created'),
        or(isNotNull(assignee), and(sql`${t.candidateUsers} = '[]'`, notExists(others))),
        await casesLookedAfter(store, who),
      ),
    )
    .as('vacant')
}

/** Where tasks wait that nobody can go on with, the newest first: by step and whom they wait for. */
export async function readVacantGroups(
  { store, host }: Services,
  who: Who,
  request: { readonly search: string; readonly cursor: string | undefined },
): Promise<VacantGroups> {
  const v = await vacantTasks(store, who, null)
  const [latest, newest] = [max(v.at), max(v.key)]
  const from = readCursor(request.cursor)
  const words = request.search
  const sought = [v.processName, v.elementName, v.unitName, v.caseNumber, v.officeName, v.roleName, v.assigneeName]
  const isMeant = or(...sought.map((column) => contains(sql`${column}`, words)))
  const any = (column: SQL.Aliased) => sql<string>`max(${column})`
  const rows = await store.scan
    .select({
      processId: v.processId,
      processName: any(v.processName),
      elementId: v.elementId,
      elementName: any(v.elementName),
      role: v.role,
      roleName: any(v.roleName),
      office: v.office,
      officeName: any(v.officeName),
      officeLevel: any(v.officeLevel),
      assignee: v.assignee,
      assigneeName: any(v.assigneeName),
      count: count(),
      since: min(v.at),
      latest,
      newest,
      caseNumber: any(v.caseNumber),
      unitId: any(v.unitId),
      unitName: any(v.unitName),
      unitLevel: any(v.unitLevel),
    })
    .from(v)
    .groupBy(sql`${v.processId}`, sql`${v.elementId}`, sql`${v.role}`, sql`${v.office}`, sql`${v.assignee}`)
    .having(
      and(
        from ? sql`(${latest} < ${from.at} or (${latest} = ${from.at} and ${newest} < ${from.key}))` : undefined,
        words === '' ? undefined : sql`max(case when ${isMeant} then 1 else 0 end) = 1`,
      ),
    )
    .orderBy(desc(latest), desc(newest))
    .limit(PAGE + 1)
  const shown = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => ({
      processId: row.processId,
      processName: row.processName,
      elementId: row.elementId,
      elementName: row.elementName,
      post:
        row.role === null || row.office === null
          ? null
          : {
              role: row.role,
              roleName: row.roleName,
              unit: { id: row.office, name: row.officeName, level: row.officeLevel },
            },
      assignee: row.assignee === null ? null : { id: row.assignee, name: row.assigneeName },
      count: Number(row.count),
      since: time(Number(row.since)),
      latest: time(Number(row.latest)),
      only:
        Number(row.count) === 1
          ? { unit: { id: row.unitId, name: row.unitName, level: row.unitLevel }, caseNumber: row.caseNumber }
          : null,
    })),
    next: last ? writeCursor({ at: Number(last.latest), key: Number(last.newest) }) : null,
    now: time(host.clock.now()),
  }
}

/** Tasks of such a group, the oldest first; with `caseKey`, those of one case. */
export async function readVacantTasks(
  { store, host }: Services,
  who: Who,
  request: { readonly group: GroupName; readonly caseKey: number | null; readonly cursor: string | undefined },
): Promise<VacantTasks> {
  const { processId, elementId, ...wanted } = request.group
  const v = await vacantTasks(store, who, wantedOf(wanted))
  const from = readCursor(request.cursor)
  const rows = await store.scan
    .select()
    .from(v)
    .where(
      and(
        processId === undefined ? undefined : eq(v.processId, processId),
        elementId === undefined ? undefined : eq(v.elementId, elementId),
        request.caseKey === null ? undefined : eq(v.caseKey, request.caseKey),
        from ? or(gt(v.at, from.at), and(eq(v.at, from.at), gt(v.key, from.key))) : undefined,
      ),
    )
    .orderBy(asc(v.at), asc(v.key))
    .limit(PAGE + 1)
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined
  return {
    items: rows.slice(0, PAGE).map((row) => ({
      key: wireKey(row.key),
      caseKey: wireKey(row.caseKey),
      caseNumber: row.caseNumber,
      unit: { id: row.unitId, name: row.unitName, level: row.unitLevel },
      process: { id: row.processId, name: row.processName, version: row.version },
      elementId: row.elementId,
      elementName: row.elementName,
      elementInstanceKey: wireKey(row.elementInstanceKey),
      at: time(row.at),
    })),
    next: last ? writeCursor({ at: last.at, key: last.key }) : null,
    now: time(host.clock.now()),
  }
}

const wantedOf = ({ role, unitId, assignee }: GroupName): Wanted | null => {
  if (assignee !== undefined) return { assignee }
  return role === undefined || unitId === undefined ? null : { role, unitId }
}
