import type Modeler from 'bpmn-js/lib/Modeler'
import type { Connection, Element, Moddle, ModdleElement, Root, Shape } from 'bpmn-js/lib/model/Types'

/** Services of bpmn-js as far as the studio uses them; the libraries say the rest. */
export interface EventBus {
  on<T>(events: string | readonly string[], listener: (event: T) => unknown): void
  on<T>(events: string | readonly string[], priority: number, listener: (event: T) => unknown): void
  off(events: string | readonly string[], listener: (event: never) => unknown): void
  fire(name: string, event?: object): unknown
}

export interface Point {
  readonly x: number
  readonly y: number
}
export interface Rectangle extends Point {
  readonly width: number
  readonly height: number
}
export interface Viewbox extends Rectangle {
  readonly scale: number
  readonly inner: Rectangle
  readonly outer: Rectangle
}

export interface Canvas {
  viewbox(): Viewbox
  viewbox(box: Rectangle): Viewbox
  zoom(): number
  zoom(level: number | 'fit-viewport', centre?: Point | 'auto'): number
  scroll(by: { dx: number; dy: number }): void
  scrollToElement(element: Element, padding?: number | Readonly<Record<string, number>>): void
  addMarker(element: Element | string, marker: string): void
  removeMarker(element: Element | string, marker: string): void
  getContainer(): HTMLElement
  getGraphics(element: Element): SVGElement
  getRootElement(): Root
  findRoot(element: Element | string): Root | undefined
  setRootElement(root: Root): void
  focus(): void
  isFocused(): boolean
  resized(): void
}

export interface ElementRegistry {
  get(id: string): Element | undefined
  getAll(): Element[]
  filter(test: (element: Element) => boolean): Element[]
  forEach(visit: (element: Element, gfx: SVGElement) => void): void
  getGraphics(element: Element | string): SVGElement
}

export interface Selection {
  get(): Element[]
  select(elements: Element | readonly Element[] | null, add?: boolean): void
}

export interface CommandStack {
  execute(command: string, context: object): void
  registerHandler(command: string, handler: new (...services: never[]) => object): void
  canUndo(): boolean
  canRedo(): boolean
  undo(): void
  redo(): void
  clear(emit?: boolean): void
}

export interface GraphicsFactory {
  update(kind: 'shape' | 'connection', element: Element, gfx: SVGElement): void
}

export interface Modeling {
  updateProperties(element: Element, properties: object): void
  updateModdleProperties(element: Element, moddleElement: ModdleElement, properties: object): void
  updateLabel(element: Element, label: string): void
  appendShape(source: Shape, shape: object, position: Point, target?: Element, hints?: object): Shape
  createShape(shape: object, position: Point, target: Element, hints?: object): Shape
  createConnection(source: Element, target: Element, attributes: object, parent: Element, hints?: object): Connection
  connect(source: Element, target: Element, attributes?: object, hints?: object): Connection
  moveElements(elements: readonly Element[], by: Point, target?: Element, hints?: object): void
  removeElements(elements: readonly Element[]): void
  reconnectStart(connection: Connection, source: Element, docking: Point | readonly Point[]): void
  reconnectEnd(connection: Connection, target: Element, docking: Point | readonly Point[]): void
  layoutConnection(connection: Connection, hints?: object): void
  updateWaypoints(connection: Connection, waypoints: readonly Point[]): void
  resizeShape(shape: Shape, box: Rectangle): void
}

export interface Overlays {
  add(element: Element | string, kind: string, overlay: object): string
  remove(filter: { readonly type: string } | string): void
}

export interface ContextPad {
  open(target: Element | readonly Element[], force?: boolean): void
  close(): void
  isOpen(): boolean
  registerProvider(priority: number, provider: object): void
  getEntries(target: Element): Record<string, ContextPadEntry>
  triggerEntry(entry: string, action: string, event: Event): unknown
}
export interface ContextPadEntry {
  group?: string
  className?: string
  html?: string
  title?: string
  action?: unknown
}

export interface PopupMenu {
  open(target: Element, kind: string, position: Point, options?: object): void
  close(): void
  isOpen(): boolean
}

interface Tool {
  toggle(): void
  isActive(): unknown
}

/** Services of a drawing that is only read. */
export interface DiagramServices {
  eventBus: EventBus
  canvas: Canvas
  elementRegistry: ElementRegistry
  graphicsFactory: GraphicsFactory
  overlays: Overlays
  moddle: Moddle
}

/** Services of the modeller. */
export interface ModelerServices extends DiagramServices {
  selection: Selection
  commandStack: CommandStack
  modeling: Modeling
  contextPad: ContextPad
  popupMenu: PopupMenu
  bpmnFactory: { create(type: string, attributes?: object): ModdleElement }
  elementFactory: {
    createShape(attributes: object): Shape
    create(kind: string, attributes: object): Element
  }
  bpmnReplace: { replaceElement(element: Element, target: object, hints?: object): Element }
  autoPlace: { append(source: Shape, shape: Shape, hints?: object): Shape }
  create: { start(event: Event, elements: object, context?: object): void }
  connect: { start(event: Event, element: Element): void }
  dragging: { active(): unknown; cancel(): void }
  directEditing: { activate(element: Element): void; isActive(element?: Element): boolean; complete(): void }
  keyboard: {
    addListener(priority: number, listener: (context: { keyEvent: KeyboardEvent }) => unknown): void
    hasModifier(event: KeyboardEvent): boolean
  }
  editorActions: {
    trigger(action: string, options?: object): unknown
    isRegistered(action: string): boolean
    register(action: string, listener: (options: object) => unknown): void
    unregister(action: string): void
  }
  toolManager: { isActive(tool: string): boolean }
  handTool: Tool
  lassoTool: Tool
  spaceTool: Tool
  globalConnect: Tool
  zoomScroll: { stepZoom(steps: number): void; reset(): void }
  alignElements: { trigger(elements: readonly Element[], side: string): void }
  distributeElements: { trigger(elements: readonly Element[], axis: string): void }
  copyPaste: { copy(elements: readonly Element[]): object; paste(context?: object): unknown }
  clipboard: { get(): object | undefined; set(tree: object): void; isEmpty(): boolean }
  minimap: { open(): void; close(): void; isOpen(): boolean }
  propertiesPanel: { attachTo(parent: HTMLElement): void; detach(): void }
  elementTemplatesLoader: { setTemplates(templates: readonly object[]): void }
  elementTemplates: { get(id: string | Element): object | undefined }
}

/** The modeller of the studio, with its services typed. */
export type StudioModeler = Modeler<ModelerServices>
