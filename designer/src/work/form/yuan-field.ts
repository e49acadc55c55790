import { Numberfield } from '@bpmn-io/form-js-viewer'
import { type ComponentType, h } from 'preact'
import { t } from '../../i18n/i18n.ts'
import { YUAN_UNIT, yuanInWords } from '../../i18n/yuan.ts'
import type { Field, FieldProps } from './field-bridge.ts'

const Inner = Numberfield as unknown as ComponentType<FieldProps> & Pick<Field, 'config'>

/** Whether a number is an amount of money: it is authored with 元 as its unit. */
const isYuan = (props: FieldProps): boolean => {
  const appearance = props.field.appearance as { suffixAdorner?: unknown } | undefined
  return typeof appearance?.suffixAdorner === 'string' && appearance.suffixAdorner.trim() === YUAN_UNIT
}

/** The `number` field of form-js; under an amount in yuan stands the same amount in formal numerals. */
function NumberInWords(props: FieldProps) {
  const words = isYuan(props) ? yuanInWords(props.value) : null
  return h(
    'div',
    { class: 'number-field' },
    h(Inner, props),
    words ? h('p', { class: 'yuan-words', 'aria-live': 'polite' }, h('span', null, t('form.uppercase')), words) : null,
  )
}

export const numberField = Object.assign(NumberInWords, { config: Inner.config }) as Field
