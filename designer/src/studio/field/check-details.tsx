import type { FieldDictionary, FieldEntry } from '@bihuan/engine'
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { showToast } from '../../ui/toast.tsx'
import { TextDetail } from './detail-parts.tsx'
import type { FieldChange } from './edit.ts'
import { judgeCheck } from './judge-entry.ts'
import type { UnfinishedCheck } from './unfinished-checks.ts'

/** Names offered below a check. */
const OFFERED = 8

/**
 * The rule a value must keep and what is said when it does not: kept together, as neither is anything without the other.
 * What cannot be kept yet waits in `unfinished` for whoever comes back to the field. The rule is judged with every key.
 */
export function CheckDetails(props: {
  field: FieldEntry
  dictionary: FieldDictionary
  unfinished: Map<string, UnfinishedCheck>
  keep: (change: FieldChange) => void
}) {
  const [typed, setTyped] = createSignal(props.unfinished.get(props.field.key))
  let shown = props.field
  const leave = () => {
    const isThere = props.dictionary.fields.some(({ key }) => key === shown.key)
    if (isThere && props.unfinished.has(shown.key))
      showToast(st('fields.detail.checkWaits', { field: shown.name }), 'plain')
  }
  createEffect(
    on(
      () => props.field,
      (field) => {
        if (field.key !== shown.key) {
          leave()
          setTyped(props.unfinished.get(field.key))
        }
        shown = field
      },
      { defer: true },
    ),
  )
  onCleanup(leave)
  const kept = (): UnfinishedCheck => ({ check: props.field.check ?? '', message: props.field.checkMessage ?? '' })
  const check = () => typed()?.check ?? kept().check
  const message = () => typed()?.message ?? kept().message
  const type = (change: Partial<UnfinishedCheck>) => {
    const next = { check: check(), message: message(), ...change }
    if (next.check === kept().check && next.message === kept().message) forget()
    else {
      props.unfinished.set(props.field.key, next)
      setTyped(next)
    }
  }
  const forget = () => {
    props.unfinished.delete(props.field.key)
    setTyped(undefined)
  }
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
      forget()
    } else if (!unreadable() && message().trim() !== '') {
      props.keep({ check: check().trim(), checkMessage: message().trim() })
      forget()
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
        onType={(given) => type({ check: given })}
        onKeep={keep}
      />
      <Show when={check().trim() !== ''}>
        <TextDetail
          label={st('fields.detail.checkMessage')}
          value={message()}
          kept={props.field.checkMessage ?? ''}
          fault={message().trim() === '' ? st('fields.detail.checkNeedsMessage') : undefined}
          onType={(given) => type({ message: given })}
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
                type({ check: check() === '' ? field.key : `${check()} ${field.key}` })
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
