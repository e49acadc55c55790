import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import { For, type JSX, Show } from 'solid-js'
import { Kbd } from './kbd.tsx'
import './menu.css'

export interface MenuItem {
  label: string
  icon?: JSX.Element
  /** Said in red: what cannot be taken back. */
  danger?: boolean
  disabled?: boolean
  /** A line stands above it. */
  apart?: boolean
  /** The key that does the same. */
  keys?: string
  onSelect: () => void
}

export interface MenuProps {
  /** What the menu is about: the name of its button. */
  label: string
  /** What stands in the button. */
  trigger: JSX.Element
  items: readonly MenuItem[]
  /** Class of the button; `hit` unless given. */
  class?: string
  placement?: 'bottom-start' | 'bottom-end' | 'right-start' | 'top-start' | 'top-end'
}

/** A button that opens a short list of acts. Arrow keys move, Enter acts, Escape closes. */
export function Menu(props: MenuProps) {
  return (
    <DropdownMenu placement={props.placement ?? 'bottom-end'} gutter={6} modal={false}>
      <DropdownMenu.Trigger class={props.class ?? 'hit'} aria-label={props.label}>
        {props.trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="menu tight">
          <For each={props.items}>
            {(item) => (
              <DropdownMenu.Item
                class="menu-item"
                classList={{ danger: item.danger, apart: item.apart }}
                disabled={item.disabled}
                textValue={item.label}
                onSelect={() => item.onSelect()}
              >
                {item.icon}
                {item.label}
                <Show when={item.keys}>{(keys) => <Kbd>{keys()}</Kbd>}</Show>
              </DropdownMenu.Item>
            )}
          </For>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  )
}
