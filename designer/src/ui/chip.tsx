import type { ParentProps } from 'solid-js'
import './chip.css'

export type ChipTone = 'plain' | 'green' | 'amber' | 'red' | 'paused' | 'info' | 'line'

/** A short word with a colour. The word says it all: colour is never the only sign. */
export function Chip(props: ParentProps<{ tone?: ChipTone }>) {
  return <span class={`chip ${props.tone ?? 'plain'}`}>{props.children}</span>
}
