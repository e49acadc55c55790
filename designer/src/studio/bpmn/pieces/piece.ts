import type { Fragment } from './fragment.ts'
import { decide } from './kinds/decide.ts'
import { fill } from './kinds/fill.ts'
import { inform } from './kinds/inform.ts'
import { limit } from './kinds/limit.ts'
import { notice } from './kinds/notice.ts'
import { review } from './kinds/review.ts'
import { sign } from './kinds/sign.ts'
import { subProcess } from './kinds/sub-process.ts'
import { vote } from './kinds/vote.ts'
import { waitFor } from './kinds/wait.ts'
import type { PieceContext } from './piece-context.ts'

/** The ready pieces, as they stand in the rail: 办, 告知, 走向. */
export const pieceGroups = [
  { id: 'work', kinds: ['fill', 'review', 'sign', 'vote'] },
  { id: 'tell', kinds: ['notice', 'inform'] },
  { id: 'way', kinds: ['wait', 'decide', 'subProcess', 'limit'] },
] as const

export type PieceKind = (typeof pieceGroups)[number]['kinds'][number]

export const pieceKinds: readonly PieceKind[] = pieceGroups.flatMap((group) => group.kinds)

const draw: { readonly [K in PieceKind]: (context: PieceContext) => Fragment } = {
  fill,
  review,
  sign,
  vote,
  notice,
  inform,
  wait: waitFor,
  decide,
  subProcess,
  limit,
}

/** The fragment of a piece for the place it goes to. */
export const drawPiece = (kind: PieceKind, context: PieceContext): Fragment => draw[kind](context)

/** Whether a piece is attached to a step instead of standing in the way. */
export const isAttached = (kind: PieceKind): boolean => kind === 'limit'
