import type {
  DmnCell,
  DmnCommands,
  DmnElement,
  DmnLine,
  DmnModeling,
  DmnSelection,
  DmnSheet,
  DmnViewer,
} from './dmn-parts.ts'

/** A column to be added: what people read, what it reads or is called, its type. */
export interface NewColumn {
  readonly label: string
  /** FEEL of a condition, name of a result. */
  readonly name: string
  readonly type: 'string' | 'number' | 'boolean' | 'date'
}

/** What the page does with the table that is open. Each act is one step back with undo. Reads are reactive. */
export interface TableHandle {
  /** The table, or null while something else is open. */
  readonly table: () => DmnElement | null
  readonly canUndo: () => boolean
  readonly canRedo: () => boolean
  undo(): void
  redo(): void
  readonly cell: () => DmnCell | null
  addRule(): void
  /** Copies the rule of the selected cell under it. */
  repeatRule(): void
  removeRule(): void
  /** Moves the rule of the selected cell by one place. */
  moveRule(by: -1 | 1): void
  canMoveRule(by: -1 | 1): boolean
  addInput(column: NewColumn): void
  addOutput(column: NewColumn): void
  removeColumn(): void
  rename(name: string): void
  setHitPolicy(hitPolicy: string, aggregation: string | undefined): void
}

/** Acts of several commands as one: undone together. */
class TogetherHandler {
  preExecute({ act }: { act: () => void }): void {
    act()
  }
  execute(): [] {
    return []
  }
  revert(): [] {
    return []
  }
}

class Together {
  static $inject = ['commandStack', 'eventBus']
  constructor(commands: DmnCommands, events: { on(event: string, listener: () => void): void }) {
    events.on('table.init', () => {
      commands.registerHandler('studio.together', TogetherHandler)
    })
  }
}

export const TogetherModule = { __init__: ['studioTogether'], studioTogether: ['type', Together] }

/**
 * A cell whose text is put back by undo tells that text again, as if it had been typed: what changes nothing is no step
 * of its own, or it would take what could be done again away.
 */
class RealChanges {
  static $inject = ['modeling']
  constructor(modeling: Pick<DmnModeling, 'editCell'>) {
    const edit = modeling.editCell.bind(modeling)
    modeling.editCell = (cell, text) => {
      if (text !== (cell.text ?? '')) edit(cell, text)
    }
  }
}

export const RealChangesModule = { __init__: ['studioRealChanges'], studioRealChanges: ['type', RealChanges] as const }

/** @param viewer the view that is open, or null; reactive */
export function createTableHandle(viewer: () => DmnViewer | null): TableHandle {
  const service = <T>(name: string): T | null => viewer()?.get<T>(name, false) ?? null
  const modeling = () => service<DmnModeling>('modeling')
  const sheet = () => service<DmnSheet>('sheet')?.getRoot() ?? null
  const commands = () => service<DmnCommands>('commandStack')
  const together = (act: () => void): void => commands()?.execute('studio.together', { act })

  const cell = (): DmnCell | null => service<DmnSelection>('selection')?.get() ?? null
  const rule = (): { row: DmnLine; index: number } | null => {
    const row = cell()?.row
    const index = row ? (sheet()?.rows.findIndex((one) => one.id === row.id) ?? -1) : -1
    return row && index >= 0 ? { row, index } : null
  }

  return {
    table: () => sheet()?.businessObject ?? null,
    canUndo: () => commands()?.canUndo() ?? false,
    canRedo: () => commands()?.canRedo() ?? false,
    undo: () => commands()?.undo(),
    redo: () => commands()?.redo(),
    cell,
    addRule: () => {
      const at = rule()
      modeling()?.addRow({ type: 'dmn:DecisionRule' }, at ? at.index + 1 : undefined)
    },
    repeatRule: () => {
      const at = rule()
      if (!at) return
      together(() => {
        const row = modeling()?.addRow({ type: 'dmn:DecisionRule' }, at.index + 1)
        const cells = ({ inputEntry = [], outputEntry = [] }: DmnElement) => [...inputEntry, ...outputEntry]
        const from = cells(at.row.businessObject)
        if (row)
          cells(row.businessObject).forEach((to, i) => {
            modeling()?.updateProperties(to, { text: from[i]?.text ?? '' })
          })
      })
    },
    removeRule: () => {
      const at = rule()
      if (at) modeling()?.removeRow(at.row)
    },
    canMoveRule: (by) => {
      const at = rule()
      return at !== null && at.index + by >= 0 && at.index + by < (sheet()?.rows.length ?? 0)
    },
    moveRule: (by) => {
      const at = rule()
      if (at) modeling()?.moveRow(at.row, at.index + by)
    },
    addInput: ({ label, name, type }) => {
      const count = sheet()?.businessObject.input?.length ?? 0
      together(() => {
        const input = modeling()?.addCol({ type: 'dmn:InputClause' }, count)?.businessObject
        if (!input?.inputExpression) return
        modeling()?.updateProperties(input, { label })
        modeling()?.updateProperties(input.inputExpression, { text: name, typeRef: type })
      })
    },
    addOutput: ({ label, name, type }) => {
      const table = sheet()?.businessObject
      const count = (table?.input?.length ?? 0) + (table?.output?.length ?? 0)
      together(() => {
        const output = modeling()?.addCol({ type: 'dmn:OutputClause' }, count)?.businessObject
        if (output) modeling()?.updateProperties(output, { label, name, typeRef: type })
      })
    },
    removeColumn: () => {
      const col = cell()?.col
      if (col) modeling()?.removeCol(col)
    },
    rename: (name) => {
      const decision = sheet()?.businessObject.$parent
      if (decision) modeling()?.updateProperties(decision, { name })
    },
    setHitPolicy: (hitPolicy, aggregation) => modeling()?.editHitPolicy(hitPolicy, aggregation),
  }
}
