import type { Element } from 'bpmn-js/lib/model/Types'
import { st } from '../../../i18n/studio.ts'
import { iconHtml } from '../icon-html.ts'
import type { Point, StudioModeler } from '../services.ts'
import { pieceGroups } from './piece.ts'
import { pieceIcons } from './piece-icon.tsx'
import type { Pieces } from './pieces.ts'

const MENU = 'bihuan-pieces'
const WIDTH = 240

interface Entry {
  readonly label: string
  readonly title: string
  readonly imageHtml: string
  readonly group: { readonly id: string; readonly name: string }
  readonly search: string
  readonly action: () => void
}

/** The list of pieces that can follow an element, as a pop-up menu of the drawing. */
export class PieceMenu {
  static readonly $inject = ['popupMenu', 'pieces'] as const
  private readonly pieces: Pieces

  constructor(popupMenu: { registerProvider(id: string, provider: object): void }, pieces: Pieces) {
    this.pieces = pieces
    popupMenu.registerProvider(MENU, this)
  }

  getPopupMenuEntries(target: Element): { [id: string]: Entry } {
    return Object.fromEntries(
      pieceGroups.flatMap((group) =>
        group.kinds
          .filter((kind) => this.pieces.canAppend(target, kind))
          .map((kind) => [
            kind,
            {
              label: st(`pieces.kind.${kind}`),
              title: st(`pieces.about.${kind}`),
              search: st(`pieces.about.${kind}`),
              imageHtml: iconHtml(pieceIcons[kind]),
              group: { id: group.id, name: st(`pieces.group.${group.id}`) },
              action: () => {
                this.pieces.append(target, kind)
              },
            },
          ]),
      ),
    )
  }
}

/** Opens the list of pieces for what comes after an element. `position` is in pixels of the window. */
export function openPieceMenu(modeler: StudioModeler, element: Element, position: Point): void {
  modeler.get('popupMenu').open(element, MENU, position, { title: st('pieces.append'), width: WIDTH, search: true })
}
