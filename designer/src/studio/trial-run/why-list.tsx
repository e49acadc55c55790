import { isProblemCode, say } from '@bihuan/engine'
import { createSignal, For, Show } from 'solid-js'
import { momentText } from '../../i18n/dates.ts'
import { language } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { sayReason } from '../../work/case/trail-sentence.ts'
import type { Turn } from './story.ts'

/** Everything that happened in a trial, the newest first, each choice with its reason. */
export function WhyList(props: { turns: readonly Turn[]; nameOf: (variable: string) => string }) {
  const [onlyWays, setOnlyWays] = createSignal(false)
  const shown = () => props.turns.filter((turn) => !onlyWays() || turn.kind === 'way' || turn.kind === 'decision')
  const number = (turn: Turn) => props.turns.length - props.turns.indexOf(turn)
  return (
    <section class="trial-why" aria-labelledby="trial-why-title">
      <header>
        <h2 id="trial-why-title">{st('trial.why')}</h2>
        <span class="quiet">{st('trial.steps', { count: props.turns.length })}</span>
        <button type="button" class="link" aria-pressed={onlyWays()} onClick={() => setOnlyWays(!onlyWays())}>
          {st(onlyWays() ? 'trial.all' : 'trial.onlyWays')}
        </button>
      </header>
      <ol>
        <For each={shown()}>
          {(turn) => (
            <li class={turn.kind}>
              <time class="num">{momentText(new Date(turn.at).toISOString())}</time>
              <div>
                <p>
                  {headOf(turn)}
                  <Show when={reasonOf(turn, props.nameOf).rule}>{(rule) => <b>{rule()}</b>}</Show>
                </p>
                <Show when={reasonOf(turn, props.nameOf).about}>{(about) => <small>{about()}</small>}</Show>
              </div>
              <span class="quiet num">{number(turn)}</span>
            </li>
          )}
        </For>
      </ol>
    </section>
  )
}

function headOf(turn: Turn): string {
  const name = turn.element ?? ''
  switch (turn.kind) {
    case 'way':
      if (turn.flow) return st('trial.way', { flow: turn.flow })
      return turn.target ? st('trial.wayTo', { name: turn.target }) : st('trial.wayOn')
    case 'notice':
      return st('trial.notice', { title: turn.title })
    default:
      return st(`trial.${turn.kind}`, { name })
  }
}

/** Why, in words: the rule with its numbers, then what it read by the names people know. */
function reasonOf(turn: Turn, nameOf: (variable: string) => string): { rule: string | null; about: string | null } {
  if (turn.kind === 'stuck') {
    if (!isProblemCode(turn.code)) return { rule: null, about: turn.code }
    const { text, todo } = say(turn.code, { ...turn.facts, elementName: turn.element } as never, language())
    return { rule: null, about: `${text} ${todo}` }
  }
  if (turn.kind !== 'way' && turn.kind !== 'decision') return { rule: null, about: null }
  const { why } = turn
  const inputs = Object.entries(why.inputs)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => st('trial.with', { name: nameOf(name), value: plain(value) }))
  if (turn.kind === 'decision') {
    const rows = turn.rules.length > 0 ? [st('trial.rules', { rows: turn.rules.length })] : []
    return { rule: null, about: [...rows, ...inputs].join(', ') || null }
  }
  if (why.rule === '') return { rule: null, about: st('trial.otherwise') }
  const said = sayReason({ kind: 'sequenceFlow.taken', why: { ...why, inputs: { ...why.inputs } } })
  const rule = said?.rule ? names(said.rule, Object.keys(why.inputs), nameOf) : null
  return { rule: rule && st('trial.because', { rule }), about: inputs.join(', ') || null }
}

/** A rule with the labels of fields in the place of their keys. */
const names = (rule: string, variables: readonly string[], nameOf: (variable: string) => string): string =>
  [...variables].sort((a, b) => b.length - a.length).reduce((text, name) => text.replaceAll(name, nameOf(name)), rule)

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
