import type { JSX } from 'solid-js'
import { fullDayText } from '../i18n/dates.ts'
import { t } from '../i18n/i18n.ts'
import './date-box.css'

type Kind = 'date' | 'time' | 'datetime-local'

const CHOOSE = { date: 'clock.chooseDay', time: 'clock.chooseTime', 'datetime-local': 'clock.chooseMoment' } as const

/** `2026年7月1日 09:00` for `2026-07-01T09:00`; what is to be chosen for an empty box. */
function words(value: string, kind: Kind): string {
  if (value === '') return t(CHOOSE[kind])
  if (kind === 'time') return value
  const [day = '', time = ''] = value.split('T')
  return `${fullDayText(day)} ${time}`.trimEnd()
}

/**
 * A box for a day, a time or both, by the picker of the machine: on a phone it is the one people know. What it holds
 * reads in the language of the page; the browser's own parts, in the language of the browser, show while it is written in.
 * `value` is that of such an input: `2026-07-01`, `09:00`, `2026-07-01T09:00`, or empty.
 */
export function DateBox(props: JSX.InputHTMLAttributes<HTMLInputElement> & { type: Kind; value: string }) {
  const text = () => (props.value === '' && props.readonly ? '' : words(props.value, props.type))
  return <input {...props} data-words={text()} data-is-empty={props.value === '' ? '' : undefined} />
}
