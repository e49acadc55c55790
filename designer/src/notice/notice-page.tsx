import { useParams } from '@solidjs/router'
import { Board } from './board.tsx'

/** One notice of the public board; on a desk the board stands beside it. */
export default function NoticePage() {
  const params = useParams<{ key: string }>()
  return <Board chosen={params.key} />
}
