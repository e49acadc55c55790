import type { StuckGroup, StuckIncident } from '@bihuan/runtime/contract'
import { useSearchParams } from '@solidjs/router'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import RotateCw from 'lucide-solid/icons/rotate-cw'
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { resolveGroup, useStuckCase, useStuckIncidents } from '../api/operate.ts'
import { momentText } from '../i18n/dates.ts'
import { inLanguage, t } from '../i18n/i18n.ts'
import { ot } from '../i18n/oversight.ts'
import { Button } from '../ui/button.tsx'
import { More } from '../ui/more.tsx'
import { ErrorState, Loading } from '../ui/state.tsx'
import { showToast } from '../ui/toast.tsx'
import { CaseRepair } from './case-repair.tsx'
import { caseName } from './names.ts'
import { type Act, ReasonSheet } from './reason-sheet.tsx'

/** One kind of being stuck: what happened, what to do, the cases, and one of them to repair. */
export function GroupDetail(props: { group: StuckGroup; onBack?: (() => void) | undefined }) {
  const [params, setParams] = useSearchParams<{ case?: string; incident?: string }>()
  const [act, setAct] = createSignal<Act | null>(null)
  const incidents = useStuckIncidents(() => props.group)
  const all = createMemo(() => incidents.data?.pages.flatMap((page) => page.items) ?? [])
  const now = () => incidents.data?.pages[0]?.now
  /** The named one, or what else its case is stuck at: trying again makes another incident of it. */
  const pick = (items: readonly StuckIncident[]) =>
    items.find(({ key }) => key === params.incident) ?? items.find(({ caseKey }) => caseKey === params.case)
  const listed = createMemo(() => pick(all()))
  // A case that was named by its address may be on a later page.
  const named = useStuckCase(
    () => props.group,
    () => (incidents.hasNextPage && !listed() ? params.case : undefined),
  )
  const later = () => (named.isSuccess ? pick(named.data.items) : undefined)
  const chosen = createMemo(() => listed() ?? later() ?? (named.isLoading ? undefined : all()[0]) ?? null)
  const words = () => inLanguage((chosen() ?? props.group).messages)
  const place = () =>
    [props.group.processName, props.group.elementName ?? ot('untitled')].filter(Boolean).join(t('app.separator'))
  const retryAll = (): Act => ({
    title: ot('retryAllTitle', { count: props.group.count }),
    effects: [ot('retryThenAll'), ...(chosen()?.job ? [ot('retryThenJob')] : [])],
    label: ot('retryAll', { count: props.group.count }),
    async run(reason, intent) {
      const { resolved, stuckAgain, failed } = await resolveGroup(props.group, reason, intent)
      showToast(ot('retriedAll', { count: resolved, stuck: stuckAgain }), stuckAgain > 0 ? 'plain' : 'done')
      if (failed.length > 0) showToast(ot('retriedFailed', { count: failed.length }), 'problem')
    },
  })
  return (
    <>
      <header class="stuck-title">
        <Show when={props.onBack}>
          <button type="button" class="hit" aria-label={ot('back')} onClick={() => props.onBack?.()}>
            <ChevronLeft class="icon" aria-hidden="true" />
          </button>
        </Show>
        <div>
          <h2>{inLanguage(props.group.titles) ?? props.group.code}</h2>
          <p>
            {[
              place(),
              ot('cases', { count: props.group.count }),
              ot('since', { time: momentText(props.group.since, now()) }),
            ].join(t('app.separator'))}
          </p>
        </div>
        <Show when={props.group.count > 1}>
          <Button size="small" onClick={() => setAct(retryAll())}>
            <RotateCw class="icon s" aria-hidden="true" />
            {ot('retryAll', { count: props.group.count })}
          </Button>
        </Show>
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
        <Match when={incidents.isError && !incidents.data}>
          <ErrorState error={incidents.error} onRetry={() => void incidents.refetch()} />
        </Match>
        <Match when={incidents.isPending}>
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
              <More of={incidents} small />
            </CaseList>
          </Show>
          <Show when={named.isLoading}>
            <Loading rows={2} />
          </Show>
          <Show when={chosen()?.caseKey} keyed>
            <Show when={chosen()}>{(incident) => <CaseRepair incident={incident()} />}</Show>
          </Show>
        </Match>
      </Switch>
      <ReasonSheet act={act()} onClose={() => setAct(null)} />
    </>
  )
}

function CaseList(props: {
  items: readonly StuckIncident[]
  chosen: StuckIncident | null
  now: string | undefined
  onChoose: (incident: StuckIncident) => void
  children: JSX.Element
}) {
  return (
    <section class="stuck-cases" aria-label={ot('others')}>
      <ul>
        <For each={props.items}>
          {(incident) => (
            <li>
              <button
                type="button"
                class="stuck-case"
                aria-pressed={incident.key === props.chosen?.key}
                onClick={() => props.onChoose(incident)}
              >
                <span>{caseName(incident)}</span>
                <time class="num" dateTime={incident.at}>
                  {momentText(incident.at, props.now)}
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
