import { getTableColumns } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Random } from '../faults/random.ts'
import { openReader } from '../src/db/libsql-reader.ts'
import type { TableName } from '../src/db/schema/index.ts'
import { JOB_TYPE, MESSAGE, PASSWORD, people, SIGNAL } from './world.ts'

/** What is really there, by table: requests that name it get further than those that name nothing. */
export interface Known {
  readonly keys: { readonly [table: string]: readonly string[] }
}

const MOST = 60

const tables: readonly TableName[] = [
  'processInstance',
  'elementInstance',
  'userTask',
  'job',
  'incident',
  'variable',
  'notification',
  'notice',
  'processDefinition',
  'form',
  'decision',
  'deployment',
  'messageSubscription',
  'file',
  'package',
  'person',
]

/** Reads the newest keys of every kind. */
export async function readKnown(databasePath: string): Promise<Known> {
  const reader = openReader(databasePath)
  try {
    const keys: { [table: string]: readonly string[] } = {}
    for (const name of tables) {
      const table = reader.tables[name]
      const column = getTableColumns(table) as { readonly [name: string]: SQLiteColumn | undefined }
      const rows = await reader.read.select({ key: (column.key ?? column.id ?? column.jobKey)! }).from(table)
      keys[name] = rows.slice(-MOST).map(({ key }) => String(key))
    }
    return { keys }
  } finally {
    reader.close()
  }
}

/** By the start of a path: what its first parameter names. */
const named: readonly (readonly [path: RegExp, table: TableName])[] = [
  [/^\/api\/cases|^\/v2\/process-instances/, 'processInstance'],
  [/^\/api\/tasks|^\/v2\/user-tasks/, 'userTask'],
  [/^\/v2\/jobs/, 'job'],
  [/^\/v2\/incidents/, 'incident'],
  [/^\/v2\/variables/, 'variable'],
  [/^\/v2\/element-instances/, 'elementInstance'],
  [/^\/v2\/process-definitions/, 'processDefinition'],
  [/^\/v2\/decision/, 'decision'],
  [/^\/v2\/resources/, 'form'],
  [/^\/api\/packages/, 'package'],
  [/^\/api\/files/, 'file'],
  [/^\/api\/notifications/, 'notification'],
  [/^\/api\/notices/, 'notice'],
]

/** Names that fields mean something by. */
const words: { readonly [field: string]: readonly string[] } = {
  processId: ['petition', 'post'],
  processDefinitionId: ['petition', 'post'],
  bpmnProcessId: ['petition', 'post'],
  unitId: ['east', 'west', 'town', 'district'],
  type: [JOB_TYPE],
  name: [MESSAGE, SIGNAL, 'subject', 'Copy'],
  messageName: [MESSAGE],
  signalName: [SIGNAL],
  elementId: ['write', 'judge', 'send', 'paid', 'sleep', 'adHoc', 'more', 'which', 'start', 'end'],
  sourceElementId: ['write', 'judge', 'send'],
  targetElementId: ['write', 'judge', 'send', 'more'],
  assignee: people.map(([username]) => username),
  username: people.map(([username]) => username),
  password: [PASSWORD, 'a-wrong-password'],
  action: ['withdraw', 'return', 'remind', 'claim', 'start', 'reopen'],
  errorCode: ['back', 'none'],
  correlationKey: ['1', 'a'],
  tenantId: ['<default>'],
  version: ['1', '2'],
  state: ['ACTIVE', 'COMPLETED', 'CREATED', 'open', 'ended'],
  field: ['state', 'name', 'key', 'processInstanceKey', 'creationDate', 'startDate', 'priority', 'value'],
}

/** A value that a path parameter of this name may have, there or not. */
export function namedAt(random: Random, known: Known, path: string, parameter: string): string {
  const table = named.find(([pattern]) => pattern.test(path))?.[1]
  const own = words[parameter]
  if (own !== undefined) return random.pick(own)!
  return random.pick(known.keys[table ?? 'processInstance'] ?? []) ?? '1'
}

/** Text for a field of this name. */
export function textFor(random: Random, known: Known, field: string): string {
  const own = words[field]
  if (own !== undefined) return random.pick(own)!
  if (/definitionKey/i.test(field)) return random.pick(known.keys.processDefinition!) ?? '1'
  if (/elementInstanceKey|scopeKey|scopeId/i.test(field)) return random.pick(known.keys.elementInstance!) ?? '1'
  if (/formKey/i.test(field)) return random.pick(known.keys.form!) ?? '1'
  if (/key$/i.test(field)) return random.pick(known.keys.processInstance!) ?? '1'
  if (/date|^at$/i.test(field)) return '2026-03-02T01:00:00Z'
  return random.pick(['x', 'Subject', '一件事', '1'])!
}
