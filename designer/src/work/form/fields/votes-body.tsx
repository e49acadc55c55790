import { voteParts, votesCast } from '@bihuan/engine'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import CircleCheck from 'lucide-solid/icons/circle-check'
import { createEffect, For, on, Show } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { CountFacts, CountInput } from './count-input.tsx'
import { type Parts, partsOf, withPart } from './count-value.ts'
import { presentPath } from './own-faults.ts'
import './counts.css'
import type { OwnBodyProps } from './surroundings.ts'

type Part = (typeof voteParts)[number]

/** The count of a vote, side by side, with its sum as one types. */
export function VotesBody(props: OwnBodyProps) {
  const parts = (): Parts<Part> => partsOf(props.value, voteParts)
  const path = presentPath(props.field)
  /** Whether the attendance is asked for on this form or known from before: then it is not asked for again here. */
  const isLinked = () => path !== null && props.around.look(path.slice(0, -1)) !== undefined
  const came = (): number | null => {
    const value = path ? props.around.look(path) : null
    return typeof value === 'number' ? value : null
  }
  const present = () => came() ?? parts().present ?? null
  const cast = () => voteParts.slice(1).map((part) => parts()[part] ?? null)
  const isCounted = () => cast().every((count) => count !== null) && present() !== null
  const sum = () => votesCast(parts() as Record<string, number>)
  // Those present are counted once: a change of the attendance is a change of the vote.
  createEffect(
    on(came, (count) => {
      if (!props.readonly && count !== null && props.value && parts().present !== count)
        props.onChange({ ...parts(), present: count })
    }),
  )
  const change = (part: Part, count: number | null) => {
    const next = withPart(isLinked() ? { ...parts(), present: null } : parts(), part, count)
    props.onChange(next && isLinked() ? { ...next, present: came() } : next)
  }
  const asked = () => (isLinked() ? voteParts.slice(1) : voteParts)

  return (
    <Show
      when={!props.readonly}
      fallback={
        <CountFacts
          facts={voteParts.map((part) => ({ label: t(`form.count.${part}`), value: parts()[part] ?? null }))}
        />
      }
    >
      <fieldset class={asked().length === 3 ? 'counts three' : 'counts four'} aria-labelledby={props.labelId}>
        <For each={asked()}>
          {(part, index) => (
            <CountInput
              id={index() === 0 ? props.domId : `${props.domId}-${part}`}
              label={t(`form.count.${part}`)}
              value={parts()[part] ?? null}
              invalid={props.invalid}
              describedBy={props.describedBy}
              onChange={(count) => change(part, count)}
              onBlur={() => props.onBlur()}
            />
          )}
        </For>
      </fieldset>
      <p class="counts-note" role="status" classList={{ fits: isCounted() && sum() === present() }}>
        <Show
          when={isCounted()}
          fallback={
            <Show when={isLinked()}>
              {came() === null ? t('form.count.first') : t('form.count.from', { present: came() ?? 0 })}
            </Show>
          }
        >
          <Show
            when={sum() === present()}
            fallback={
              <span class="counts-off">
                <CircleAlert class="icon s" aria-hidden="true" />
                {t('form.count.differs', { sum: sum(), present: present() ?? 0 })}
              </span>
            }
          >
            <CircleCheck class="icon s" aria-hidden="true" />
            {t('form.count.fits', { sum: sum() })}
          </Show>
        </Show>
      </p>
    </Show>
  )
}
