import type { FieldEntry, Json } from '@bihuan/engine'
import { Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Choice } from '../../ui/choice.tsx'
import { DateBox } from '../../ui/date-box.tsx'
import { typedText, typedValue } from './typed-value.ts'

const EMPTY = ' '

/** A control for one value of a test: the options of its field, a day, yes or no, else a text. */
export function ValueInput(props: {
  label: string
  field: FieldEntry | undefined
  /** Type of the column, where no field says more. */
  type: string | undefined
  value: Json | undefined
  onChange: (value: Json) => void
}) {
  const kind = () => props.field?.kind
  const options = (): readonly { value: string; label: string }[] | null => {
    if (kind() === 'choice') return props.field?.options ?? []
    if (kind() === 'yesNo' || (!props.field && props.type === 'boolean'))
      return [
        { value: 'true', label: st('decisions.yes') },
        { value: 'false', label: st('decisions.no') },
      ]
    return null
  }
  const isDay = () => kind() === 'date' || (!props.field && props.type === 'date')
  /** Fields that hold texts, also of digits alone; money is kept as a text. */
  const type = () => (props.field && kind() !== 'number' ? 'string' : props.type)

  return (
    <Show
      when={options()}
      fallback={
        <Show
          when={isDay()}
          fallback={
            <input
              class="control"
              type="text"
              aria-label={props.label}
              value={typedText(props.value)}
              placeholder={st('decisions.noValue')}
              onChange={(event) => props.onChange(typedValue(event.currentTarget.value, type()))}
            />
          }
        >
          <DateBox
            class="control"
            type="date"
            aria-label={props.label}
            value={typedText(props.value)}
            onChange={(event) => props.onChange(typedValue(event.currentTarget.value, 'string'))}
          />
        </Show>
      }
    >
      {(known) => (
        <Choice
          look="control"
          label={props.label}
          placeholder={st('decisions.noValue')}
          value={props.value === null || props.value === undefined ? EMPTY : String(props.value)}
          options={[{ value: EMPTY, label: st('decisions.noValue') }, ...known()]}
          onChange={(value) => props.onChange(value === EMPTY ? null : kind() === 'choice' ? value : value === 'true')}
        />
      )}
    </Show>
  )
}
