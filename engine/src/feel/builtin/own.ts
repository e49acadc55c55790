import type { Env } from '../env.ts'
import { isSame } from '../equality.ts'
import { FeelDate, FeelDateTime } from '../temporal/index.ts'
import { entryOf, type FeelValue, isContext } from '../value.ts'
import { type Arguments, builtin, exactWholeOf, type Family, isNil, listOf } from './builtin.ts'
import { addWorkingDays, calendarOf, isWorked, workingDaysBetween } from './calendar.ts'
import { dateOf } from './conversion.ts'
import { groupsOf } from './distinct.ts'

function plusWorkingDays([from, days, given]: Arguments, env: Env): FeelValue {
  const date = dateOf(from)
  const count = exactWholeOf(days)
  const calendar = calendarOf(given, env)
  if (!date || count === null || !calendar) return null
  const day = FeelDate.ofDay(addWorkingDays(calendar, date.dayNumber, count, env))
  return from instanceof FeelDateTime ? day && FeelDateTime.of(day, from.time) : day
}

function daysBetween([from, to, given]: Arguments, env: Env): FeelValue {
  const [a, b] = [dateOf(from), dateOf(to)]
  const calendar = calendarOf(given, env)
  return a && b && calendar && workingDaysBetween(calendar, a.dayNumber, b.dayNumber, env)
}

function isWorkingDay([given, listed]: Arguments, env: Env): FeelValue {
  const date = dateOf(given)
  const calendar = calendarOf(listed, env)
  return date && calendar && isWorked(calendar, date.dayNumber)
}

/** Who holds a role in a unit by an organisation of `{ person, role, unit }`; null when that is not what it is. */
function holders(
  role: FeelValue | undefined,
  unit: FeelValue | undefined,
  organisation: FeelValue | undefined,
  env: Env,
): readonly FeelValue[] | null {
  const posts = listOf(organisation, env)
  if (isNil(role) || isNil(unit) || !posts?.every(isContext)) return null
  const held = posts.filter(
    (post) => isSame(entryOf(post, 'role') ?? null, role, env) && isSame(entryOf(post, 'unit') ?? null, unit, env),
  )
  return groupsOf(
    held.map((post) => entryOf(post, 'person') ?? null),
    env,
  ).map(({ item }) => item)
}

/** The engine's own: working days by a calendar, and roles by an organisation. */
export const ownFunctions: Family = [
  builtin('add working days', 'from, days, calendar', plusWorkingDays),
  builtin('working days between', 'from, to, calendar', daysBetween),
  builtin('is working day', 'date, calendar', isWorkingDay),
  builtin('holders of', 'role, unit, organisation', ([role, unit, organisation], env) =>
    holders(role, unit, organisation, env),
  ),
  builtin('has role', 'person, role, unit, organisation', ([person, role, unit, organisation], env) => {
    const held = isNil(person) ? null : holders(role, unit, organisation, env)
    return held?.some((one) => isSame(one, person ?? null, env)) ?? null
  }),
]
