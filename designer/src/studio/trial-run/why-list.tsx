import { isProblemCode, say } from '@bihuan/engine'
import { createSignal, For, Show } from 'solid-js'
import { momentText } from '../../i18n/dates.ts'
import { language } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { sayDoubts, sayReason } from '../../work/case/trail-sentence.ts'
import type { Turn } from './story.ts'

/** What a process reads, in the words of those who fill it in. */
export interface VariableWords {
  readonly nameOf: (variable: string) => string
  readonly wordOf: (variable: string, value: unknown) => string
  /** The number of a rule in its decision table. */
  readonly rowOf: (ruleId: string) => number | undefined
  /** A rule as written, with words in the place of what it names. */
  readonly ruleOf: (rule: string, variables: readonly string[]) => string
}

/** Everything that happened in a trial, the newest first, each choice with its reason. */
export function WhyList(props: { turns: readonly Turn[]; words: VariableWords }) {
  const [onlyWays, setOnlyWays] = createSignal(false)
  const shown = () => props.turns.filter((turn) => !onlyWays() || 'why' in turn)
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
                  <Show when={reasonOf(turn, props.words).rule}>{(rule) => <b>{rule()}</b>}</Show>
                </p>
                <Show when={reasonOf(turn, props.words).about}>{(about) => <small>{about()}</small>}</Show>
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
function reasonOf(turn: Turn, words: VariableWords): { rule: string | null; about: string | null } {
  if (turn.kind === 'stuck') {
    if (!isProblemCode(turn.code)) return { rule: null, about: turn.code }
    const { text, todo } = say(turn.code, { ...turn.facts, elementName: turn.element } as never, language())
    return { rule: null, about: `${text} ${todo}` }
  }
  if (turn.kind === 'failed' || turn.kind === 'denied') return { rule: null, about: turn.message || null }
  if (!('why' in turn)) return { rule: null, about: null }
  const { why } = turn
  const inputs = Object.entries(why.inputs)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({ name: words.nameOf(name), value: words.wordOf(name, value) }))
    .filter(({ value }) => value !== '')
    .map((input) => st('trial.with', input))
    .concat(sayDoubts(why, words.nameOf))
  if (turn.kind === 'decision') {
    const numbers = turn.rules.flatMap((id) => words.rowOf(id) ?? [])
    const rows = numbers.length > 0 ? [st('trial.rules', { rows: numbers.join(st('shell.comma')) })] : []
    return { rule: null, about: [...rows, ...inputs].join(st('trial.comma')) || null }
  }
  // The way that is left tells the rules of the others, of which none held.
  if (turn.kind === 'way' && (why.rule === '' || why.result === false))
    return { rule: null, about: [st('trial.otherwise'), ...inputs].join(st('trial.comma')) }
  const said = sayReason({ kind: 'sequenceFlow.taken', why: { ...why, inputs: { ...why.inputs } } })
  const rule = said?.rule ? words.ruleOf(said.rule, Object.keys(why.inputs)) : null
  return { rule: rule && st('trial.because', { rule }), about: inputs.join(st('trial.comma')) || null }
}
