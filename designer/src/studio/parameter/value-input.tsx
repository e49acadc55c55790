import type { Json } from '@bihuan/engine'
import { createSignal, type JSX, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { DateBox } from '../../ui/date-box.tsx'
import { type Parameter, valueOfText } from './parameter-file.ts'
import { titleOf } from './parameter-words.ts'

/** The value of a parameter, to change in its line. What its type does not take is said and not kept. */
export function ValueInput(props: { parameter: Parameter; onKeep: (value: Json) => void }) {
  const [wrong, setWrong] = createSignal(false)
  const label = () => st('parameters.valueFor', { title: titleOf(props.parameter) })
  function keep(text: string): void {
    const value = valueOfText(text, props.parameter.type)
    setWrong(value === null)
    if (value !== null && value !== props.parameter.value) props.onKeep(value)
  }
  const value = () => String(props.parameter.value ?? '')
  const own = (): JSX.InputHTMLAttributes<HTMLInputElement> => ({
    class: 'value-input num',
    'aria-label': label(),
    'aria-invalid': wrong(),
    title: wrong() ? st(`parameters.valueFault.${props.parameter.type}`) : undefined,
    onChange: (event) => keep(event.currentTarget.value),
    onKeyDown: (event) => {
      if (event.key !== 'Escape') return
      event.currentTarget.value = value()
      setWrong(false)
    },
  })
  return (
    <Show
      when={props.parameter.type !== 'boolean'}
      fallback={
        <select class="value-input" aria-label={label()} onChange={(event) => keep(event.currentTarget.value)}>
          <option value="true" selected={props.parameter.value === true}>
            {st('parameters.yes')}
          </option>
          <option value="false" selected={props.parameter.value !== true}>
            {st('parameters.no')}
          </option>
        </select>
      }
    >
      <Show
        when={props.parameter.type === 'date'}
        fallback={
          <input
            {...own()}
            type="text"
            inputmode={props.parameter.type === 'integer' ? 'numeric' : undefined}
            value={value()}
          />
        }
      >
        <DateBox {...own()} type="date" value={value()} />
      </Show>
      <Show when={wrong()}>
        <span class="value-fault" role="alert">
          {st(`parameters.valueFault.${props.parameter.type}`)}
        </span>
      </Show>
    </Show>
  )
}
