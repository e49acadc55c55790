import { Board } from './board.tsx'

/** The public board without a notice chosen: on a desk the first one stands open. */
export default function BoardPage() {
  return <Board />
}
