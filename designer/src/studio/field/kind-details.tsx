import type { FieldEntry, FieldOptionEntry } from '@bihuan/engine'
import type { Directory } from '@bihuan/runtime/contract'
import { Match, Show, Switch } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { freeValue, relabelled } from './clipboard.ts'
import { ColumnDetails } from './column-details.tsx'
import { ChoiceDetail, TextDetail, TickDetail } from './detail-parts.tsx'
import { type FieldChange, hasMember } from './edit.ts'
import { ItemList } from './item-list.tsx'

export interface KindDetailsProps {
  readonly field: FieldEntry
  readonly attendances: readonly FieldEntry[]
  readonly directory: Directory | undefined
  /** Values of options that models and decisions name. */
  readonly namedValues: () => ReadonlySet<string>
  /** What is wrong with the member that was typed last. */
  readonly fault: (member: keyof FieldEntry) => string | undefined
  readonly keep: (change: FieldChange) => void
}

/** A number typed as text; undefined when the text is empty, the text itself when it is none (the judge refuses it). */
export const numberOf = (text: string): number | undefined =>
  text === '' ? undefined : Number.isFinite(Number(text)) ? Number(text) : (text as unknown as number)

/** What only the kind of the field has: options, limits, roles, papers, columns. */
export function KindDetails(props: KindDetailsProps) {
  const has = (member: keyof FieldEntry) => hasMember(props.field.kind, member)
  const text = (member: 'unit' | 'pattern' | 'patternMessage' | 'min' | 'max' | 'decimals' | 'maxLength') =>
    props.field[member] === undefined ? '' : String(props.field[member])
  const limit = (member: 'min' | 'max') => (
    <TextDetail
      label={st(`fields.detail.${member}`)}
      value={text(member)}
      numeric
      fault={props.fault(member)}
      onKeep={(given) => props.keep({ [member]: numberOf(given) })}
    />
  )
  const whole = (member: 'decimals' | 'maxLength') => (
    <TextDetail
      label={st(`fields.detail.${member}`)}
      value={text(member)}
      numeric
      fault={props.fault(member)}
      onKeep={(given) => props.keep({ [member]: numberOf(given) })}
    />
  )
  return (
    <>
      <Show when={has('options')}>
        <Options {...props} />
      </Show>
      <Show when={has('unit')}>
        <TextDetail
          label={st('fields.detail.unit')}
          value={text('unit')}
          fault={props.fault('unit')}
          onKeep={(unit) => props.keep({ unit: unit === '' ? undefined : unit })}
        />
      </Show>
      <Show when={has('min')}>
        <div class="detail-pair">
          {limit('min')}
          {limit('max')}
          <Show when={has('decimals')}>{whole('decimals')}</Show>
        </div>
      </Show>
      <Show when={has('maxLength')}>{whole('maxLength')}</Show>
      <Show when={has('pattern')}>
        <Pattern {...props} />
      </Show>
      <Switch>
        <Match when={has('role')}>
          <ChoiceDetail
            label={st('fields.detail.role')}
            value={props.field.role ?? ''}
            options={[
              { value: '', label: st('fields.detail.anyRole') },
              ...(props.directory?.roles ?? []).map((role) => ({ value: role.key, label: role.name })),
            ]}
            onChange={(role) => props.keep({ role: role === '' ? undefined : role })}
          />
        </Match>
        <Match when={has('level')}>
          <ChoiceDetail
            label={st('fields.detail.level')}
            value={props.field.level ?? ''}
            options={[
              { value: '', label: st('fields.detail.anyLevel') },
              ...(props.directory?.levels ?? []).map((level) => ({ value: level.key, label: level.name })),
            ]}
            onChange={(level) => props.keep({ level: level === '' ? undefined : level })}
          />
        </Match>
        <Match when={has('attendance')}>
          <ChoiceDetail
            label={st('fields.detail.attendance')}
            value={props.field.attendance ?? ''}
            options={[
              { value: '', label: st('fields.detail.noAttendance') },
              ...props.attendances.map((field) => ({ value: field.key, label: field.name })),
            ]}
            onChange={(key) => props.keep({ attendance: key === '' ? undefined : key })}
          />
        </Match>
        <Match when={has('items')}>
          <Papers {...props} />
        </Match>
        <Match when={has('columns')}>
          <ColumnDetails columns={props.field.columns ?? []} onChange={(columns) => props.keep({ columns })} />
        </Match>
      </Switch>
      <Show when={has('multiple')}>
        <TickDetail
          label={st('fields.detail.multiple')}
          value={props.field.multiple === true}
          onChange={(on) => props.keep({ multiple: on ? true : undefined })}
        />
      </Show>
    </>
  )
}

