import { Show } from 'solid-js'
import type { InboxView } from '../../api/shapes.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Ring } from '../../ui/ring.tsx'
import type { RingView } from '../../ui/ring-view.ts'
import { EmptyState } from '../../ui/state.tsx'

const CLOSED: RingView = {
  look: 'closed',
  tone: 'ink',
  arcs: ['done'],
  fill: 1,
  centre: { kind: 'sign', sign: 'check' },
  step: null,
  stageName: null,
}

/** An inbox view without rows: what that means, and where the next thing comes from. */
export function InboxEmpty(props: { view: InboxView; searching?: boolean; onSeeDone?: () => void }) {
  const name = () => (props.searching ? 'found' : props.view)
  return (
    <EmptyState
      sign={<Ring view={CLOSED} size="row" label="" />}
      title={t(`inbox.empty.${name()}`)}
      text={t(`inbox.empty.${name()}Text`)}
    >
      <Show when={props.view === 'mine' && !props.searching && props.onSeeDone}>
        <Button size="small" onClick={() => props.onSeeDone?.()}>
          {t('inbox.seeDone')}
        </Button>
      </Show>
    </EmptyState>
  )
}
