import { createMemo, Match, Switch } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Choice } from '../../../ui/choice.tsx'
import { askableAt, askables, askFirst, operatorsFor } from './askable.ts'
import type { Clause, Operator, Value } from './feel/condition.ts'
import { TextWord, Words } from './parts.tsx'
import { useSentences } from './sentence-context.tsx'

interface ClauseWordsProps {
  clause: Clause
  onChange: (clause: Clause) => void
}

/** [字段] [大于] [值] */
export function ClauseWords(props: ClauseWordsProps) {
  const { fields, parameters, pathName } = useSentences()
  const all = createMemo(() => askables(fields(), parameters()))
  const asked = () => askableAt(all(), props.clause.left)
  const lefts = () => {
    const known = all().map((one) => ({ value: one.path, label: one.name }))
    const { left } = props.clause
    return all().some((one) => one.path === left) ? known : [{ value: left, label: pathName(left) }, ...known]
  }
  const operators = () => {
    const fit = operatorsFor(asked()?.kind)
    const { operator } = props.clause
    const shown = fit.includes(operator) ? fit : [...fit, operator]
    return shown.map((value) => ({ value, label: st(`pieces.operator.${OPERATOR[value]}`) }))
  }
  /** A tick needs no comparison: it is there or not. */
  const isTick = () =>
    asked()?.kind === 'yesNo' && props.clause.operator === '=' && props.clause.value.kind === 'literal'
  return (
    <Words
      text={st(isTick() ? 'pieces.ways.tick' : 'pieces.ways.clause')}
      parts={{
        left: () => (
          <Choice
            label={st('pieces.ways.field')}
            value={props.clause.left}
            options={lefts()}
            onChange={(path) => {
              const next = all().find((one) => one.path === path)
              if (next) props.onChange(askFirst(next))
            }}
          />
        ),
        operator: () => (
          <Choice<Operator>
            label={st('pieces.ways.operator')}
            value={props.clause.operator}
            options={operators()}
            onChange={(operator) => props.onChange({ ...props.clause, operator })}
          />
        ),
        value: () => <ValueWord {...props} />,
      }}
    />
  )
}

const OPERATOR = { '=': 'is', '!=': 'isNot', '>': 'over', '>=': 'atLeast', '<': 'under', '<=': 'atMost' } as const

function ValueWord(props: ClauseWordsProps) {
  const { fields, parameters, pathName } = useSentences()
  const asked = createMemo(() => askableAt(askables(fields(), parameters()), props.clause.left))
  const literal = () => {
    const { value } = props.clause
    return value.kind === 'literal' ? value.value : undefined
  }
  const path = () => {
    const { value } = props.clause
    return value.kind === 'path' ? value.path : undefined
  }
  const set = (value: Value) => props.onChange({ ...props.clause, value })
  const setLiteral = (value: string | number | boolean) => set({ kind: 'literal', value })
  /** Other fields and parameters of the same kind, to compare with. */
  const others = () =>
    askables(fields(), parameters()).filter((one) => one.kind === asked()?.kind && one.path !== props.clause.left)
  const isParameter = () => props.clause.left.startsWith('parameters.')
  const isNumber = () => asked()?.kind === 'number' || asked()?.kind === 'money' || typeof literal() === 'number'

  return (
    <Switch>
      <Match when={path()}>
        {(known) => (
          <Choice
            label={st('pieces.ways.value')}
            value={known()}
            options={[
              ...(others().some((one) => one.path === known()) ? [] : [{ value: known(), label: pathName(known()) }]),
              ...others().map((one) => ({ value: one.path, label: one.name })),
            ]}
            onChange={(next) => set({ kind: 'path', path: next })}
          />
        )}
      </Match>
      <Match when={asked()?.kind === 'choice'}>
        <Choice
          label={st('pieces.ways.value')}
          value={String(literal())}
          options={[
            ...(asked()?.options ?? []),
            ...((asked()?.options ?? []).some((one) => one.value === String(literal()))
              ? []
              : [{ value: String(literal()), label: String(literal()) }]),
          ]}
          onChange={setLiteral}
        />
      </Match>
      <Match when={asked()?.kind === 'yesNo' || typeof literal() === 'boolean'}>
        <Choice
          label={st('pieces.ways.value')}
          value={String(literal())}
          options={[
            { value: 'true', label: st(isParameter() ? 'pieces.value.isYes' : 'pieces.value.ticked') },
            { value: 'false', label: st(isParameter() ? 'pieces.value.isNo' : 'pieces.value.unticked') },
          ]}
          onChange={(next) => setLiteral(next === 'true')}
        />
      </Match>
      <Match when={literal() === null}>
        <span>{st('pieces.value.empty')}</span>
      </Match>
      <Match when={true}>
        <TextWord
          label={st('pieces.ways.value')}
          placeholder={st('pieces.value.write')}
          value={String(literal() ?? '')}
          required={isNumber()}
          onChange={(text) => {
            const number = Number(text)
            if (!isNumber()) setLiteral(text)
            else if (Number.isFinite(number)) setLiteral(number)
            else setLiteral(literal() ?? 0)
          }}
        />
      </Match>
    </Switch>
  )
}
