import { createUniqueId, type JSX, Show } from 'solid-js'
import { Choice, type ChoiceOption } from '../../ui/choice.tsx'

/** A label above a control, with a quiet line and a fault below. */
export function Labelled(props: {
  label: string
  about?: string
  fault?: string | undefined
  children: (ids: { id: string; describedBy: string }) => JSX.Element
}) {
  const id = createUniqueId()
  return (
    <div class="detail">
      <label for={id}>{props.label}</label>
      {props.children({ id, describedBy: `${id}-about` })}
      <p id={`${id}-about`} class="detail-about" classList={{ fault: props.fault !== undefined }}>
        {props.fault ?? props.about}
      </p>
    </div>
  )
}

/** A text that is kept when it is left or Enter is pressed; Escape puts back what was. */
export function TextDetail(props: {
  label: string
  value: string
  /** What is kept, where `value` follows what is typed. */
  kept?: string
  about?: string
  fault?: string | undefined
  lines?: number
  numeric?: boolean
  code?: boolean
  /** Id of a list of texts to choose from. */
  list?: string
  /** Shown while typing, before anything is kept. */
  onType?: (text: string) => void
  onKeep: (text: string) => void
}) {
  const kept = () => props.kept ?? props.value
  const keep = (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
    if (event.currentTarget.value !== kept()) props.onKeep(event.currentTarget.value.trim())
  }
  const keys = (event: KeyboardEvent & { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
    if (event.isComposing) return
    if (event.key === 'Enter' && !(event.currentTarget instanceof HTMLTextAreaElement)) keep(event)
    if (event.key !== 'Escape' || event.currentTarget.value === kept()) return
    // The panel stays open: the first Escape is for what is typed.
    event.stopPropagation()
    event.currentTarget.value = kept()
    props.onType?.(kept())
  }
  const common = (ids: { id: string; describedBy: string }) => ({
    id: ids.id,
    class: 'detail-control',
    classList: { code: props.code === true },
    'aria-describedby': ids.describedBy,
    'aria-invalid': props.fault !== undefined,
    value: props.value,
  })
  return (
    <Labelled label={props.label} {...(props.about && { about: props.about })} fault={props.fault}>
      {(ids) => (
        <Show
          when={props.lines}
          fallback={
            <input
              {...common(ids)}
              {...(props.list && { list: props.list })}
              {...(props.numeric && { inputmode: 'decimal' as const })}
              autocomplete="off"
              spellcheck={!props.code}
              onInput={(event) => props.onType?.(event.currentTarget.value)}
              onChange={keep}
              on:keydown={keys}
            />
          }
        >
          {(lines) => (
            <textarea
              {...common(ids)}
              rows={lines()}
              spellcheck={!props.code}
              onInput={(event) => props.onType?.(event.currentTarget.value)}
              onChange={keep}
              on:keydown={keys}
            />
          )}
        </Show>
      )}
    </Labelled>
  )
}

/** One out of a list, under its label. */
export function ChoiceDetail<T extends string>(props: {
  label: string
  value: T | undefined
  options: readonly ChoiceOption<T>[]
  onChange: (value: T) => void
}) {
  return (
    <div class="detail">
      <span class="detail-label" aria-hidden="true">
        {props.label}
      </span>
      <Choice
        label={props.label}
        value={props.value}
        options={props.options}
        onChange={props.onChange}
        look="control"
      />
    </div>
  )
}

/** A tick, with a quiet line below where its label does not say it all. */
export function TickDetail(props: {
  label: string
  about?: string
  value: boolean
  onChange: (value: boolean) => void
}) {
  const id = createUniqueId()
  const tick = () => (
    <label class="detail-tick">
      <input
        type="checkbox"
        checked={props.value}
        aria-describedby={props.about && id}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  )
  return (
    <Show when={props.about} fallback={tick()}>
      {(about) => (
        <div>
          {tick()}
          <p id={id} class="detail-about">
            {about()}
          </p>
        </div>
      )}
    </Show>
  )
}