/** A pattern and what is said when a text does not fit it: kept together. */
function Pattern(props: KindDetailsProps) {
  return (
    <>
      <TextDetail
        label={st('fields.detail.pattern')}
        value={props.field.pattern ?? ''}
        code
        fault={props.fault('pattern')}
        onKeep={(pattern) =>
          props.keep(pattern === '' ? { pattern: undefined, patternMessage: undefined } : { pattern })
        }
      />
      <Show when={props.field.pattern !== undefined}>
        <TextDetail
          label={st('fields.detail.patternMessage')}
          value={props.field.patternMessage ?? ''}
          fault={props.fault('patternMessage')}
          onKeep={(words) => props.keep({ patternMessage: words === '' ? undefined : words })}
        />
      </Show>
    </>
  )
}

/** Values stay when labels change: what was answered keeps its meaning. */
function Options(props: KindDetailsProps) {
  const options = () => props.field.options ?? []
  /** Several lines pasted into one option become options of their own. */
  function paste(event: ClipboardEvent, index: number): void {
    const lines = (event.clipboardData?.getData('text/plain') ?? '').split(/\r?\n|\t/).map((line) => line.trim())
    const labels = lines.filter((line) => line !== '')
    if (labels.length < 2) return
    event.preventDefault()
    const around = options().map((option) => option.label)
    around.splice(index, 1, ...labels)
    props.keep({ options: relabelled(around, options(), props.namedValues()) })
  }
  return (
    <ItemList<FieldOptionEntry>
      legend={st('fields.detail.options')}
      items={options()}
      nameOf={(option) => option.label}
      add={st('fields.detail.addOption')}
      onAdd={() => {
        const label = st('fields.detail.option', { number: options().length + 1 })
        const taken = new Set(options().map((option) => option.value))
        props.keep({ options: [...options(), { value: freeValue(taken, props.namedValues()), label }] })
      }}
      onChange={(next) => props.keep({ options: next })}
    >
      {(option, index, set) => (
        <input
          class="detail-control"
          aria-label={st('fields.detail.option', { number: index + 1 })}
          value={option().label}
          onPaste={(event) => paste(event, index)}
          onChange={(event) => {
            const label = event.currentTarget.value.trim()
            if (label === '') event.currentTarget.value = option().label
            else set({ ...option(), label })
          }}
        />
      )}
    </ItemList>
  )
}

function Papers(props: KindDetailsProps) {
  const items = () => props.field.items ?? []
  return (
    <ItemList
      legend={st('fields.detail.papers')}
      items={items()}
      nameOf={(item) => item.name}
      add={st('fields.detail.addPaper')}
      onAdd={() =>
        props.keep({ items: [...items(), { name: st('fields.detail.paper', { number: items().length + 1 }) }] })
      }
      onChange={(next) => props.keep({ items: next })}
    >
      {(item, index, set) => (
        <>
          <input
            class="detail-control"
            aria-label={st('fields.detail.paper', { number: index + 1 })}
            value={item().name}
            onChange={(event) => {
              const name = event.currentTarget.value.trim()
              if (name === '') event.currentTarget.value = item().name
              else set({ ...item(), name })
            }}
          />
          <TickDetail
            label={st('fields.detail.must')}
            value={item().required === true}
            onChange={(on) => set(on ? { name: item().name, required: true } : { name: item().name })}
          />
        </>
      )}
    </ItemList>
  )
}
