import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { isCaretaker, roleConflict } from './role.ts'

/** An organisation as written in `organisation.yaml` of a process package. */
export interface OrganisationFile {
  readonly levels: readonly { readonly key: string; readonly name: string }[]
  readonly units: readonly {
    readonly id: string
    readonly name: string
    readonly level: string
    readonly parent: string | null
  }[]
  readonly roles: readonly { readonly key: string; readonly name: string; readonly level: string | null }[]
  readonly people: readonly {
    readonly username: string
    readonly name: string
    readonly password: string | null
    /** Where mail reaches him. */
    readonly mail?: string
    readonly positions: readonly { readonly role: string; readonly unit: string }[]
  }[]
}

interface Written {
  levels?: ({ key: string; name: string } | string)[]
  units: { id: string; name: string; level: string; parent?: string | null }[]
  roles: { key: string; name: string; level?: string | null }[]
  people?: {
    username: string
    name: string
    password?: string
    mail?: string
    positions: { role: string; unit: string }[]
  }[]
}

const id = { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,64}$' }
const name = { type: 'string', minLength: 1, maxLength: 100 }
const list = (properties: object, required: string[]) => ({
  type: 'array',
  maxItems: 100_000,
  items: { type: 'object', additionalProperties: false, properties, required },
})

const validate = new Ajv({ allErrors: true, strict: false }).compile<Written>({
  type: 'object',
  additionalProperties: false,
  required: ['units', 'roles'],
  properties: {
    levels: {
      type: 'array',
      items: {
        anyOf: [{ type: 'string' }, { type: 'object', required: ['key', 'name'], properties: { key: id, name } }],
      },
    },
    units: list({ id, name, level: id, parent: { anyOf: [id, { type: 'null' }] } }, ['id', 'name', 'level']),
    roles: list({ key: id, name, level: { anyOf: [id, { type: 'null' }] } }, ['key', 'name']),
    people: list(
      {
        username: { type: 'string', pattern: '^[a-z0-9_.]{3,30}$' },
        name,
        password: { type: 'string', minLength: 12, maxLength: 128 },
        mail: { type: 'string', maxLength: 254, pattern: '^[^\\s@<>(),;:"]+@[^\\s@<>(),;:"]+$' },
        positions: list({ role: id, unit: id }, ['role', 'unit']),
      },
      ['username', 'name', 'positions'],
    ),
  },
})

/** Every fault of an organisation file at once. */
export class OrganisationFileError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.name = 'OrganisationFileError'
    this.faults = faults
  }
}

/**
 * Reads an `organisation.yaml`: units parents first, roles with their names, people with positions. Throws
 * `OrganisationFileError` with all faults: unknown unit or role, a cycle, two of the same id, roles that exclude each
 * other (三员分立).
 */
export function readOrganisationFile(text: string): OrganisationFile {
  let written: unknown
  try {
    written = parse(text, { maxAliasCount: 50 })
  } catch (error) {
    throw new OrganisationFileError([`Expected YAML, but ${error instanceof Error ? error.message : String(error)}`])
  }
  if (!validate(written)) {
    throw new OrganisationFileError(
      (validate.errors ?? []).map((error) => `Expected ${error.instancePath || 'the file'} ${error.message}.`),
    )
  }
  const faults: string[] = []
  const twice = (what: string, ids: readonly string[]) => {
    for (const one of ids)
      if (ids.indexOf(one) !== ids.lastIndexOf(one)) faults.push(`Expected each ${what} once, but ${one} stands twice.`)
  }
  twice(
    'unit',
    written.units.map((unit) => unit.id),
  )
  twice(
    'role',
    written.roles.map((role) => role.key),
  )
  twice(
    'person',
    (written.people ?? []).map((person) => person.username),
  )
  twice(
    'mail address',
    (written.people ?? []).flatMap((person) => person.mail?.toLowerCase() ?? []),
  )
  const units = parentsFirst(written.units, faults)
  const unitIds = new Set(units.map((unit) => unit.id))
  const roleKeys = new Set(written.roles.map((role) => role.key))
  for (const person of written.people ?? []) {
    for (const position of person.positions) {
      if (!unitIds.has(position.unit))
        faults.push(`Expected a unit for ${person.username}, but there is none with id ${position.unit}.`)
      if (!roleKeys.has(position.role) && !isCaretaker(position.role)) {
        faults.push(`Expected a role for ${person.username}, but there is none with key ${position.role}.`)
      }
    }
    const conflict = roleConflict(person.positions.map((position) => position.role))
    if (conflict)
      faults.push(`Expected ${person.username} to hold ${conflict.role} alone, but he also holds ${conflict.other}.`)
  }
  if (faults.length > 0) throw new OrganisationFileError([...new Set(faults)])
  return {
    levels: (written.levels ?? []).map((level) => (typeof level === 'string' ? { key: level, name: level } : level)),
    units,
    roles: written.roles.map((role) => ({ key: role.key, name: role.name, level: role.level ?? null })),
    people: (written.people ?? []).map((person) => ({ ...person, password: person.password ?? null })),
  }
}

function parentsFirst(written: Written['units'], faults: string[]): OrganisationFile['units'] {
  const sorted: { id: string; name: string; level: string; parent: string | null }[] = []
  const placed = new Set<string>()
  let rest = written.map((unit) => ({ ...unit, parent: unit.parent ?? null }))
  while (rest.length > 0) {
    const next = rest.filter((unit) => unit.parent === null || placed.has(unit.parent))
    if (next.length === 0) {
      faults.push(
        `Expected every unit to have a way to the root, but ${rest.map((unit) => unit.id).join(', ')} have none.`,
      )
      break
    }
    for (const unit of next) {
      sorted.push(unit)
      placed.add(unit.id)
    }
    rest = rest.filter((unit) => !placed.has(unit.id))
  }
  return sorted
}
