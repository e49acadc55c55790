import { useSearchParams } from '@solidjs/router'
import type { UseQueryResult } from '@tanstack/solid-query'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import { createMemo, For, type JSX, Match, Show, Switch } from 'solid-js'
import { type Pages, pagesOf } from '../api/operate.ts'
import { momentText } from '../i18n/dates.ts'
import { t } from '../i18n/i18n.ts'
import { ot } from '../i18n/oversight.ts'
import { More } from '../ui/more.tsx'
import { ErrorState, Loading } from '../ui/state.tsx'
import { CaseRepair } from './case-repair.tsx'
import { caseName } from './names.ts'
import type { Act } from './reason-sheet.tsx'
import type { Standing } from './standing.ts'

/** One group: what happened, what to do, what stands still, and the case of one of them to repair. */
export function GroupDetail<S extends Standing>(props: {
  group: { readonly processName: string; readonly elementName: string | null; readonly since: string }
  title: string
  count: string
  words: (chosen: S | null) => { readonly text: string; readonly todo: string } | undefined
  list: Pages<S>
  /** What one case has in the group. */
  ofCase: (caseKey: () => string | undefined) => UseQueryResult<{ readonly items: readonly S[] }, Error>
  /** What can be done with the whole group. */
  acts?: (chosen: S | null) => JSX.Element
  /** Trying one again, where that is something to try. */
  retry?: (one: S) => Act
  onBack: (() => void) | undefined
}) {
  const [params, setParams] = useSearchParams<{ case?: string; incident?: string }>()
  const all = createMemo(() => pagesOf(props.list).flatMap((page) => page.items))
  const now = () => pagesOf(props.list)[0]?.now
  /** The named one, or where else its case stands still: trying again makes another incident of it. */
  const pick = (items: readonly S[]) =>
    items.find(({ key }) => key === params.incident) ?? items.find(({ caseKey }) => caseKey === params.case)
  const listed = createMemo(() => pick(all()))
  // A case that was named by its address may be on a later page.
  const named = props.ofCase(() => (props.list.hasNextPage && !listed() ? params.case : undefined))
  const later = () => (named.isSuccess ? pick(named.data.items) : undefined)
  const chosen = createMemo(() => listed() ?? later() ?? (named.isLoading ? undefined : all()[0]) ?? null)
  const words = () => props.words(chosen())
  /** Of the one that is chosen by then: another may stand here. */
  const retry = (one: () => S) => {
    const { retry } = props
    return retry && (() => retry(one()))
  }
  const place = () =>
    [props.group.processName, props.group.elementName ?? ot('untitled')].filter(Boolean).join(t('app.separator'))
  return (
    <>
      <header class="stuck-title">
        <Show when={props.onBack}>
          <button type="button" class="hit" aria-label={ot('back')} onClick={() => props.onBack?.()}>
            <ChevronLeft class="icon" aria-hidden="true" />
          </button>
        </Show>
        <div>
          <h2>{props.title}</h2>
          <p>
            {[place(), props.count, ot('since', { time: momentText(props.group.since, now()) })].join(
              t('app.separator'),
            )}
          </p>
        </div>
        {props.acts?.(chosen())}
      </header>
      <div class="stuck-why">
        <div>
          <h3>{ot('what')}</h3>
          <p>{words()?.text}</p>
        </div>
        <div>
          <h3>{ot('todo')}</h3>
          <p>{words()?.todo}</p>
        </div>
      </div>
      <Switch>
        <Match when={props.list.isError && !props.list.data}>
          <ErrorState error={props.list.error} onRetry={() => void props.list.refetch()} />
        </Match>
        <Match when={props.list.isPending}>
          <Loading rows={2} />
        </Match>
        <Match when={true}>
          <Show when={all().length > 1}>
            <CaseList
              items={all()}
              chosen={chosen()}
              now={now()}
              onChoose={({ key, caseKey }) => setParams({ case: caseKey, incident: key }, { replace: true })}
            >
              <More of={props.list} small />
            </CaseList>
          </Show>
          <Show when={named.isLoading}>
            <Loading rows={2} />
          </Show>
          <Show when={chosen()?.caseKey} keyed>
            <Show when={chosen()}>{(one) => <CaseRepair standing={one()} retry={retry(one)} />}</Show>
          </Show>
        </Match>
      </Switch>
    </>
  )
}

function CaseList(props: {
  items: readonly Standing[]
  chosen: Standing | null
  now: string | undefined
  onChoose: (one: Standing) => void
  children: JSX.Element
}) {
  return (
    <section class="stuck-cases" aria-label={ot('others')}>
      <ul>
        <For each={props.items}>
          {(one) => (
            <li>
              <button
                type="button"
                class="stuck-case"
                aria-pressed={one.key === props.chosen?.key}
                onClick={() => props.onChoose(one)}
              >
                <span>{caseName(one)}</span>
                <time class="num" dateTime={one.at}>
                  {momentText(one.at, props.now)}
                </time>
              </button>
            </li>
          )}
        </For>
      </ul>
      {props.children}
    </section>
  )
}
