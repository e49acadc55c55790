import { createSignal } from 'solid-js'
import { groupedMoney, moneyText, readMoney } from './money-value.ts'

/** A box for a sum of money: plain while one types, in groups of three after. */
export function MoneyInput(props: {
  id: string
  value: string
  label?: string
  required?: boolean
  invalid: boolean
  describedBy?: string
  onChange: (value: string | null) => void
  onBlur: (event: FocusEvent & { currentTarget: Element }) => void
  onKeyDown?: (event: KeyboardEvent) => void
}) {
  const [typing, setTyping] = createSignal<string | null>(null)
  return (
    <input
      id={props.id}
      class="fjs-input number"
      type="text"
      inputmode="decimal"
      autocomplete="off"
      maxlength={26}
      value={typing() ?? groupedMoney(props.value)}
      aria-label={props.label}
      required={props.required}
      aria-invalid={props.invalid}
      aria-describedby={props.describedBy}
      onKeyDown={(event) => props.onKeyDown?.(event)}
      onFocus={(event) => {
        setTyping(moneyText(props.value))
        event.currentTarget.select()
      }}
      onInput={(event) => {
        const typed = event.currentTarget.value.normalize('NFKC').replace(/\s/g, '')
        setTyping(typed)
        props.onChange(readMoney(typed))
      }}
      onBlur={(event) => {
        setTyping(null)
        props.onBlur(event)
      }}
    />
  )
}
