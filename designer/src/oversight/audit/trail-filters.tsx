import type { TrailPart } from '@bihuan/runtime/contract'
import UserSearch from 'lucide-solid/icons/user-search'
import X from 'lucide-solid/icons/x'
import { createSignal, For, Match, Show, Switch } from 'solid-js'
import { type TrailSearch, usePeopleNamed } from '../../api/audit.ts'
import { au } from '../../i18n/audit.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { ErrorState, Loading } from '../../ui/state.tsx'
import { Days } from '../ledger.tsx'
import { kindsOf, kindText } from './kinds.ts'

export type Narrow = (part: Partial<TrailSearch>) => void

const PARTS = Object.keys(kindsOf) as TrailPart[]

/** What rows are looked for by: who, what part and kind, days. The number of a case stands beside them. */
export function TrailFilters(props: {
  search: TrailSearch
  actorName: string
  /** Told by what name somebody was picked. */
  onPick: (name: string) => void
  onChange: Narrow
}) {
  const [isPicking, setPicking] = createSignal(false)
  const part = () => props.search.part
  return (
    <>
      <Show
        when={props.search.actor !== ''}
        fallback={
          <Button size="small" onClick={() => setPicking(true)}>
            <UserSearch class="icon s" aria-hidden="true" />
            {au('who')}
          </Button>
        }
      >
        <Button size="small" class="chosen-actor" onClick={() => props.onChange({ actor: '' })}>
          {props.actorName}
          <X class="icon s" aria-label={au('clear')} />
        </Button>
      </Show>
      <Choice
        look="control"
        label={au('part')}
        value={part() || 'every'}
        options={[
          { value: 'every', label: au('everyPart') },
          ...PARTS.map((each) => ({ value: each, label: au(`parts.${each}`) })),
        ]}
        onChange={(each) => props.onChange({ part: each === 'every' ? '' : (each as TrailPart), kind: '' })}
      />
      <Show when={part() || null}>
        {(chosen) => (
          <Choice
            look="control"
            label={au('kind')}
            value={props.search.kind || 'every'}
            options={[
              { value: 'every', label: au('everyKind') },
              ...kindsOf[chosen()].map((each) => ({ value: each, label: kindText(each) })),
            ]}
            onChange={(each) => props.onChange({ kind: each === 'every' ? '' : each })}
          />
        )}
      </Show>
      <Days from={props.search.from} to={props.search.to} onChange={props.onChange} />
      <PersonSheet
        open={isPicking()}
        onClose={() => setPicking(false)}
        onPick={(actor, name) => {
          setPicking(false)
          props.onPick(name)
          props.onChange({ actor })
        }}
      />
    </>
  )
}

/** Finds a person by a part of his name. */
function PersonSheet(props: { open: boolean; onClose: () => void; onPick: (id: string, name: string) => void }) {
  const [text, setText] = createSignal('')
  const people = usePeopleNamed(text)
  return (
    <Sheet open={props.open} onClose={props.onClose} title={au('who')}>
      <div class="sheet-text">
        <SearchBox label={au('whoSearch')} value="" onChange={setText} />
        <Switch>
          <Match when={text() === ''}>
            <p class="ledger-about">{au('whoHint')}</p>
          </Match>
          <Match when={people.isError}>
            <ErrorState error={people.error} onRetry={() => void people.refetch()} />
          </Match>
          <Match when={people.isPending}>
            <Loading rows={2} />
          </Match>
          <Match when={people.data?.items.length === 0}>
            <p class="ledger-about">{au('whoNone')}</p>
          </Match>
          <Match when={people.data}>
            {(found) => (
              <ul class="ledger-people">
                <For each={found().items}>
                  {(one) => (
                    <li>
                      <button type="button" onClick={() => props.onPick(one.id, one.name)}>
                        <b>{one.name}</b>
                        <small>
                          {one.positions
                            .map(({ unit, roleName }) => `${unit.name} ${roleName}`)
                            .join(t('app.separator'))}
                        </small>
                      </button>
                    </li>
                  )}
                </For>
              </ul>
            )}
          </Match>
        </Switch>
      </div>
    </Sheet>
  )
}
