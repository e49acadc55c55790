/** An element of a DMN file as dmn-js holds it. */
export interface DmnElement {
  readonly id: string
  readonly $type: string
  readonly $parent?: DmnElement
  readonly name?: string
  readonly label?: string
  readonly text?: string
  readonly description?: string
  readonly typeRef?: string
  readonly hitPolicy?: string
  readonly aggregation?: string
  readonly decisionLogic?: DmnElement
  readonly inputExpression?: DmnElement
  readonly input?: readonly DmnElement[]
  readonly output?: readonly DmnElement[]
  readonly rule?: readonly DmnElement[]
  readonly inputEntry?: readonly DmnElement[]
  readonly outputEntry?: readonly DmnElement[]
}

/** One way to look at the file: the graph of decisions, or one decision. */
export interface DmnView {
  readonly id?: string
  readonly type: 'drd' | 'decisionTable' | 'literalExpression' | 'boxedExpression'
  readonly name?: string
  readonly element: DmnElement
}

export interface DmnViewer {
  /** With `false` null for a service this view does not have. */
  get<T>(name: string, strict?: boolean): T | null
  on(event: string, listener: () => void): void
}

export interface DmnCommands {
  canUndo(): boolean
  canRedo(): boolean
  undo(): void
  redo(): void
  registerHandler(id: string, handler: unknown): void
  execute(id: string, context: object): void
}

/** A row or column of a decision table. */
export interface DmnLine {
  readonly id: string
  readonly businessObject: DmnElement
}

/** A selected cell of a decision table. */
export interface DmnCell extends DmnLine {
  readonly row?: DmnLine
  readonly col?: DmnLine
}

export interface DmnSheet {
  getRoot(): {
    readonly rows: readonly DmnLine[]
    readonly cols: readonly DmnLine[]
    readonly businessObject: DmnElement
  }
}

export interface DmnModeling {
  addRow(attrs: { type: string }, index?: number): DmnLine
  removeRow(row: DmnLine): void
  moveRow(row: DmnLine, index: number): void
  addCol(attrs: { type: string }, index: number): DmnLine
  removeCol(col: DmnLine): void
  editHitPolicy(hitPolicy: string, aggregation: string | undefined): void
  updateProperties(element: DmnElement, properties: object): void
  editCell(cell: DmnElement, text: string): void
}

export interface DmnSelection {
  get(): DmnCell | undefined
}

export interface DmnRenderer {
  getContainer(): HTMLElement
}
