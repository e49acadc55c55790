import type { Element, Shape } from 'bpmn-js/lib/model/Types'
import type { Canvas, CommandStack, EventBus, ModelerServices, Point, Selection } from '../services.ts'
import type { DictionaryPatch } from './dictionary-patch.ts'
import { extensionOf, isFlow, isType, objectOf } from './extension.ts'
import { PatchDictionaryHandler, type PiecesPackage } from './host.ts'
import { definitionsOf, type InsertContext, InsertPieceHandler } from './insert-piece.ts'
import { type Spot, spotAfter, spotAtEnd, stepBefore } from './model-walk.ts'
import { drawPiece, isAttached, type PieceKind } from './piece.ts'
import type { PieceContext } from './piece-context.ts'
import type { PieceDrag } from './piece-drag.ts'
import { belongingsOf, RemovePieceHandler } from './remove-piece.ts'

/** Fields that a step alone deals with: who drops the step may drop them. */
export interface Leaving {
  readonly elements: readonly Shape[]
  readonly fieldKeys: readonly string[]
}

/** The ready pieces in the drawing: appended, dropped, taken out. Each is one step to undo. */
export class Pieces {
  static readonly $inject = [
    'eventBus',
    'commandStack',
    'canvas',
    'selection',
    'moddle',
    'piecesPackage',
    'pieceDrag',
  ] as const
  private readonly commandStack: CommandStack
  private readonly canvas: Canvas
  private readonly selection: Selection
  private readonly moddle: { ids: { assigned(id: string): unknown } }
  readonly around: PiecesPackage
  private readonly pieceDrag: PieceDrag

  constructor(
    _eventBus: EventBus,
    commandStack: CommandStack,
    canvas: Canvas,
    selection: Selection,
    moddle: ModelerServices['moddle'],
    around: PiecesPackage,
    pieceDrag: PieceDrag,
  ) {
    this.commandStack = commandStack
    this.canvas = canvas
    this.selection = selection
    this.moddle = moddle as unknown as Pieces['moddle']
    this.around = around
    this.pieceDrag = pieceDrag
    commandStack.registerHandler('pieces.insert', InsertPieceHandler)
    commandStack.registerHandler('pieces.dictionary', PatchDictionaryHandler)
    commandStack.registerHandler('pieces.remove', RemovePieceHandler)
    commandStack.registerHandler('pieces.together', TogetherHandler)
  }

  /** Whether a piece can follow this element, or hang on it. */
  canAppend(element: Element | undefined, kind: PieceKind): boolean {
    return isAttached(kind) ? isType(element, 'bpmn:Activity') : true
  }

  /**
   * Puts a piece after `element` (a flow, a step, an end), or before the end of the process when there is none.
   * Gives the element that stands for the piece; null when it cannot stand there.
   */
  append(element: Element | undefined, kind: PieceKind): Shape | null {
    const root = this.canvas.getRootElement()
    const target = element && element !== root ? labelled(element) : undefined
    if (!this.canAppend(target, kind)) return null
    const isPlace = target && (isFlow(target) || isType(target, 'bpmn:FlowNode'))
    // What hangs on a step hangs on the step itself, not on the last element of its piece.
    const hangs = target && isAttached(kind)
    const beside = (): Spot => (isPlace ? spotAfter(target) : spotAtEnd(target ?? root))
    const spot = hangs ? ({ kind: 'after', source: target as Shape, asBranch: false } as const) : beside()
    return this.insert(kind, spot, this.middleOfView(), isPlace ? undefined : target)
  }

  /** Puts a piece where it was let go: on a flow or a step, else free. */
  drop(kind: PieceKind, point: Point, over: Element | null): Shape | null {
    if (over) return this.append(over, kind)
    return isAttached(kind) ? null : this.insert(kind, { kind: 'free' }, point, this.scopeAt(point))
  }

  /** Begins to drag a piece; `done` is given what came of it. */
  drag(event: Event, kind: PieceKind, done: (main: Shape | null) => void): void {
    this.pieceDrag.start(event, kind, (dropped, point, over) => done(this.drop(dropped, point, over)))
  }

  /** Several changes as one step to undo. */
  together(change: () => void): void {
    this.commandStack.execute('pieces.together', { change })
  }

  /** Changes the dictionary; undone with the drawing. */
  patchDictionary(patch: DictionaryPatch): void {
    this.commandStack.execute('pieces.dictionary', { patch })
  }

