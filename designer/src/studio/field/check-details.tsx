import type { FieldDictionary, FieldEntry } from '@bihuan/engine'
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { TextDetail } from './detail-parts.tsx'
import type { FieldChange } from './edit.ts'
import { judgeCheck } from './judge-entry.ts'

/** Names offered below a check. */
const OFFERED = 8

/**
 * The rule a value must keep and what is said when it does not: kept together, as neither is anything without the other.
 * The rule is judged with every key.
 */
export function CheckDetails(props: {
  field: FieldEntry
  dictionary: FieldDictionary
  keep: (change: FieldChange) => void
}) {
  const [typed, setTyped] = createSignal<string>()
  const [words, setWords] = createSignal<string>()
  // What is typed belongs to one field.
  createEffect(
    on(
      () => props.field.key,
      () => {
        setTyped(undefined)
        setWords(undefined)
      },
      { defer: true },
    ),
  )
  const check = () => typed() ?? props.field.check ?? ''
  const message = () => words() ?? props.field.checkMessage ?? ''
  const fault = createMemo((): string | undefined => {
    const found = judgeCheck(check(), props.dictionary)
    if (found === null) return undefined
    return 'at' in found
      ? st('fields.detail.checkFault', { at: found.at })
      : st('fields.detail.checkUnknown', { names: found.unknown.join(st('fields.preview.comma')) })
  })
  const unreadable = () => {
    const found = judgeCheck(check(), props.dictionary)
    return found !== null && 'at' in found
  }

  function keep(): void {
    if (check().trim() === '') {
      props.keep({ check: undefined, checkMessage: undefined })
      setTyped(undefined)
      setWords(undefined)
    } else if (!unreadable() && message().trim() !== '') {
      props.keep({ check: check().trim(), checkMessage: message().trim() })
      setTyped(undefined)
      setWords(undefined)
    }
  }

  return (
    <>
      <TextDetail
        label={st('fields.detail.check')}
        value={check()}
        kept={props.field.check ?? ''}
        about={st('fields.detail.checkAbout')}
        code
        lines={2}
        fault={fault()}
        onType={setTyped}
        onKeep={keep}
      />
      <Show when={check().trim() !== ''}>
        <TextDetail
          label={st('fields.detail.checkMessage')}
          value={message()}
          kept={props.field.checkMessage ?? ''}
          fault={message().trim() === '' ? st('fields.detail.checkNeedsMessage') : undefined}
          onType={setWords}
          onKeep={keep}
        />
      </Show>
      <p class="known-names">
        <span>{st('fields.detail.checkNames')}</span>
        <For each={nearby(props.dictionary, props.field)}>
          {(field) => (
            <button
              type="button"
              onClick={() => {
                setTyped(check() === '' ? field.key : `${check()} ${field.key}`)
                keep()
              }}
            >
              {field.name}
            </button>
          )}
        </For>
      </p>
    </>
  )
}

/** Fields a check most likely reads: the field itself, then those of its group. */
function nearby(dictionary: FieldDictionary, field: FieldEntry): FieldEntry[] {
  const others = dictionary.fields.filter((each) => each.key !== field.key)
  const same = others.filter((each) => each.group === field.group)
  return [field, ...same, ...others.filter((each) => each.group !== field.group)].slice(0, OFFERED)
}
