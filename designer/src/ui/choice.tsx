import { Select } from '@kobalte/core/select'
import Check from 'lucide-solid/icons/check'
import ChevronDown from 'lucide-solid/icons/chevron-down'
import { createMemo, Show } from 'solid-js'
import './menu.css'
import './choice.css'

export interface ChoiceOption<T extends string> {
  readonly value: T
  readonly label: string
  /** A quiet line under the label. */
  readonly about?: string
  readonly disabled?: boolean
}

export interface ChoiceProps<T extends string> {
  /** Undefined or unknown: the placeholder stands there. */
  value: T | undefined
  options: readonly ChoiceOption<T>[]
  onChange: (value: T) => void
  /** What is chosen, for a screen reader: it is not seen. */
  label: string
  placeholder?: string
  disabled?: boolean
  /** `word` is the blue word in a sentence, `control` a field of a form. */
  look?: 'word' | 'control'
}

/** One out of a list that opens: the blue word in a sentence, or a field. Typing jumps to an option. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const chosen = createMemo(() => props.options.find((option) => option.value === props.value) ?? null)
  return (
    <Select<ChoiceOption<T>>
      class={`choice ${props.look ?? 'word'}`}
      options={[...props.options]}
      // An empty key counts as none chosen.
      optionValue={(option) => `=${option.value}`}
      optionTextValue="label"
      optionDisabled="disabled"
      value={chosen()}
      onChange={(option) => {
        // Pressing the chosen option again means to keep it.
        if (option && option.value !== props.value) props.onChange(option.value)
      }}
      disallowEmptySelection
      disabled={props.disabled ?? false}
      placeholder={props.placeholder ?? ''}
      placement="bottom-start"
      gutter={4}
      itemComponent={(item) => (
        <Select.Item item={item.item} class="menu-item choice-item">
          <span class="choice-words">
            <Select.ItemLabel>{item.item.rawValue.label}</Select.ItemLabel>
            <Show when={item.item.rawValue.about}>
              {(about) => <Select.ItemDescription class="choice-about">{about()}</Select.ItemDescription>}
            </Show>
          </span>
          <Select.ItemIndicator class="choice-mark">
            <Check class="icon s" aria-hidden="true" />
          </Select.ItemIndicator>
        </Select.Item>
      )}
    >
      <Select.Label as="span" class="sr">
        {props.label}
      </Select.Label>
      <Select.Trigger class="choice-trigger">
        <Select.Value<ChoiceOption<T>> class="choice-value">
          {(state) => state.selectedOption()?.label ?? props.placeholder ?? ''}
        </Select.Value>
        <Select.Icon class="choice-arrow">
          <ChevronDown class="icon s" aria-hidden="true" />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Content class="menu tight choice-list">
          <Select.Listbox class="choice-options" />
        </Select.Content>
      </Select.Portal>
    </Select>
  )
}
