import AlarmClock from 'lucide-solid/icons/alarm-clock'
import Bell from 'lucide-solid/icons/bell'
import Hourglass from 'lucide-solid/icons/hourglass'
import Layers from 'lucide-solid/icons/layers'
import Megaphone from 'lucide-solid/icons/megaphone'
import Split from 'lucide-solid/icons/split'
import SquarePen from 'lucide-solid/icons/square-pen'
import Stamp from 'lucide-solid/icons/stamp'
import Users from 'lucide-solid/icons/users'
import Vote from 'lucide-solid/icons/vote'
import type { Component } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { PieceKind } from './piece.ts'

/** Signs of the pieces, for menus that draw their own rows. */
export const pieceIcons: { readonly [K in PieceKind]: Component<{ class?: string }> } = {
  fill: SquarePen,
  review: Stamp,
  sign: Users,
  vote: Vote,
  notice: Megaphone,
  inform: Bell,
  wait: Hourglass,
  decide: Split,
  subProcess: Layers,
  limit: AlarmClock,
}

/** The sign of a piece. */
export function PieceIcon(props: { kind: PieceKind }) {
  return <Dynamic component={pieceIcons[props.kind]} class="icon" aria-hidden="true" />
}
