import { attendanceParts } from '@bihuan/engine'
import { For, Show } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { CountFacts, CountInput } from './count-input.tsx'
import { partsOf, withPart } from './count-value.ts'
import './counts.css'
import type { OwnBodyProps } from './surroundings.ts'

/** Who should come and who came, side by side. */
export function AttendanceBody(props: OwnBodyProps) {
  const parts = () => partsOf(props.value, attendanceParts)
  const absent = () => {
    const { expected, present } = parts()
    return expected != null && present != null && present < expected ? expected - present : 0
  }
  return (
    <Show
      when={!props.readonly}
      fallback={
        <CountFacts
          facts={attendanceParts.map((part) => ({ label: t(`form.count.${part}`), value: parts()[part] ?? null }))}
        />
      }
    >
      <fieldset class="counts two" aria-labelledby={props.labelId}>
        <For each={attendanceParts}>
          {(part, index) => (
            <CountInput
              id={index() === 0 ? props.domId : `${props.domId}-${part}`}
              label={t(`form.count.${part}`)}
              value={parts()[part] ?? null}
              suffix={t('form.count.people')}
              invalid={props.invalid}
              describedBy={props.describedBy}
              onChange={(value) => props.onChange(withPart(parts(), part, value))}
              onBlur={() => props.onBlur()}
            />
          )}
        </For>
      </fieldset>
      <Show when={absent() > 0}>
        <p class="counts-note">{t('form.count.absent', { count: absent() })}</p>
      </Show>
    </Show>
  )
}
