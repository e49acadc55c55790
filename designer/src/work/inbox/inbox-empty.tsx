import Hand from 'lucide-solid/icons/hand'
import { Show } from 'solid-js'
import type { InboxView } from '../../api/shapes.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Ring } from '../../ui/ring.tsx'
import type { RingView } from '../../ui/ring-view.ts'
import { EmptyState } from '../../ui/state.tsx'
import { manyWords } from './many-words.ts'

const CLOSED: RingView = {
  look: 'closed',
  tone: 'ink',
  arcs: ['done'],
  fill: 1,
  centre: { kind: 'sign', sign: 'check' },
  step: null,
  stageName: null,
}

export interface InboxEmptyProps {
  view: InboxView
  searching?: boolean
  /** How many tasks wait to be claimed: they come before "all done". */
  claimable: number
  onSee: (view: InboxView) => void
}

/** An inbox view without rows: what that means, and where the next thing comes from. */
export function InboxEmpty(props: InboxEmptyProps) {
  const offered = () => props.view === 'mine' && !props.searching && props.claimable > 0
  const name = () => (props.searching ? 'found' : props.view)
  return (
    <Show
      when={offered()}
      fallback={
        <EmptyState
          sign={<Ring view={CLOSED} size="row" label="" />}
          title={t(`inbox.empty.${name()}`)}
          text={t(`inbox.empty.${name()}Text`)}
        >
          <Show when={props.view === 'mine' && !props.searching}>
            <Button size="small" onClick={() => props.onSee('done')}>
              {t('inbox.seeDone')}
            </Button>
          </Show>
        </EmptyState>
      }
    >
      <EmptyState
        sign={<Hand class="icon" />}
        title={t('inbox.empty.offered', { count: manyWords(props.claimable) })}
        text={t('inbox.empty.offeredText')}
      >
        <Button size="small" onClick={() => props.onSee('claimable')}>
          {t('inbox.seeClaimable')}
        </Button>
      </EmptyState>
    </Show>
  )
}
