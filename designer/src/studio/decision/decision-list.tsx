import Network from 'lucide-solid/icons/network'
import Plus from 'lucide-solid/icons/plus'
import Table2 from 'lucide-solid/icons/table-2'
import { For, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import type { DecisionEntry } from './decisions.ts'

export interface DecisionListProps {
  readonly decisions: readonly DecisionEntry[]
  readonly file: string | null
  /** Id of the decision that is open; null for the graph of a file. */
  readonly shown: string | null
  /** How the tests of each decision stand, in words; by id. */
  readonly state: (decision: DecisionEntry) => { text: string; bad: boolean } | null
  readonly onSelect: (file: string, decision: string | null) => void
  readonly onNew: () => void
}

/** The decisions of a package, by file; a file of several has their graph above them. */
export function DecisionList(props: DecisionListProps) {
  const files = () => [...new Set(props.decisions.map((each) => each.file))]
  const of = (file: string) => props.decisions.filter((each) => each.file === file)
  const current = (file: string, decision: string | null) =>
    props.file === file && props.shown === decision ? 'page' : undefined

  return (
    <nav class="desk-list decision-list" aria-label={st('decisions.list')}>
      <For each={files()}>
        {(file) => (
          <ul>
            <Show when={of(file).length > 1}>
              <li>
                <button
                  type="button"
                  class="desk-row"
                  aria-current={current(file, null)}
                  onClick={() => props.onSelect(file, null)}
                >
                  <Network class="icon s" aria-hidden="true" />
                  <span class="desk-row-words">
                    <b>{st('decisions.graph')}</b>
                    <small>{st('decisions.ofFile', { count: of(file).length })}</small>
                  </span>
                </button>
              </li>
            </Show>
            <For each={of(file)}>
              {(decision) => (
                <li>
                  <button
                    type="button"
                    class="desk-row"
                    aria-current={current(file, decision.id)}
                    onClick={() => props.onSelect(file, decision.id)}
                  >
                    <Table2 class="icon s" aria-hidden="true" />
                    <span class="desk-row-words">
                      <b>{decision.name}</b>
                      <Show when={props.state(decision)}>
                        {(state) => <small classList={{ bad: state().bad }}>{state().text}</small>}
                      </Show>
                    </span>
                  </button>
                </li>
              )}
            </For>
          </ul>
        )}
      </For>
      <button type="button" class="desk-row new" onClick={props.onNew}>
        <Plus class="icon s" aria-hidden="true" />
        <span class="desk-row-words">
          <b>{st('decisions.new')}</b>
        </span>
      </button>
    </nav>
  )
}
