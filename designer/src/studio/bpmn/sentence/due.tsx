import type { Shape } from 'bpmn-js/lib/model/Types'
import AlarmClock from 'lucide-solid/icons/alarm-clock'
import { createMemo, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Choice, type ChoiceOption } from '../../../ui/choice.tsx'
import { extensionOf, objectOf } from '../pieces/extension.ts'
import { type Deadline, readDeadline, type Span, type SpanUnit, spanUnits, writeDeadline } from './feel/span.ts'
import { Expert, NumberWord, Say, Section, Words } from './parts.tsx'
import { useSentences } from './sentence-context.tsx'

const SCHEDULE = 'zeebe:TaskSchedule'
const DEFAULT: Span = { kind: 'amount', amount: 5, unit: 'day' }

/** 何时办完: no limit, some days after it begins, as many as a parameter says, or by a day that a field names. */
export function Due(props: { element: Shape }) {
  const { edit, fields, parameters, version } = useSentences()
  const text = createMemo((): string | undefined => {
    version()
    return extensionOf(objectOf(props.element), SCHEDULE)?.dueDate
  })
  const deadline = createMemo(() => readDeadline(text()))
  const write = (next: Deadline | null) =>
    edit.extension(props.element, SCHEDULE, { dueDate: next ? writeDeadline(next) : undefined })

  const value = () => {
    const found = deadline()
    if (!found) return 'none'
    if (found.kind === 'field') return `field:${found.path}`
    return found.span.kind === 'parameter' ? `parameter:${found.span.name}` : 'amount'
  }
  const options = (): ChoiceOption<string>[] => [
    { value: 'none', label: st('pieces.due.none') },
    { value: 'amount', label: st('pieces.due.after') },
    ...parameters()
      .filter((one) => one.unit === 'day' || one.name.endsWith('_days'))
      .map((one) => ({ value: `parameter:${one.name}`, label: st('pieces.due.parameter', { name: one.title }) })),
    ...fields()
      .filter((one) => one.kind === 'date' || one.kind === 'dateTime')
      .map((one) => ({ value: `field:${one.key}`, label: st('pieces.due.field', { name: one.name }) })),
  ]
  const choose = (next: string) => {
    const [kind, name = ''] = next.split(':', 2)
    if (kind === 'none') write(null)
    else if (kind === 'amount') write({ kind: 'within', span: DEFAULT })
    else if (kind === 'parameter') write({ kind: 'within', span: { kind: 'parameter', name } })
    else write({ kind: 'field', path: name, isDay: fields().find((one) => one.key === name)?.kind === 'date' })
  }
  const span = () => {
    const found = deadline()
    return found?.kind === 'within' && found.span.kind === 'amount' ? found.span : undefined
  }
  /** A field or a parameter that was dropped meanwhile is still said. */
  const shown = () => {
    const all = options()
    return all.some((one) => one.value === value())
      ? all
      : [...all, { value: value(), label: value().split(':')[1] ?? '' }]
  }

  return (
    <Section title={st('pieces.section.due')} icon={<AlarmClock class="icon" aria-hidden="true" />}>
      <Show when={!text() || deadline()} fallback={<Expert text={text()} />}>
        <Say>
          <Words
            text={st(value() === 'none' ? 'pieces.due.noLimit' : span() ? 'pieces.due.within' : 'pieces.due.by')}
            parts={{
              when: () => (
                <Choice label={st('pieces.section.due')} value={value()} options={shown()} onChange={choose} />
              ),
              span: () => (
                <Show when={span()}>
                  {(found) => <SpanWords span={found()} onChange={(next) => write({ kind: 'within', span: next })} />}
                </Show>
              ),
            }}
          />
        </Say>
      </Show>
    </Section>
  )
}

interface SpanWordsProps {
  span: Extract<Span, { kind: 'amount' }>
  onChange: (span: Span) => void
}

/** [5] [天] */
export function SpanWords(props: SpanWordsProps) {
  return (
    <>
      <NumberWord
        label={st('pieces.due.amount')}
        min={1}
        max={3650}
        value={props.span.amount}
        onChange={(amount) => props.onChange({ ...props.span, amount })}
      />{' '}
      <Choice<SpanUnit>
        label={st('pieces.due.unit')}
        value={props.span.unit}
        options={spanUnits.map((unit) => ({ value: unit, label: st(`pieces.due.units.${unit}`) }))}
        onChange={(unit) => props.onChange({ ...props.span, unit })}
      />
    </>
  )
}
