import type { Element, Shape } from 'bpmn-js/lib/model/Types'
import Hourglass from 'lucide-solid/icons/hourglass'
import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Choice, type ChoiceOption } from '../../../ui/choice.tsx'
import { extensionOf, isType, objectOf } from '../pieces/extension.ts'
import { flowsOut } from '../pieces/model-walk.ts'
import { TargetWord } from './disagree.tsx'
import { SpanWords } from './due.tsx'
import { readMoment, readSpan, type Span, writeMoment, writeSpan } from './feel/span.ts'
import { limitsOf, messageOf, timerOf } from './model-facts.ts'
import { Expert, Say, Section, TextWord, Words } from './parts.tsx'
import { useSentences } from './sentence-context.tsx'

const DEFAULT: Span = { kind: 'amount', amount: 3, unit: 'day' }

/** How long a timer waits: [3] [天], as a parameter says, or until the day that a field names. */
export function TimerWords(props: { element: Element; says: 'wait' | 'limit' }) {
  const { edit, fields, parameters, pathName, version } = useSentences()
  const timer = () => timerOf(props.element)
  const span = createMemo(() => {
    version()
    return readSpan(timer()?.timeDuration?.body)
  })
  const moment = createMemo(() => {
    version()
    return readMoment(timer()?.timeDate?.body)
  })
  const raw = createMemo((): string | undefined => {
    version()
    const { timeDuration, timeDate, timeCycle } = timer() ?? {}
    return timeDuration?.body ?? timeDate?.body ?? timeCycle?.body
  })
  const amount = () => {
    const found = span()
    return found?.kind === 'amount' ? found : undefined
  }
  const value = () => {
    const found = span()
    if (found?.kind === 'amount') return 'amount'
    if (found) return `parameter:${found.name}`
    return `field:${moment()?.path ?? ''}`
  }
  const options = (): ChoiceOption<string>[] => {
    const known = [
      { value: 'amount', label: st(`pieces.${props.says}.amount`) },
      ...parameters()
        .filter((one) => one.unit === 'day' || one.name.endsWith('_days'))
        .map((one) => ({
          value: `parameter:${one.name}`,
          label: st(`pieces.${props.says}.parameter`, { name: one.title }),
        })),
      ...fields()
        .filter((one) => one.kind === 'date' || one.kind === 'dateTime')
        .map((one) => ({ value: `field:${one.key}`, label: st(`pieces.${props.says}.field`, { name: one.name }) })),
    ]
    if (known.some((one) => one.value === value())) return known
    const path = value().slice(value().indexOf(':') + 1)
    const label = path.endsWith('_until')
      ? st('pieces.wait.noticeOver')
      : st(`pieces.${props.says}.field`, { name: pathName(path) })
    return [...known, { value: value(), label }]
  }
  const choose = (next: string) => {
    const definition = timer()
    if (!definition) return
    const [kind, name = ''] = next.split(':', 2)
    if (kind === 'amount') edit.timer(props.element, definition, 'timeDuration', writeSpan(DEFAULT))
    else if (kind === 'parameter')
      edit.timer(props.element, definition, 'timeDuration', writeSpan({ kind: 'parameter', name }))
    else {
      const isDay = fields().find((one) => one.key === name)?.kind === 'date'
      edit.timer(props.element, definition, 'timeDate', writeMoment({ kind: 'field', path: name, isDay }))
    }
  }
  return (
    <Show when={span() || moment()} fallback={<Expert text={raw()} />}>
      <Say>
        <Words
          text={st(amount() ? `pieces.${props.says}.for` : `pieces.${props.says}.until`)}
          parts={{
            when: () => (
              <Choice label={st('pieces.section.wait')} value={value()} options={options()} onChange={choose} />
            ),
            span: () => (
              <Show when={amount()}>
                {(found) => (
                  <SpanWords
                    span={found()}
                    onChange={(next) => {
                      const definition = timer()
                      if (definition) edit.timer(props.element, definition, 'timeDuration', writeSpan(next))
                    }}
                  />
                )}
              </Show>
            ),
          }}
        />
      </Say>
    </Show>
  )
}

/** 等到何时: a time, or a message. */
export function Wait(props: { element: Element }) {
  const { edit, version } = useSentences()
  const message = createMemo(() => {
    version()
    return messageOf(props.element)
  })
  const action = createMemo((): string | undefined => {
    version()
    return extensionOf(objectOf(props.element), 'bihuan:CaseAction')?.label
  })
  return (
    <Section title={st('pieces.section.wait')} icon={<Hourglass class="icon" aria-hidden="true" />}>
      <Switch fallback={<Expert text={undefined} />}>
        <Match when={timerOf(props.element)}>
          <TimerWords element={props.element} says="wait" />
        </Match>
        <Match when={action() !== undefined}>
          <Say>
            <Words
              text={st('pieces.wait.act')}
              parts={{
                label: () => (
                  <TextWord
                    required
                    label={st('pieces.wait.actName')}
                    value={action() ?? ''}
                    onChange={(label) => edit.extension(props.element, 'bihuan:CaseAction', { label })}
                  />
                ),
              }}
            />
          </Say>
        </Match>
        <Match when={message()}>
          {(found) => (
            <Say>{st('pieces.wait.message', { name: found().messageRef?.name ?? st('pieces.unnamed') })}</Say>
          )}
        </Match>
      </Switch>
    </Section>
  )
}

/** 限时: what happens when a step is late; said at the timer, and at the step it hangs on. */
export function Limit(props: { event: Shape }) {
  const { edit, version } = useSentences()
  const interrupts = createMemo(() => {
    version()
    return objectOf(props.event).cancelActivity !== false
  })
  const flow = createMemo(() => {
    version()
    return flowsOut(props.event)[0]
  })
  return (
    <>
      <TimerWords element={props.event} says="limit" />
      <Say>
        <Words
          text={st('pieces.limit.goes')}
          parts={{
            what: () => (
              <Choice
                label={st('pieces.limit.what')}
                value={interrupts() ? 'stop' : 'keep'}
                options={[
                  { value: 'keep', label: st('pieces.limit.keep') },
                  { value: 'stop', label: st('pieces.limit.stop') },
                ]}
                onChange={(value) => edit.properties(props.event, { cancelActivity: value === 'stop' })}
              />
            ),
            target: () => (
              <Show when={flow()} fallback={st('pieces.limit.nowhere')}>
                {(found) => <TargetWord flow={found()} />}
              </Show>
            ),
          }}
        />
      </Say>
    </>
  )
}

/** All limits of a step. */
export function Limits(props: { element: Shape }) {
  const { version } = useSentences()
  const limits = createMemo(() => {
    version()
    return isType(props.element, 'bpmn:Activity') ? limitsOf(props.element) : []
  })
  return (
    <Show when={limits().length > 0}>
      <Section title={st('pieces.section.limit')} icon={<Hourglass class="icon" aria-hidden="true" />}>
        <For each={limits()}>{(event) => <Limit event={event} />}</For>
      </Section>
    </Show>
  )
}
