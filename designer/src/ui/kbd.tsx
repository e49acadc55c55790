import type { ParentProps } from 'solid-js'
import './button.css'

/** The key that does what stands beside it; shown on a desk only, and not read aloud. */
export function Kbd(props: ParentProps) {
  return (
    <span class="kbd" aria-hidden="true">
      {props.children}
    </span>
  )
}
