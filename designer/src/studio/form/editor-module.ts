import type * as Preact from 'preact'
import type * as Hooks from 'preact/hooks'

/** A component of a form-js schema as the editor holds it. */
export interface EditorComponent {
  id: string
  type: string
  key?: string
  label?: string | null
  components?: EditorComponent[]
  properties?: Record<string, unknown>
  _parent?: string
  _path?: readonly (string | number)[]
  [name: string]: unknown
}

/** What form-js reads of the component of a field. */
export interface EditorFieldConfig {
  readonly type: string
  readonly keyed?: boolean
  readonly name?: string
  readonly label?: string
  readonly group?: string
  /** Members of a component: of a new one with its defaults, of one that is read as it is. */
  readonly create: (options?: object, isNew?: boolean) => object
  readonly [name: string]: unknown
}

export type EditorField = Preact.ComponentType<{ field: EditorComponent; domId?: string }> & {
  config: EditorFieldConfig
}

export interface EditorFields {
  readonly _formFields: Record<string, EditorField>
  register(type: string, field: EditorField): void
  get(type: string): EditorField | undefined
}

export interface Modeling {
  addFormField(attrs: object, target: EditorComponent, index: number): void
  editFormField(field: EditorComponent, properties: object | readonly string[] | string, value?: unknown): void
  moveFormField(
    field: EditorComponent,
    source: EditorComponent,
    target: EditorComponent,
    sourceIndex: number,
    targetIndex: number,
    sourceRow?: { id: string },
    targetRow?: { id: string },
  ): void
  removeFormField(field: EditorComponent, source: EditorComponent, index: number): void
}

export interface FieldSelection {
  get(): EditorComponent | null
  set(field: EditorComponent | null): void
}

export interface Commands {
  canUndo(): boolean
  canRedo(): boolean
  undo(): void
  redo(): void
}

export interface Registry {
  get(id: string): EditorComponent | undefined
  getAll(): EditorComponent[]
}

/** A line of the properties panel. */
export interface PanelEntry {
  readonly id: string
  readonly component: Preact.ComponentType<{ field: EditorComponent; id: string }>
  readonly field?: EditorComponent
  readonly isEdited?: (node: unknown) => boolean
  readonly [name: string]: unknown
}

export interface PanelGroup {
  readonly id: string
  readonly label: string
  entries?: PanelEntry[]
  items?: { readonly id: string; readonly label?: string; readonly [name: string]: unknown }[]
  readonly [name: string]: unknown
}

export interface PropertiesPanel {
  registerProvider(
    provider: { getGroups(field: EditorComponent | null): (groups: PanelGroup[]) => PanelGroup[] },
    priority?: number,
  ): void
}

/** What the viewer inside the editor exports, as far as our parts draw with it. */
interface EditorViewer {
  readonly Label: Preact.ComponentType<Record<string, unknown>>
  readonly Description: Preact.ComponentType<Record<string, unknown>>
  readonly Errors: Preact.ComponentType<Record<string, unknown>>
  readonly Textfield: EditorField
  readonly iconsByType: (type: string) => Preact.ComponentType<Record<string, unknown>> | undefined
}

declare module '@bpmn-io/form-js-editor' {
  /** The editor's own copies of its libraries; the build adds them (`vite/form-editor.ts`). */
  export const editorPreact: typeof Preact
  export const editorHooks: typeof Hooks
  export const editorViewer: EditorViewer
}

/** The editor's own copies of the libraries that its parts must be drawn with. */
export interface EditorLibraries {
  readonly h: typeof Preact.h
  readonly hooks: Pick<typeof Hooks, 'useEffect' | 'useRef'>
  readonly viewer: {
    readonly Label: Preact.ComponentType<Record<string, unknown>>
    readonly Description: Preact.ComponentType<Record<string, unknown>>
  }
}
