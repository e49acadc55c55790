import { Show } from 'solid-js'
import { DateBox } from '../../ui/date-box.tsx'
import { fromInput, type Subtype, subtypeOf, todayInShanghai, toInput } from './date-value.ts'
import { type BodyProps, type FieldSchema, solidField } from './field-bridge.ts'

const INPUT: Record<Subtype, 'date' | 'time' | 'datetime-local'> = {
  date: 'date',
  time: 'time',
  datetime: 'datetime-local',
}

/** Date, time, or both. */
function DateBody(props: BodyProps) {
  const subtype = () => subtypeOf(props.field.subtype)
  return (
    <div class="fjs-input-group date-group" classList={{ 'fjs-readonly': props.readonly }}>
      <Show when={subtype()} keyed>
        {(kind) => (
          <DateBox
            id={props.domId}
            class="fjs-input"
            type={INPUT[kind]}
            value={toInput(props.value, kind)}
            min={props.field.disallowPassedDates && kind !== 'time' ? minimum(kind) : undefined}
            readonly={props.readonly}
            required={props.field.validate?.required}
            aria-invalid={props.invalid}
            aria-describedby={props.describedBy}
            onChange={(event) =>
              props.onChange(fromInput(event.currentTarget.value, kind, props.field.timeSerializingFormat))
            }
            onBlur={() => props.onBlur()}
          />
        )}
      </Show>
    </div>
  )
}

const minimum = (kind: Subtype): string =>
  kind === 'date' ? todayInShanghai(Date.now()) : `${todayInShanghai(Date.now())}T00:00`

const label = (field: FieldSchema): string =>
  [field.label, field.dateLabel, field.timeLabel].filter((text) => typeof text === 'string' && text !== '').join(' ')

/** The `datetime` field of form-js, with the same values. */
export const dateField = solidField(
  {
    type: 'datetime',
    keyed: true,
    name: 'Date time',
    group: 'basic-input',
    emptyValue: null,
    sanitizeValue: ({ formField, value }) => (toInput(value, subtypeOf(formField.subtype)) === '' ? null : value),
    create: (options = {}) => ({ subtype: 'date', ...options }),
  },
  DateBody,
  label,
)
