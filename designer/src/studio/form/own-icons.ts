import Camera from 'lucide-solid/icons/camera'
import IdCard from 'lucide-solid/icons/id-card'
import JapaneseYen from 'lucide-solid/icons/japanese-yen'
import Landmark from 'lucide-solid/icons/landmark'
import Paperclip from 'lucide-solid/icons/paperclip'
import Signature from 'lucide-solid/icons/signature'
import Smartphone from 'lucide-solid/icons/smartphone'
import SquareDashed from 'lucide-solid/icons/square-dashed'
import TableProperties from 'lucide-solid/icons/table-properties'
import UserRound from 'lucide-solid/icons/user-round'
import UsersRound from 'lucide-solid/icons/users-round'
import Vote from 'lucide-solid/icons/vote'
import { createComponent } from 'solid-js'
import { render } from 'solid-js/web'
import type { EditorLibraries } from './editor-module.ts'

const icons = {
  camera: Camera,
  'id-card': IdCard,
  'japanese-yen': JapaneseYen,
  landmark: Landmark,
  paperclip: Paperclip,
  signature: Signature,
  smartphone: Smartphone,
  'table-properties': TableProperties,
  'user-round': UserRound,
  'users-round': UsersRound,
  vote: Vote,
}

/** The icon of a field type by its name in the definition, as a component of the editor's library. */
export function ownIcon({ h, hooks }: Pick<EditorLibraries, 'h' | 'hooks'>, name: string) {
  const Icon = Object.hasOwn(icons, name) ? icons[name as keyof typeof icons] : SquareDashed
  return function OwnIcon() {
    const place = hooks.useRef<HTMLSpanElement>(null)
    hooks.useEffect(() => {
      if (!place.current) return undefined
      return render(
        () => createComponent(Icon, { size: 24, 'stroke-width': 1.5, 'aria-hidden': 'true' }),
        place.current,
      )
    }, [])
    return h('span', { ref: place, class: 'own-icon' })
  }
}
