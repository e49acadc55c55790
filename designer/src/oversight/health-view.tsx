import type { OperatedHealth } from '@bihuan/runtime/contract'
import { For, Match, Show, Switch } from 'solid-js'
import { useOperatedHealth } from '../api/operate.ts'
import { ot, otMaybe } from '../i18n/oversight.ts'
import { Chip } from '../ui/chip.tsx'
import { ErrorState, Loading } from '../ui/state.tsx'

type Figure = keyof OperatedHealth['figures']

/** How the service is: in a word, in a sentence, and in figures. */
export default function HealthView() {
  const health = useOperatedHealth()
  return (
    <div class="oversight-body">
      <Switch>
        {/* What is no longer known to be well is not said to be. */}
        <Match when={health.isError}>
          <ErrorState error={health.error} onRetry={() => void health.refetch()} />
        </Match>
        <Match when={health.isPending}>
          <Loading rows={3} />
        </Match>
        <Match when={health.data}>
          {(shown) => (
            <>
              <h2 class="health-title">
                {ot('healthTitle')}
                <Chip tone={shown().status === 'up' ? 'green' : 'red'}>
                  {otMaybe(`healthStatus.${shown().status}`) ?? shown().status}
                </Chip>
                <For each={shown().alarms}>
                  {(alarm) => <Chip tone="amber">{otMaybe(`alarms.${alarm}`) ?? alarm}</Chip>}
                </For>
              </h2>
              <Show when={otMaybe(`healthText.${shown().status}`)}>
                {(text) => <p class="oversight-about">{text()}</p>}
              </Show>
              <dl class="figures">
                <For each={Object.keys(shown().figures) as Figure[]}>
                  {(name) => (
                    <div>
                      <dt>{ot(`figures.${name}`)}</dt>
                      <dd class="num">{figureText(name, shown().figures[name])}</dd>
                    </div>
                  )}
                </For>
              </dl>
              <p class="oversight-about">{ot('here')}</p>
            </>
          )}
        </Match>
      </Switch>
    </div>
  )
}

function figureText(name: Figure, value: number | null): string {
  if (value === null) return ot('notWatched')
  if (!name.endsWith('Bytes')) return String(Math.round(value))
  const megabytes = value / 1024 ** 2
  return megabytes < 1024 ? `${megabytes.toFixed(1)} MB` : `${(megabytes / 1024).toFixed(1)} GB`
}
