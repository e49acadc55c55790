import type { LucideProps } from 'lucide-solid'
import { createRoot, type JSX } from 'solid-js'

/** Markup of one of our icons, for the menus of the diagram library, which take text. */
export function iconHtml(Icon: (props: LucideProps) => JSX.Element): string {
  return createRoot((dispose) => {
    const drawn = Icon({ class: 'icon s', 'aria-hidden': 'true' }) as unknown
    const resolved = typeof drawn === 'function' ? drawn() : drawn
    const html = resolved instanceof Element ? resolved.outerHTML : ''
    dispose()
    return html
  })
}
