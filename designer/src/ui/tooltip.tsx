import { Tooltip } from '@kobalte/core/tooltip'
import { createSignal, type ParentProps, Show } from 'solid-js'
import { Kbd } from './kbd.tsx'
import './tooltip.css'

export interface TipProps {
  text: string
  /** The key that does the same. */
  keys?: string
  placement?: 'top' | 'bottom' | 'left' | 'right'
}

/**
 * Words that appear over what is pointed at or focused. Its child is one control with a name of its own: the tip only
 * repeats or adds to it.
 */
export function Tip(props: ParentProps<TipProps>) {
  const [open, setOpen] = createSignal(false)
  return (
    <Tooltip
      open={open()}
      onOpenChange={setOpen}
      openDelay={400}
      closeDelay={80}
      gutter={6}
      placement={props.placement ?? 'bottom'}
    >
      <Tooltip.Trigger
        as="span"
        class="tip-place"
        onFocusIn={(event: FocusEvent) => setOpen((event.target as Element).matches(':focus-visible'))}
        onFocusOut={() => setOpen(false)}
      >
        {props.children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content class="tip">
          {props.text}
          <Show when={props.keys}>{(keys) => <Kbd>{keys()}</Kbd>}</Show>
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip>
  )
}
