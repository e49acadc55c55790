import {
  type Decision,
  type DecisionTest,
  type DecisionTestRun,
  type FieldDictionary,
  runDecisionTest,
  type Variables,
} from '@bihuan/engine'
import CircleCheck from 'lucide-solid/icons/circle-check'
import CircleDashed from 'lucide-solid/icons/circle-dashed'
import CircleX from 'lucide-solid/icons/circle-x'
import Plus from 'lucide-solid/icons/plus'
import { createMemo, For, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { namesRead, readsToday } from './decision-names.ts'
import { type ResultColumn, TestCard } from './test-card.tsx'
import './test-panel.css'

export interface TestPanelProps {
  /** The decision as it stands; null while it cannot be executed. */
  readonly decision: Decision | null
  readonly tests: readonly DecisionTest[]
  readonly dictionary: FieldDictionary
  readonly parameters: Variables
  readonly open: number | null
  readonly onOpen: (index: number | null) => void
  readonly onChange: (index: number, test: DecisionTest | null) => void
  readonly onAdd: () => void
  /** Columns of the results, by name. */
  readonly results: ReadonlyMap<string, ResultColumn>
}

/** How a run is shown: as expected, not so, or not checked. */
export const verdictOf = (test: DecisionTest, run: DecisionTestRun): 'right' | 'wrong' | 'open' =>
  !run.ok || run.differences.length > 0 ? 'wrong' : test.expect === undefined ? 'open' : 'right'

/** Rows of values beside a table, run on the engine as one types: what each gives, by which rule, and why. */
export function TestPanel(props: TestPanelProps) {
  const names = createMemo(() => (props.decision ? namesRead(props.decision) : []))
  const withDay = createMemo(() => (props.decision ? readsToday(props.decision) : false))
  const runs = createMemo(() =>
    props.tests.map((test) => (props.decision ? runDecisionTest(props.decision, test, props.parameters) : null)),
  )
  const verdict = (index: number) => {
    const run = runs()[index]
    const test = props.tests[index]
    return run && test ? verdictOf(test, run) : null
  }

  return (
    <aside class="test-panel" aria-label={st('decisions.tests')}>
      <header>
        <h2>{st('decisions.tests')}</h2>
        <button type="button" class="link" onClick={props.onAdd}>
          <Plus class="icon s" aria-hidden="true" />
          {st('decisions.addTest')}
        </button>
      </header>
      <Show when={props.decision} fallback={<p class="test-note">{st('decisions.notRun')}</p>}>
        {(decision) => (
          <Show when={props.tests.length > 0} fallback={<p class="test-note">{st('decisions.noTests')}</p>}>
            <ul>
              <For each={props.tests}>
                {(test, index) => (
                  <li class="test" classList={{ open: props.open === index() }}>
                    <button
                      type="button"
                      class="test-head"
                      aria-expanded={props.open === index()}
                      onClick={() => props.onOpen(props.open === index() ? null : index())}
                    >
                      <Verdict verdict={verdict(index())} />
                      <span>{test.name || st('decisions.testName', { number: index() + 1 })}</span>
                    </button>
                    <Show when={props.open === index() ? runs()[index()] : undefined}>
                      {(run) => (
                        <TestCard
                          test={test}
                          run={run()}
                          decision={decision()}
                          names={names()}
                          withDay={withDay()}
                          dictionary={props.dictionary}
                          results={props.results}
                          onChange={(next) => props.onChange(index(), next)}
                        />
                      )}
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </Show>
    </aside>
  )
}

function Verdict(props: { verdict: 'right' | 'wrong' | 'open' | null }) {
  return (
    <Show when={props.verdict} fallback={<CircleDashed class="icon s" aria-hidden="true" />}>
      {(verdict) => (
        <span class={`verdict ${verdict()}`} role="img" aria-label={st(`decisions.verdict.${verdict()}`)}>
          {verdict() === 'right' ? (
            <CircleCheck class="icon s" aria-hidden="true" />
          ) : verdict() === 'wrong' ? (
            <CircleX class="icon s" aria-hidden="true" />
          ) : (
            <CircleDashed class="icon s" aria-hidden="true" />
          )}
        </span>
      )}
    </Show>
  )
}
