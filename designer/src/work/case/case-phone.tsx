import type { Case } from '@bihuan/runtime/contract'
import { A } from '@solidjs/router'
import { createMemo, createSignal, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Ring } from '../../ui/ring.tsx'
import { caseRing } from '../../ui/ring-view.ts'
import { large, setLarge } from '../../ui/size.ts'
import { TopBar } from '../../ui/top-bar.tsx'
import { ActionSheet } from './action-sheet.tsx'
import { CaseIncidents, CaseNotices, CaseSummary, hasOpenTasks, OpenTasks } from './case-cards.tsx'
import { clockOf } from './case-clock.ts'
import { onlyAct, sayCase, sayStep } from './case-sentence.ts'
import { ChainLine } from './chain-line.tsx'
import { ClockPanel } from './clock-panel.tsx'
import { RingWords } from './ring-words.tsx'
import { StageList } from './stage-list.tsx'
import { storyOf } from './stage-story.ts'
import { TrailList } from './trail-list.tsx'
import { TrailPending, type TrailQuery } from './trail-pending.tsx'

/** The case on a phone: the ring, one sentence, the clock, the stages with their story; what is mine at the foot. */
export default function CasePhone(props: { item: Case; trail: TrailQuery }) {
  /** The act that is open, or all of them to choose from. */
  const [acting, setActing] = createSignal<{ readonly action: string | null } | null>(null)
  const [everything, setEverything] = createSignal(false)
  const ring = createMemo(() => caseRing(props.item.ring, props.item.now))
  // Of what has ended nothing is ahead any more.
  const stages = () => props.item.ring.stages.filter(({ state }) => props.item.endedAt === null || state !== 'ahead')
  const stories = createMemo(() => storyOf(stages(), props.trail.data?.entries ?? []))
  const mine = () => props.item.tasks.find((task) => task.mine)
  const only = () => onlyAct(props.item)
  const foot = () => (
    <footer class="case-foot">
      <Show when={props.item.actions.length > 0}>
        <Show
          when={props.item.tasks.length === 0}
          fallback={
            <Button class={mine() ? '' : 'wide'} onClick={() => setActing({ action: null })}>
              {t('case.more')}
            </Button>
          }
        >
          <Button
            kind={only() ? 'primary' : 'secondary'}
            wide
            onClick={() => setActing({ action: only()?.key ?? null })}
          >
            {only()?.label ?? t('case.acts', { count: props.item.actions.length })}
          </Button>
        </Show>
      </Show>
      <Show when={mine()}>
        {(task) => (
          <A class="btn primary case-go" href={`/tasks/${task().key}`}>
            {t('case.goTo')}
          </A>
        )}
      </Show>
    </footer>
  )
  return (
    <Page class="case-phone" foot={mine() || props.item.actions.length > 0 ? foot() : undefined}>
      <TopBar title={props.item.processName} back="/cases">
        <button type="button" class="hit text" onClick={() => setLarge(!large())}>
          {large() ? t('app.largeOff') : t('app.largeOn')}
        </button>
      </TopBar>
      <section class="case-hero">
        <Ring view={ring()} size="hero">
          <RingWords view={ring()} />
        </Ring>
        <h2 class="case-title">{props.item.title}</h2>
        <p class="case-no">{sayStep(ring().step, ring().arcs.length)}</p>
        <p class="case-no num">{[props.item.unit.name, props.item.number].filter(Boolean).join(t('app.separator'))}</p>
        <p class="case-say" classList={{ mine: mine() !== undefined }}>
          {sayCase(props.item)}
        </p>
        <CaseIncidents item={props.item} />
      </section>
      <Show when={clockOf(props.item)}>
        {(clock) => (
          <div class="case-band">
            <ClockPanel clock={clock()} now={props.item.now} />
          </div>
        )}
      </Show>
      <section class="case-block">
        <h2>{t('case.stages')}</h2>
        <StageList stories={stories()} />
      </section>
      <div class="case-band case-stack">
        <Show when={hasOpenTasks(props.item)}>
          <OpenTasks item={props.item} />
        </Show>
        <CaseNotices item={props.item} />
        <CaseSummary item={props.item} />
      </div>
      <section class="case-block">
        <Show when={props.trail.data} fallback={<TrailPending trail={props.trail} />}>
          {(trail) => (
            <>
              <Show
                when={everything()}
                fallback={
                  <Button wide onClick={() => setEverything(true)}>
                    {t('case.trailShowAll')}
                  </Button>
                }
              >
                <TrailList trail={trail()} now={props.item.now} />
              </Show>
              <div class="case-chain">
                <ChainLine chain={trail().chain} />
              </div>
            </>
          )}
        </Show>
      </section>
      <ActionSheet
        item={props.item}
        open={acting() !== null}
        action={acting()?.action ?? null}
        onClose={() => setActing(null)}
      />
    </Page>
  )
}
