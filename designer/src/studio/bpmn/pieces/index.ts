import type { DiagramModule } from '../module.ts'
import type { StudioModeler } from '../services.ts'
import { PiecesPackage } from './host.ts'
import { PieceDrag } from './piece-drag.ts'
import { PieceMenu } from './piece-menu.ts'
import { Pieces } from './pieces.ts'
import { StepForms } from './step-forms.ts'

/** The ready pieces as a module of the modeller. */
export const piecesModule = {
  __init__: ['pieces', 'pieceMenu', 'stepForms'],
  piecesPackage: ['type', PiecesPackage],
  pieceDrag: ['type', PieceDrag],
  pieceMenu: ['type', PieceMenu],
  pieces: ['type', Pieces],
  stepForms: ['type', StepForms],
} as unknown as DiagramModule

/** The service of the pieces in a modeller made with `piecesModule`. */
export const piecesOf = (modeler: StudioModeler): Pieces =>
  (modeler as unknown as { get(name: 'pieces'): Pieces }).get('pieces')

export { openPieceMenu } from './piece-menu.ts'
