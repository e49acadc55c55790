import type { Element } from 'bpmn-js/lib/model/Types'
import CirclePlus from 'lucide-solid/icons/circle-plus'
import Palette from 'lucide-solid/icons/palette'
import Pencil from 'lucide-solid/icons/pencil'
import Shapes from 'lucide-solid/icons/shapes'
import Spline from 'lucide-solid/icons/spline'
import Trash from 'lucide-solid/icons/trash'
import { st } from '../../i18n/studio.ts'
import { iconHtml } from './icon-html.ts'
import { mode } from './mode.ts'
import type { DiagramModule } from './module.ts'
import type { Canvas, ContextPad, ContextPadEntry, ModelerServices } from './services.ts'

type Entries = Record<string, ContextPadEntry>
type Keyboard = ModelerServices['keyboard']
type DirectEditing = ModelerServices['directEditing']

/** Room between a step and the pill under it. */
const GAP = 12
/** After every other provider, so that what they offer can be chosen from. */
const LAST = 100
const FIRST = 2000
/** What 业务 mode takes over from the library. */
const PLAIN = /^(connect|delete|lane-.*)$/
const ORDER = ['append-piece', 'append', 'connect', 'rename', 'replace', 'delete']

/** What the pad needs of the page around it. */
export interface PadActs {
  /** Opens the menu of ready pieces beside a step. */
  openPieces(element: Element): void
}

/** The pad beside what is selected, as one quiet pill of buttons under it. */
class StudioContextPad {
  static $inject = ['contextPad', 'canvas', 'directEditing', 'keyboard', 'selection', 'rules', 'padActs']
  readonly #editing: DirectEditing
  readonly #rules: { allowed(rule: string, facts: object): unknown }
  readonly #acts: PadActs

  constructor(
    pad: ContextPad & { _getPosition(target: Element | Element[]): object },
    canvas: Canvas,
    editing: DirectEditing,
    keyboard: Keyboard,
    selection: ModelerServices['selection'],
    rules: { allowed(rule: string, facts: object): unknown },
    acts: PadActs,
  ) {
    this.#editing = editing
    this.#rules = rules
    this.#acts = acts
    pad.registerProvider(LAST, this)
    // The library has no setting for where its pad stands.
    pad._getPosition = (target) => placeUnder(canvas, Array.isArray(target) ? target : [target])
    keyboard.addListener(FIRST, ({ keyEvent }) => {
      if (mode() !== 'work' || keyboard.hasModifier(keyEvent)) return undefined
      const key = keyEvent.key.toLowerCase()
      // Menus of raw BPMN belong to 专业.
      if (key === 'r' || key === 'n') return true
      if (key !== 'a') return undefined
      const [element, second] = selection.get()
      if (element && !second && this.#canAppend(element)) acts.openPieces(element)
      return true
    })
  }

  getContextPadEntries(element: Element): (entries: Entries) => Entries {
    return (entries) => {
      const kept = mode() === 'work' ? this.#plain(element, entries) : { ...entries }
      return inOrder(mapEntries(kept))
    }
  }

  getMultiElementContextPadEntries(): (entries: Entries) => Entries {
    return (entries) => {
      const { 'align-elements': _, ...rest } = entries
      return mapEntries(rest)
    }
  }

  #plain(element: Element, entries: Entries): Entries {
    const kept = Object.fromEntries(Object.entries(entries).filter(([id]) => PLAIN.test(id)))
    if (this.#canAppend(element)) {
      kept['append-piece'] = {
        title: st('bpmn.append'),
        html: button(st('bpmn.append'), CirclePlus),
        action: { click: () => this.#acts.openPieces(element) },
      }
    }
    if (element.type !== 'label') {
      kept.rename = {
        title: st('bpmn.rename'),
        html: button(st('bpmn.rename'), Pencil),
        action: { click: () => this.#editing.activate(element) },
      }
    }
    return kept
  }

  #canAppend(element: Element): boolean {
    return element.type !== 'label' && Boolean(this.#rules.allowed('shape.append', { element }))
  }
}

const ICONS: Readonly<Record<string, Parameters<typeof iconHtml>[0]>> = {
  connect: Spline,
  delete: Trash,
  replace: Shapes,
  'set-color': Palette,
}

/** Buttons in place of the library's boxes: with a name, and reached by the keyboard. */
function mapEntries(entries: Entries): Entries {
  return Object.fromEntries(
    Object.entries(entries).map(([id, entry]) => {
      const name = entry.title ?? ''
      const Icon = ICONS[id]
      if (Icon) return [id, { ...entry, className: '', html: button(name, Icon) }]
      return [id, { ...entry, html: entry.html?.startsWith('<button') ? entry.html : boxed(name, entry.html) }]
    }),
  )
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

function button(name: string, Icon: Parameters<typeof iconHtml>[0]): string {
  return boxed(name, iconHtml(Icon))
}

function boxed(name: string, inside = ''): string {
  const content = inside.replace(/^<div class="entry"[^>]*>([\s\S]*)<\/div>$/, '$1')
  return `<button type="button" class="entry" draggable="true" aria-label="${escaped(name)}">${content}</button>`
}

function inOrder(entries: Entries): Entries {
  const rank = (id: string) => {
    const place = ORDER.indexOf(id)
    return place < 0 ? ORDER.indexOf('connect') : place
  }
  return Object.fromEntries(
    Object.entries(entries)
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([id, entry]) => [id, { ...entry, group: 'all' }]),
  )
}

/** Under the middle of the elements; above them where the paper ends. Arrows: under their middle too. */
function placeUnder(canvas: Canvas, elements: readonly Element[]): object {
  const paper = canvas.getContainer().getBoundingClientRect()
  const boxes = elements.map((element) => canvas.getGraphics(element).getBoundingClientRect())
  const left = Math.min(...boxes.map((box) => box.left))
  const right = Math.max(...boxes.map((box) => box.right))
  const top = Math.min(...boxes.map((box) => box.top))
  const bottom = Math.max(...boxes.map((box) => box.bottom))
  const pad = canvas.getContainer().querySelector('.djs-context-pad')
  const width = pad?.clientWidth ?? 0
  const height = pad?.clientHeight ?? 0
  const x = Math.min(Math.max(8, (left + right) / 2 - paper.left - width / 2), paper.width - width - 8)
  const below = bottom - paper.top + GAP
  const y =
    below + height > paper.height - 48 && top - paper.top > height + GAP ? top - paper.top - height - GAP : below
  return { x, y }
}

/** The module that offers it. */
export function contextPadModule(acts: PadActs): DiagramModule {
  return {
    __init__: ['studioContextPad'],
    padActs: ['value', acts],
    studioContextPad: ['type', StudioContextPad],
  } as unknown as DiagramModule
}
