import type { Me } from '@bihuan/runtime/contract'
import Archive from 'lucide-solid/icons/archive'
import FilesIcon from 'lucide-solid/icons/files'
import InboxIcon from 'lucide-solid/icons/inbox'
import Megaphone from 'lucide-solid/icons/megaphone'
import Plus from 'lucide-solid/icons/plus'
import ScrollText from 'lucide-solid/icons/scroll-text'
import Workflow from 'lucide-solid/icons/workflow'
import Wrench from 'lucide-solid/icons/wrench'
import type { WordKey } from '../i18n/i18n.ts'

/** A place of the app that one goes to from everywhere. */
export interface Place {
  readonly href: string
  readonly name: WordKey
  readonly icon: typeof InboxIcon
}

const inbox: Place = { href: '/', name: 'app.inbox', icon: InboxIcon }
export const start: Place = { href: '/start', name: 'app.start', icon: Plus }
const cases: Place = { href: '/cases', name: 'app.cases', icon: FilesIcon }
const studio: Place = { href: '/studio', name: 'app.studio', icon: Workflow }
const operate: Place = { href: '/operate', name: 'app.operate', icon: Wrench }
const audit: Place = { href: '/audit', name: 'app.audit', icon: ScrollText }
const archived: Place = { href: '/archived', name: 'app.archived', icon: Archive }
const board: Place = { href: '/notices', name: 'app.board', icon: Megaphone }

/** All places that exist for this person, as the rail of a desk shows them. */
export const placesOf = ({ can }: Pick<Me, 'can'>): readonly Place[] => [
  ...(can.work ? [inbox, start, cases] : []),
  ...(can.design ? [studio] : []),
  ...(can.operate ? [operate] : []),
  ...(can.audit ? [audit, archived] : []),
  board,
]

/** Those that have room in the bar of a phone: of who takes part in cases those of his work, `start` in the middle. */
export const barPlacesOf = (me: Pick<Me, 'can'>): readonly Place[] =>
  me.can.work ? [inbox, cases, start, board] : placesOf(me)
