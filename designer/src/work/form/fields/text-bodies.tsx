import { maskIdNumber } from '@bihuan/engine'
import { Show } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { YUAN_UNIT, yuanInWords } from '../../../i18n/yuan.ts'
import { MoneyInput } from './money-input.tsx'
import { groupedMoney } from './money-value.ts'
import type { OwnBodyProps } from './surroundings.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Full-width characters of a Chinese keyboard as the plain ones, without spaces. */
const plain = (typed: string): string => typed.normalize('NFKC').replace(/\s/g, '')

/** A line of digits that is typed as it stands on a card. */
function LineBody(
  props: OwnBodyProps & {
    shown: string
    mode: 'numeric' | 'text' | 'tel'
    most: number
    read: (typed: string) => string
  },
) {
  return (
    <Show when={!props.readonly} fallback={<p class="field-text number">{props.shown}</p>}>
      <div class="fjs-input-group">
        <input
          id={props.domId}
          class="fjs-input number"
          type="text"
          inputmode={props.mode}
          autocomplete="off"
          maxlength={props.most}
          value={text(props.value)}
          required={props.field.validate?.required}
          aria-invalid={props.invalid}
          aria-describedby={props.describedBy}
          onInput={(event) => {
            const read = props.read(event.currentTarget.value)
            if (read !== event.currentTarget.value) event.currentTarget.value = read
            props.onChange(read === '' ? null : read)
          }}
          onBlur={() => props.onBlur()}
        />
      </div>
    </Show>
  )
}

/** An identity number; to who only reads it, a part is hidden. */
export function IdNumberBody(props: OwnBodyProps) {
  return (
    <LineBody
      {...props}
      mode="text"
      most={20}
      shown={maskIdNumber(text(props.value))}
      read={(typed) => plain(typed).toUpperCase()}
    />
  )
}

/** A mobile number, by the keys for digits. */
export function MobileBody(props: OwnBodyProps) {
  return (
    <LineBody
      {...props}
      mode="tel"
      most={16}
      shown={text(props.value)}
      read={(typed) => plain(typed).replace(/-/g, '')}
    />
  )
}

/** A sum of money: typed as digits, shown in groups of three, and in formal numerals below. */
export function MoneyBody(props: OwnBodyProps) {
  const words = () => yuanInWords(props.value)
  return (
    <>
      <Show
        when={!props.readonly}
        fallback={
          <p class="field-text number">
            {groupedMoney(text(props.value))} <Show when={props.value}>{YUAN_UNIT}</Show>
          </p>
        }
      >
        <div class="fjs-input-group money">
          <MoneyInput
            id={props.domId}
            value={text(props.value)}
            required={props.field.validate?.required === true}
            invalid={props.invalid}
            describedBy={props.describedBy}
            onChange={(value) => props.onChange(value)}
            onBlur={() => props.onBlur()}
          />
          <span class="fjs-input-adornment">{YUAN_UNIT}</span>
        </div>
      </Show>
      <Show when={words()}>
        <p class="yuan-words" aria-live="polite">
          <span>{t('form.uppercase')}</span>
          {words()}
        </p>
      </Show>
    </>
  )
}
