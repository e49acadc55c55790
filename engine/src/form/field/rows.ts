import { listSeparator } from '../../problem/index.ts'
import type { Component } from '../component.ts'
import type { FieldColumn, JsonObject, ValueFault } from '../form.ts'
import { isObject, own } from '../json-object.ts'
import { type CellFault, describeCell, MAX_CELL, readColumn, rowFaults } from '../rule/columns.ts'
import { DATE } from '../rule/day.ts'
import { moneySchema } from '../rule/money.ts'
import { requiredProperty } from './definition.ts'
import { type FieldType, fieldType } from './field-type.ts'

const MAX_COLUMNS = 30
const MAX_TABLE_ROWS = 500

/** Schema of one cell; an empty one is null, a text may be empty. */
function cellSchema({ kind, options }: FieldColumn): JsonObject {
  switch (kind) {
    case 'text':
      return { type: ['string', 'null'], maxLength: MAX_CELL }
    case 'number':
      return { type: ['number', 'null'] }
    case 'money':
      return { ...moneySchema, type: ['string', 'null'] }
    case 'date':
      return { type: ['string', 'null'], pattern: `^${DATE}$` }
    case 'choice':
      return { enum: [...options.map((option) => option.value), null] }
  }
}

function readColumns(component: Component): readonly FieldColumn[] | null {
  const given = component.value('columns')
  if (!Array.isArray(given) || given.length === 0 || given.length > MAX_COLUMNS) {
    component.refuse('noColumns')
    return null
  }
  const columns: FieldColumn[] = []
  for (const source of given) {
    const column = readColumn(source)
    if (typeof column === 'string') {
      component.refuse(column, isObject(source) ? String(source.name ?? source.key ?? '') : null)
      return null
    }
    if (columns.some((other) => other.key === column.key)) {
      component.refuse('columnTwice', column.key)
      return null
    }
    columns.push(column)
  }
  return columns
}

/** What a cell should be, as a key of the words for types. */
const EXPECTS = { text: 'text', number: 'number', money: 'money', date: 'date', choice: 'option' } as const

function faultAt(row: number, { column, fault }: CellFault): ValueFault {
  const facts = { row: row + 1, column: column.name }
  const at = `[${row}].${column.key}`
  return fault === 'required'
    ? { code: 'FIELD_CELL_REQUIRED', facts, at }
    : { code: 'FIELD_CELL_TYPE', facts: { ...facts, type: EXPECTS[column.kind] }, at }
}

/** Every fault of a table's rows, row by row. */
const judgeRows: FieldType['judge'] = (value, { columns }) =>
  (Array.isArray(value) ? value : []).flatMap((row, index) =>
    rowFaults(columns ?? [], row).map((fault) => faultAt(index, fault)),
  )

/** A table that is filled row by row: a list of objects, one entry a column. */
export const rows = fieldType({
  type: 'rows',
  read(component) {
    const columns = readColumns(component)
    if (!columns) return null
    return {
      valueSchema: {
        type: 'array',
        items: {
          type: 'object',
          properties: Object.fromEntries(columns.map((column) => [column.key, cellSchema(column)])),
          additionalProperties: false,
        },
        maxItems: MAX_TABLE_ROWS,
      },
      expects: 'rows',
      empty: [],
      columns,
    }
  },
  judge: judgeRows,
  tells: ({ instancePath }) => /^\/\d+\/[^/]+$/.test(instancePath),
  describe: (value, { columns }, _options, language) =>
    (Array.isArray(value) ? value : [])
      .map((row) =>
        (columns ?? [])
          .flatMap((column) => {
            const words = describeCell(column, isObject(row) ? own(row, column.key) : undefined)
            return words === '' ? [] : [`${column.name} ${words}`]
          })
          .join(listSeparator(language)),
      )
      .join('\n'),
  definition: {
    group: 'container',
    icon: 'table-properties',
    create: { columns: [] },
    properties: [requiredProperty, { path: ['columns'], kind: 'columns' }],
  },
})