  /** What would go with a step if all that only it needs is dropped. */
  leaving(element: Shape): Leaving {
    const elements = belongingsOf(element)
    const { access = {}, fields = [] } = this.around.host?.dictionary() ?? {}
    const gone = new Set([element, ...elements].map((one) => one.id))
    const isOwn = (key: string) =>
      [...gone].some((id) => writes(access[id]?.[key])) &&
      Object.entries(access).every(([id, row]) => gone.has(id) || !writes(row[key]))
    return { elements, fieldKeys: fields.map((field) => field.key).filter(isOwn) }
  }

  /** Takes a step out; `leaving` names what goes with it. */
  remove(element: Shape, leaving: Leaving): void {
    this.commandStack.execute('pieces.remove', { element, ...leaving })
  }

  private insert(kind: PieceKind, spot: Spot, point: Point, within?: Element): Shape | null {
    const scope = within && isScope(within) ? within : scopeRoot(this.canvas.getRootElement())
    const host = spot.kind !== 'free' && isAttached(kind) ? hostOf(spot) : null
    const context: InsertContext = {
      fragment: drawPiece(kind, this.contextAt(spot, scope, host)),
      spot,
      point,
      scope,
      host,
    }
    this.commandStack.execute('pieces.insert', context)
    const { main } = context
    if (!main) return null
    this.selection.select(main)
    this.canvas.scrollToElement(main, { top: 80, left: 60, bottom: 80, right: 60 })
    return main
  }

  private contextAt(spot: Spot, scope: Element, host: Shape | null): PieceContext {
    const { host: around } = this.around
    const source = spot.kind === 'flow' ? (spot.flow.source as Element) : spot.kind === 'after' ? spot.source : null
    const process = processOf(scope)
    return {
      packageId: around?.packageId() ?? String(process?.id ?? ''),
      isTaken: (id) => Boolean(this.moddle.ids.assigned(id)),
      dictionary: around?.dictionary() ?? { fields: [], access: {} },
      before: source ? stepBefore(source) : null,
      roles: around?.roles() ?? [],
      caseTitle: extensionOf(process, 'bihuan:Case')?.title ?? null,
      processName: process?.name ?? '',
      host: host?.id ?? null,
    }
  }

  private middleOfView(): Point {
    const { x, y, width, height } = this.canvas.viewbox()
    return { x: x + width / 2, y: y + height / 2 }
  }

  /** The innermost open scope around a point. */
  private scopeAt(point: Point): Element {
    const root = this.canvas.getRootElement()
    const inside = ({ x, y, width, height }: Shape) =>
      point.x > x && point.x < x + width && point.y > y && point.y < y + height
    let scope: Element = root
    for (;;) {
      const inner = ((scope as Shape).children as Shape[]).find((one) => isScope(one) && inside(one))
      if (!inner) return scopeRoot(scope)
      scope = inner
    }
  }
}

/** Command `pieces.together`: whatever changes are made within are undone at once. */
class TogetherHandler {
  preExecute({ change }: { readonly change: () => void }): void {
    change()
  }
}

const labelled = (element: Element): Element => (element as Shape & { labelTarget?: Element }).labelTarget ?? element

const hostOf = (spot: Spot): Shape | null => {
  if (spot.kind === 'flow') return spot.flow.source as Shape
  return spot.kind === 'after' ? spot.source : null
}

const isScope = (element: Element): boolean =>
  isType(element, 'bpmn:Participant') ||
  (isType(element, 'bpmn:SubProcess') && (element as Shape & { collapsed?: boolean }).collapsed !== true)

/** In a collaboration the first pool with a process is drawn in. */
function scopeRoot(root: Element): Element {
  if (!isType(root, 'bpmn:Collaboration')) return root
  return (
    ((root as Shape).children as Element[]).find(
      (one) => isType(one, 'bpmn:Participant') && objectOf(one).processRef,
    ) ?? root
  )
}

function processOf(scope: Element) {
  let bo = objectOf(scope)
  if (bo.processRef) return bo.processRef
  while (bo && bo.$type !== 'bpmn:Process') bo = bo.$parent
  return bo ?? definitionsOf(scope).rootElements.find((one: { $type: string }) => one.$type === 'bpmn:Process')
}

const writes = (access: string | undefined): boolean => access === 'required' || access === 'write'
