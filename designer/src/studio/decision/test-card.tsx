import type { Decision, DecisionTest, DecisionTestRun, FieldDictionary, Json } from '@bihuan/engine'
import { For, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { DateBox } from '../../ui/date-box.tsx'
import { typedText, typedValue } from './typed-value.ts'
import { ValueInput } from './value-input.tsx'

/** A result of a table, as its column says. */
export interface ResultColumn {
  readonly label: string
  readonly type: string | undefined
}

interface TestCardProps {
  readonly test: DecisionTest
  readonly run: DecisionTestRun
  readonly decision: Decision
  readonly names: readonly string[]
  readonly withDay: boolean
  readonly dictionary: FieldDictionary
  readonly results: ReadonlyMap<string, ResultColumn>
  readonly onChange: (test: DecisionTest | null) => void
}

type Mapping = { readonly [name: string]: Json }
const isMapping = (value: Json | undefined): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One test, open: its values, what they gave and why, and what is checked. */
export function TestCard(props: TestCardProps) {
  const field = (key: string) => props.dictionary.fields.find((each) => each.key === key)
  /** What people call a result, a field, or another value of the decision. */
  const called = (name: string): string => props.results.get(name)?.label ?? field(name)?.name ?? name
  const set = (change: Partial<DecisionTest>): void => props.onChange({ ...props.test, ...change })
  const input = (name: string, value: Json): void => {
    const { [name]: _, ...others } = props.test.inputs
    set({ inputs: value === null ? others : { ...others, [name]: value } })
  }
  /** A value as people say it: the name of an option, yes or no. */
  const word = (value: Json, key?: string): string => {
    if (value === null) return st('decisions.nothing')
    if (typeof value === 'boolean') return value ? st('decisions.yes') : st('decisions.no')
    const option = key ? field(key)?.options?.find((each) => each.value === value) : undefined
    return option?.label ?? typedText(value)
  }

  const results = (): readonly { name: string | null; label: string; value: Json }[] => {
    if (!props.run.ok) return []
    const { value } = props.run
    const { logic } = props.decision
    if (logic.kind === 'table' && logic.outputs.length > 1 && (isMapping(value) || value === null))
      return logic.outputs.map(({ name }) => ({
        name,
        label: props.results.get(name)?.label ?? name,
        value: isMapping(value) ? (value[name] ?? null) : null,
      }))
    return [{ name: null, label: st('decisions.result'), value }]
  }
  const typeOf = (name: string | null): string | undefined =>
    name === null ? [...props.results.values()][0]?.type : props.results.get(name)?.type

  const expected = (name: string | null): Json | undefined =>
    name === null ? props.test.expect : isMapping(props.test.expect) ? props.test.expect[name] : undefined
  const withExpected = (value: Json | undefined): DecisionTest => {
    const { expect: _, ...test } = props.test
    return value === undefined ? test : { ...test, expect: value }
  }
  const expect = (name: string | null, value: Json | undefined): void => {
    if (name === null) {
      props.onChange(withExpected(value))
      return
    }
    const { [name]: _, ...others } = isMapping(props.test.expect) ? props.test.expect : {}
    const next = value === undefined ? others : { ...others, [name]: value }
    props.onChange(withExpected(Object.keys(next).length === 0 ? undefined : next))
  }
  const keepAll = (): void => {
    if (props.run.ok) set({ expect: props.run.value })
  }
  const isWrong = (name: string | null): boolean =>
    props.run.ok && props.run.differences.some((difference) => difference.result === name)

  const why = (): string => {
    if (!props.run.ok) return st('decisions.failed', { message: props.run.message })
    const { logic } = props.decision
    if (logic.kind !== 'table') return ''
    const rules = props.run.rules
    const rows = rules.map((id) => logic.rules.findIndex((rule) => rule.id === id) + 1).filter((row) => row > 0)
    return rows.length === 0 ? st('decisions.noRow') : st('decisions.hitRows', { rows: rows.join(st('forms.comma')) })
  }

  return (
    <div class="test-body">
      <label class="test-line">
        <span>{st('decisions.testLabel')}</span>
        <input
          class="control"
          value={props.test.name}
          onChange={(event) => set({ name: event.currentTarget.value.trim() })}
        />
      </label>
      <Show when={props.withDay}>
        <label class="test-line">
          <span>{st('decisions.day')}</span>
          <DateBox
            class="control"
            type="date"
            value={props.test.on ?? ''}
            onChange={(event) => set({ on: event.currentTarget.value || '2026-01-01' })}
          />
        </label>
      </Show>
      <For each={props.names}>
        {(name) => (
          <div class="test-line">
            <span>{field(name)?.name ?? name}</span>
            <ValueInput
              label={field(name)?.name ?? name}
              field={field(name)}
              type={undefined}
              value={props.test.inputs[name]}
              onChange={(value) => input(name, value)}
            />
          </div>
        )}
      </For>
      <section class="test-why" aria-live="polite">
        <h3>{st('decisions.why')}</h3>
        <p>{why()}</p>
        <Show when={props.run.ok && props.run.misfits.length > 0 ? props.run.misfits : undefined}>
          {(misfits) => (
            <ul class="test-misfits">
              <For each={misfits()}>
                {({ name, type }) => <li>{st('decisions.misfit', { name: called(name), type: typeWord(type) })}</li>}
              </For>
            </ul>
          )}
        </Show>
        <Show when={props.run.ok && props.run.conditions.length > 0 ? props.run.conditions : undefined}>
          {(conditions) => (
            <dl>
              <For each={conditions()}>
                {(condition, index) => (
                  <div>
                    <dt>{condition.label}</dt>
                    <dd>{word(condition.value, conditionKey(props.decision, index()))}</dd>
                  </div>
                )}
              </For>
            </dl>
          )}
        </Show>
      </section>
      <Show when={props.run.ok}>
        <section class="test-results">
          <h3>
            {st('decisions.results')}
            <button type="button" class="link" onClick={keepAll}>
              {st('decisions.keepAll')}
            </button>
          </h3>
          <ul>
            <For each={results()}>
              {(result) => (
                <li classList={{ wrong: isWrong(result.name) }}>
                  <label class="test-check">
                    <input
                      type="checkbox"
                      checked={expected(result.name) !== undefined}
                      aria-label={st('decisions.check', { name: result.label })}
                      onChange={(event) => expect(result.name, event.currentTarget.checked ? result.value : undefined)}
                    />
                    <span>{result.label}</span>
                  </label>
                  <Show
                    when={expected(result.name) !== undefined}
                    fallback={<span class="test-value">{word(result.value)}</span>}
                  >
                    <input
                      class="control"
                      aria-label={st('decisions.expected', { name: result.label })}
                      value={typedText(expected(result.name))}
                      onChange={(event) =>
                        expect(result.name, typedValue(event.currentTarget.value, typeOf(result.name)))
                      }
                    />
                  </Show>
                  <Show when={isWrong(result.name)}>
                    <small>{st('decisions.found', { value: word(result.value) })}</small>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <button type="button" class="link danger" onClick={() => props.onChange(null)}>
        {st('decisions.dropTest')}
      </button>
    </div>
  )
}

const TYPES = ['string', 'number', 'boolean', 'date'] as const

/** A type in plain words; one of the file's own by its name. */
const typeWord = (type: string): string => {
  const known = TYPES.find((one) => one === type)
  return known ? st(`decisions.type.${known}`) : type
}

/** The field a condition reads, when it reads that alone. */
function conditionKey({ logic }: Decision, index: number): string | undefined {
  const expression = logic.kind === 'table' ? logic.inputs[index]?.expression : undefined
  return expression && expression.names[0] === expression.source.trim() ? expression.names[0] : undefined
}
