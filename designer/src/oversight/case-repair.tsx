import type { OperatedCase } from '@bihuan/runtime/contract'
import Ban from 'lucide-solid/icons/ban'
import Pause from 'lucide-solid/icons/pause'
import Play from 'lucide-solid/icons/play'
import RotateCw from 'lucide-solid/icons/rotate-cw'
import { createSignal, Match, Show, Switch } from 'solid-js'
import { actOnCase, type CaseAct, useOperatedCase } from '../api/operate.ts'
import { dayText } from '../i18n/dates.ts'
import { t } from '../i18n/i18n.ts'
import { ot } from '../i18n/oversight.ts'
import { Button } from '../ui/button.tsx'
import { Chip, type ChipTone } from '../ui/chip.tsx'
import { ErrorState, Loading } from '../ui/state.tsx'
import { showToast } from '../ui/toast.tsx'
import { MovePanel } from './move-panel.tsx'
import { caseName } from './names.ts'
import { type Act, ReasonSheet } from './reason-sheet.tsx'
import type { Standing } from './standing.ts'
import './repair.css'

const TONES: Record<OperatedCase['state'], ChipTone> = {
  active: 'info',
  suspended: 'paused',
  completed: 'green',
  terminated: 'line',
}

/** One case that stands still: try again what failed, suspend or resume, end, move to another step. */
export function CaseRepair(props: { standing: Standing; retry: (() => Act) | undefined }) {
  const [act, setAct] = createSignal<Act | null>(null)
  const key = () => props.standing.caseKey
  const found = useOperatedCase(key)
  const change = (kind: CaseAct): Act => ({
    title: ot(`${kind}Title`),
    effects: [ot(`${kind}Then`)],
    label: ot(kind),
    async run(reason, intent) {
      await actOnCase(key(), kind, reason, intent)
      showToast(ot(DONE[kind]))
    },
  })
  return (
    <section class="repair" aria-label={caseName(props.standing)}>
      <Switch>
        <Match when={found.isError && !found.data}>
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        </Match>
        <Match when={found.isPending}>
          <Loading rows={3} />
        </Match>
        <Match when={found.data}>
          {(item) => (
            <>
              <header class="repair-head">
                <h3>{caseName(props.standing)}</h3>
                <Chip tone={TONES[item().state]}>{ot(`states.${item().state}`)}</Chip>
                <span class="repair-about">
                  {[
                    ot('version', { name: item().process.name, version: item().process.version }),
                    ot('started', { day: dayText(item().startedAt) }),
                  ].join(t('app.separator'))}
                </span>
                <span class="repair-acts">
                  <Show when={props.retry}>
                    {(retry) => (
                      <Button size="small" onClick={() => setAct(retry()())}>
                        <RotateCw class="icon s" aria-hidden="true" />
                        {ot('retry')}
                      </Button>
                    )}
                  </Show>
                  <Show when={item().state === 'active' || item().state === 'suspended'}>
                    {/* One button for both: focus comes back to it. */}
                    <Button size="small" onClick={() => setAct(change(turn(item())))}>
                      <Show when={turn(item()) === 'resume'} fallback={<Pause class="icon s" aria-hidden="true" />}>
                        <Play class="icon s" aria-hidden="true" />
                      </Show>
                      {ot(turn(item()))}
                    </Button>
                    <Button size="small" onClick={() => setAct(change('cancel'))}>
                      <Ban class="icon s" aria-hidden="true" />
                      {ot('cancel')}
                    </Button>
                  </Show>
                </span>
              </header>
              <MovePanel item={item()} standing={props.standing} />
            </>
          )}
        </Match>
      </Switch>
      <ReasonSheet act={act()} onClose={() => setAct(null)} />
    </section>
  )
}

const turn = ({ state }: OperatedCase) => (state === 'suspended' ? 'resume' : 'suspend')
const DONE = { suspend: 'suspended', resume: 'resumed', cancel: 'canceled' } as const
