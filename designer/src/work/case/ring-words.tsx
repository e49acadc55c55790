import { Match, Show, Switch } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Centre } from '../../ui/ring.tsx'
import type { RingView } from '../../ui/ring-view.ts'

/** The middle of a large ring: the stage by name over the days it has, or how the case ended under its sign. */
export function RingWords(props: { view: RingView }) {
  const name = () => props.view.stageName ?? ''
  return (
    <Switch>
      <Match when={props.view.look === 'running'}>
        <Show when={name()}>
          <small>
            {props.view.centre.kind === 'days'
              ? t('case.stageLeft', { name: name() })
              : t('case.stageNow', { name: name() })}
          </small>
        </Show>
        <Centre centre={props.view.centre} />
      </Match>
      <Match when={true}>
        <Centre centre={props.view.centre} />
        <small class="under">{ended(props.view.look)}</small>
      </Match>
    </Switch>
  )
}

function ended(look: RingView['look']): string {
  if (look === 'closed') return t('case.closed')
  return look === 'incident' ? t('case.stuck') : t('case.stopped')
}
