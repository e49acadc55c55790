import { Show } from 'solid-js'
import { readCount } from './count-value.ts'
import { whenLeft } from './when-left.ts'

/** One number of several that stand side by side, under a label of its own. */
export function CountInput(props: {
  id: string
  label: string
  value: number | null
  suffix?: string
  invalid: boolean
  describedBy: string
  onChange: (value: number | null) => void
  onBlur: () => void
}) {
  return (
    <div class="field-count">
      <label class="count-label" for={props.id}>
        {props.label}
      </label>
      <div class="fjs-input-group">
        <input
          id={props.id}
          class="fjs-input"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          value={props.value ?? ''}
          aria-invalid={props.invalid}
          aria-describedby={props.describedBy}
          onInput={(event) => {
            const value = readCount(event.currentTarget.value)
            event.currentTarget.value = value === null ? '' : String(value)
            props.onChange(value)
          }}
          onBlur={(event) => whenLeft(event, props.onBlur)}
        />
        <Show when={props.suffix}>
          <span class="fjs-input-adornment">{props.suffix}</span>
        </Show>
      </div>
    </div>
  )
}

/** The same numbers to be read. */
export function CountFacts(props: { facts: readonly { label: string; value: number | null }[] }) {
  return (
    <dl class="count-facts">
      {props.facts.map((fact) => (
        <div>
          <dt>{fact.label}</dt>
          <dd>{fact.value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  )
}
