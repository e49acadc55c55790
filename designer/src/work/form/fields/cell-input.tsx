import type { FieldColumn } from '@bihuan/engine'
import ChevronDown from 'lucide-solid/icons/chevron-down'
import { For, Match, Show, Switch } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { YUAN_UNIT } from '../../../i18n/yuan.ts'
import { DateBox } from '../../../ui/date-box.tsx'
import { readNumber } from './cell-value.ts'
import { MoneyInput } from './money-input.tsx'
import { whenLeft } from './when-left.ts'

const shown = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** The unit that stands after a cell of a column. */
export const unitOf = (column: FieldColumn): string | null => (column.kind === 'money' ? YUAN_UNIT : column.unit)

/** One cell of an editable table. */
export function CellInput(props: {
  id: string
  column: FieldColumn
  value: unknown
  /** Name of the cell for those who do not see its column; absent where a label stands above it. */
  label?: string
  invalid: boolean
  onChange: (value: unknown) => void
  onBlur: () => void
  onKeyDown: (event: KeyboardEvent) => void
}) {
  const own = () => ({
    id: props.id,
    'aria-label': props.label,
    'aria-invalid': props.invalid,
    required: props.column.required,
  })
  return (
    <div class="fjs-input-group">
      <Switch
        fallback={
          <input
            {...own()}
            class="fjs-input"
            type="text"
            inputmode={props.column.kind === 'number' ? 'decimal' : 'text'}
            classList={{ number: props.column.kind === 'number' }}
            autocomplete="off"
            maxlength={2000}
            value={shown(props.value)}
            onInput={(event) => {
              const typed = event.currentTarget.value
              props.onChange(props.column.kind === 'number' ? readNumber(typed) : typed === '' ? null : typed)
            }}
            onKeyDown={(event) => props.onKeyDown(event)}
            onBlur={(event) => whenLeft(event, props.onBlur)}
          />
        }
      >
        <Match when={props.column.kind === 'money'}>
          <MoneyInput
            id={props.id}
            {...(props.label === undefined ? {} : { label: props.label })}
            value={shown(props.value)}
            required={props.column.required}
            invalid={props.invalid}
            onChange={(value) => props.onChange(value)}
            onBlur={(event) => whenLeft(event, props.onBlur)}
            onKeyDown={(event) => props.onKeyDown(event)}
          />
        </Match>
        <Match when={props.column.kind === 'date'}>
          <DateBox
            {...own()}
            class="fjs-input"
            type="date"
            value={shown(props.value)}
            onChange={(event) => props.onChange(event.currentTarget.value || null)}
            onKeyDown={(event) => props.onKeyDown(event)}
            onBlur={(event) => whenLeft(event, props.onBlur)}
          />
        </Match>
        <Match when={props.column.kind === 'choice'}>
          <select
            {...own()}
            class="fjs-input"
            onChange={(event) => {
              const chosen = props.column.options.find((option) => String(option.value) === event.currentTarget.value)
              props.onChange(chosen?.value ?? null)
            }}
            onBlur={(event) => whenLeft(event, props.onBlur)}
          >
            <option value="">{t('form.rows.choose')}</option>
            <For each={props.column.options}>
              {(option) => (
                <option value={String(option.value)} selected={option.value === props.value}>
                  {option.label}
                </option>
              )}
            </For>
          </select>
          <ChevronDown class="icon s select-sign" aria-hidden="true" />
        </Match>
      </Switch>
      <Show when={props.column.kind === 'money' || props.column.kind === 'number' ? unitOf(props.column) : null}>
        {(unit) => <span class="fjs-input-adornment">{unit()}</span>}
      </Show>
    </div>
  )
}
