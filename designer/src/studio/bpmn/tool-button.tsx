import type { LucideProps } from 'lucide-solid'
import type { JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { Tip } from '../../ui/tooltip.tsx'

export interface ToolButtonProps {
  icon: (props: LucideProps) => JSX.Element
  label: string
  keys?: string
  /** Whether it is switched on; absent for acts. */
  on?: boolean
  disabled?: boolean
  onPress: () => void
}

/** A button of the canvas toolbars: a sign with a name, its key in the tip. */
export function ToolButton(props: ToolButtonProps) {
  return (
    <Tip text={props.label} {...(props.keys && { keys: props.keys })}>
      <button
        type="button"
        class="tool"
        aria-label={props.label}
        aria-pressed={props.on}
        aria-keyshortcuts={props.keys}
        disabled={props.disabled}
        onClick={() => props.onPress()}
      >
        <Dynamic component={props.icon} class="icon s" aria-hidden="true" />
      </button>
    </Tip>
  )
}
