import type { StuckGroup, StuckIncident } from '@bihuan/runtime/contract'
import RotateCw from 'lucide-solid/icons/rotate-cw'
import { createSignal, Show } from 'solid-js'
import { resolveGroup, resolveIncident, useStuckCase, useStuckGroups, useStuckIncidents } from '../api/operate.ts'
import { inLanguage } from '../i18n/i18n.ts'
import { ot } from '../i18n/oversight.ts'
import { Button } from '../ui/button.tsx'
import { showToast } from '../ui/toast.tsx'
import { GroupDetail } from './group-detail.tsx'
import { Groups } from './groups.tsx'
import { type Act, ReasonSheet } from './reason-sheet.tsx'

const titleOf = ({ titles, code }: StuckGroup): string => inLanguage(titles) ?? code

/** What is stuck, by step and reason. */
export function StuckView() {
  return (
    <Groups
      of={useStuckGroups}
      label={ot('list')}
      none={ot('none')}
      noneText={ot('noneText')}
      gone={ot('gone')}
      goneText={ot('goneText')}
      placeOf={({ processId, elementId, code }) => ({ process: processId, step: elementId, code })}
      title={titleOf}
      count={({ count }) => ot('cases', { count })}
      detail={(group, onBack) => <StuckDetail group={group()} onBack={onBack} />}
    />
  )
}

/** One kind of being stuck: one of its cases to try again, or all of them. */
function StuckDetail(props: { group: StuckGroup; onBack: (() => void) | undefined }) {
  const [act, setAct] = createSignal<Act | null>(null)
  const list = useStuckIncidents(() => props.group)
  const retryAll = (chosen: StuckIncident | null): Act => ({
    title: ot('retryAllTitle', { count: props.group.count }),
    effects: [ot('retryThenAll'), ...(chosen?.job ? [ot('retryThenJob')] : [])],
    label: ot('retryAll', { count: props.group.count }),
    async run(reason, intent) {
      const { resolved, stuckAgain, failed } = await resolveGroup(props.group, reason, intent)
      showToast(ot('retriedAll', { count: resolved, stuck: stuckAgain }), stuckAgain > 0 ? 'plain' : 'done')
      if (failed.length > 0) showToast(ot('retriedFailed', { count: failed.length }), 'problem')
    },
  })
  return (
    <>
      <GroupDetail
        group={props.group}
        title={titleOf(props.group)}
        count={ot('cases', { count: props.group.count })}
        words={(chosen) => inLanguage((chosen ?? props.group).messages)}
        list={list}
        ofCase={(caseKey) => useStuckCase(() => props.group, caseKey)}
        acts={(chosen) => (
          <Show when={props.group.count > 1}>
            <Button size="small" onClick={() => setAct(retryAll(chosen))}>
              <RotateCw class="icon s" aria-hidden="true" />
              {ot('retryAll', { count: props.group.count })}
            </Button>
          </Show>
        )}
        retry={retryOf}
        onBack={props.onBack}
      />
      <ReasonSheet act={act()} onClose={() => setAct(null)} />
    </>
  )
}

const retryOf = ({ key, job }: StuckIncident): Act => ({
  title: ot('retryTitle'),
  effects: [ot('retryThen'), ...(job ? [ot('retryThenJob')] : [])],
  label: ot('retry'),
  async run(reason, intent) {
    const { stuckAgain } = await resolveIncident(key, reason, intent)
    showToast(ot(stuckAgain ? 'retriedStuck' : 'retried'), stuckAgain ? 'problem' : 'done')
  },
})
