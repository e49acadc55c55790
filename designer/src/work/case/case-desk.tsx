import type { Case } from '@bihuan/runtime/contract'
import { A } from '@solidjs/router'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { createMemo, createSignal, For, Match, Show, Suspense, Switch } from 'solid-js'
import { useDiagram } from '../../api/cases.ts'
import { dayText, momentText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ClockChip } from '../../ui/clock-text.tsx'
import { latePart } from '../../ui/late.tsx'
import { Page } from '../../ui/page.tsx'
import { Ring } from '../../ui/ring.tsx'
import { caseRing } from '../../ui/ring-view.ts'
import { ErrorState, Loading } from '../../ui/state.tsx'
import { ActionSheet } from './action-sheet.tsx'
import { CaseIncidents, CaseNotices, CaseSummary, hasOpenTasks, OpenTasks } from './case-cards.tsx'
import { clockOf } from './case-clock.ts'
import { onlyAct, sayCase } from './case-sentence.ts'
import { ChainLine } from './chain-line.tsx'
import { ClockPanel } from './clock-panel.tsx'
import { RingWords } from './ring-words.tsx'
import { TrailList } from './trail-list.tsx'
import { TrailPending, type TrailQuery } from './trail-pending.tsx'
import { sayEntry, saySentence } from './trail-sentence.ts'

const DiagramView = latePart(() => import('./diagram-view.tsx'))

/** The case on a desk: ring, sentence and clock on top; drawing and cards in the middle; the trail at the side. */
export default function CaseDesk(props: { item: Case; trail: TrailQuery }) {
  const [acting, setActing] = createSignal<string | null>(null)
  const [at, setAt] = createSignal<{ elementId: string; name: string } | null>(null)
  const ring = createMemo(() => caseRing(props.item.ring, props.item.now))
  const diagram = useDiagram(() => props.item.key)
  const mine = () => props.item.tasks.find((task) => task.mine)
  const happened = (elementId: string) =>
    (props.trail.data?.entries ?? [])
      .filter((entry) => entry.elementId === elementId && entry.important)
      .map((entry) => [momentText(entry.at, props.item.now), saySentence(sayEntry(entry))].join(' '))
  return (
    <Page class="case-desk">
      <header class="desk-bar">
        <nav class="crumbs" aria-label={t('case.crumb')}>
          <A href="/cases">{t('app.cases')}</A>
          <ChevronRight class="icon s" aria-hidden="true" />
          <span>{props.item.processName}</span>
          <Show when={props.item.number}>
            <ChevronRight class="icon s" aria-hidden="true" />
            <span class="num">{props.item.number}</span>
          </Show>
        </nav>
        <For each={props.item.actions}>
          {(action) => (
            <Button
              kind={onlyAct(props.item) ? 'primary' : 'secondary'}
              size="small"
              onClick={() => setActing(action.key)}
            >
              {action.label}
            </Button>
          )}
        </For>
        <Show when={mine()}>
          {(task) => (
            <A class="btn primary small" href={`/tasks/${task().key}`}>
              {t('case.goToTask', { task: task().name })}
            </A>
          )}
        </Show>
      </header>
      <section class="case-hero">
        <Ring view={ring()} size="large">
          <RingWords view={ring()} />
        </Ring>
        <div class="case-what">
          <h1>{props.item.title}</h1>
          <p>{sayCase(props.item)}</p>
          <div class="case-chips">
            <Show when={props.item.ring.dueAt}>{(due) => <ClockChip dueAt={due()} now={props.item.now} />}</Show>
            <Chip>{props.item.unit.name}</Chip>
            <Chip>{t('case.startedBy', { name: props.item.startedBy.name })}</Chip>
            <Chip>{t('case.accepted', { day: dayText(props.item.startedAt) })}</Chip>
            <Chip>{t('case.process', { version: props.item.version })}</Chip>
          </div>
        </div>
        <Show when={clockOf(props.item)} fallback={<StageStrip item={props.item} />}>
          {(clock) => <ClockPanel clock={clock()} now={props.item.now} />}
        </Show>
      </section>
      <div class="case-columns">
        <div class="case-middle">
          <CaseIncidents item={props.item} />
          <section class="case-drawing">
            <header>
              <h2 class="drawing-title">{t('case.diagram')}</h2>
              <span class="drawing-hint">{t('case.diagramHint')}</span>
            </header>
            <Switch fallback={<Loading rows={2} />}>
              <Match when={diagram.isError}>
                <ErrorState error={diagram.error} onRetry={() => void diagram.refetch()} />
              </Match>
              <Match when={diagram.data}>
                {(drawn) => (
                  <Suspense fallback={<Loading rows={2} />}>
                    <DiagramView
                      diagram={drawn()}
                      happened={happened}
                      selected={at()?.elementId ?? null}
                      onSelect={setAt}
                    />
                  </Suspense>
                )}
              </Match>
            </Switch>
          </section>
          <div class="case-cards">
            <Show when={hasOpenTasks(props.item)}>
              <OpenTasks item={props.item} />
            </Show>
            <CaseNotices item={props.item} />
            <CaseSummary item={props.item} />
          </div>
        </div>
        <aside class="case-side">
          <Show when={props.trail.data} fallback={<TrailPending trail={props.trail} />}>
            {(trail) => (
              <>
                <div class="case-trail">
                  <TrailList trail={trail()} now={props.item.now} at={at()} onClear={() => setAt(null)} />
                </div>
                <footer class="case-chain">
                  <ChainLine chain={trail().chain} />
                </footer>
              </>
            )}
          </Show>
        </aside>
      </div>
      <ActionSheet item={props.item} open={acting() !== null} action={acting()} onClose={() => setActing(null)} />
    </Page>
  )
}

/** The stages by name, where no clock takes the place beside the title; of what has ended nothing is ahead. */
function StageStrip(props: { item: Case }) {
  const stages = () => props.item.ring.stages.filter(({ state }) => props.item.endedAt === null || state !== 'ahead')
  return (
    <ol class="stage-strip">
      <For each={stages()}>
        {(stage) => (
          <li class={stage.state} aria-current={stage.state === 'current' ? 'step' : undefined}>
            <i aria-hidden="true" />
            {stage.name}
          </li>
        )}
      </For>
    </ol>
  )
}
