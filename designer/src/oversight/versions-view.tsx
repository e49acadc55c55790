import type { OperatedDefinition } from '@bihuan/runtime/contract'
import CircleCheck from 'lucide-solid/icons/circle-check'
import { createMemo, createSignal, Match, Show, Switch } from 'solid-js'
import { useOperatedDefinitions } from '../api/operate.ts'
import { ot } from '../i18n/oversight.ts'
import { Choice } from '../ui/choice.tsx'
import { EmptyState, ErrorState, Loading } from '../ui/state.tsx'
import { MigrationPlan } from './migration-plan.tsx'

/** Cases of one version that are to go on in another: which, from where, to where. */
export default function VersionsView() {
  const found = useOperatedDefinitions()
  const [processPicked, setProcess] = createSignal<string>()
  const [fromPicked, setFrom] = createSignal<string>()
  const [toPicked, setTo] = createSignal<string>()
  const all = () => found.data?.items ?? []
  const processes = createMemo(() => [...new Map(all().map((one) => [one.id, one])).values()])
  // One with several versions comes first: the others have nothing to change to.
  const process = () =>
    processes().find(({ id }) => id === processPicked())?.id ??
    processes().find(({ id }) => all().filter((one) => one.id === id).length > 1)?.id ??
    processes()[0]?.id
  const versions = () => all().filter(({ id }) => id === process())
  const isOld = (one: OperatedDefinition) => one.running > 0 && !one.latest
  const from = createMemo(
    () =>
      versions().find(({ key }) => key === fromPicked()) ??
      versions().find(isOld) ??
      versions().find(({ running }) => running > 0),
  )
  const others = () => versions().filter(({ key }) => key !== from()?.key)
  const to = createMemo(
    () => others().find(({ key }) => key === toPicked()) ?? others().find(({ latest }) => latest) ?? others()[0],
  )
  const option = (one: OperatedDefinition) => ({
    value: one.key,
    label: ot(one.latest ? 'versionLatest' : 'versionOption', { version: one.version, count: one.running }),
  })
  return (
    <div class="oversight-body">
      <Switch>
        <Match when={found.isError && !found.data}>
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        </Match>
        <Match when={found.isPending}>
          <Loading rows={3} />
        </Match>
        <Match when={all().length === 0}>
          <EmptyState sign={<CircleCheck class="icon" />} title={ot('versionNone')} text={ot('versionNoneText')} />
        </Match>
        <Match when={from()}>
          {(source) => (
            <>
              <h2>{ot('versionTitle')}</h2>
              <p class="oversight-about">{ot('versionText')}</p>
              <div class="versions">
                <div class="versions-field">
                  <span aria-hidden="true">{ot('versionProcess')}</span>
                  <Choice
                    look="control"
                    label={ot('versionProcess')}
                    value={process()}
                    options={processes().map(({ id, name }) => ({ value: id, label: name }))}
                    onChange={(id) => {
                      setProcess(id)
                      setFrom(undefined)
                      setTo(undefined)
                    }}
                  />
                </div>
                <div class="versions-field">
                  <span aria-hidden="true">{ot('versionFrom')}</span>
                  <Choice
                    look="control"
                    label={ot('versionFrom')}
                    value={source().key}
                    options={versions()
                      .filter(({ running }) => running > 0)
                      .map(option)}
                    onChange={setFrom}
                  />
                </div>
                <Show when={to()} fallback={<p class="versions-only">{ot('versionOnly')}</p>}>
                  {(target) => (
                    <div class="versions-field">
                      <span aria-hidden="true">{ot('versionTo')}</span>
                      <Choice
                        look="control"
                        label={ot('versionTo')}
                        value={target().key}
                        options={others().map(option)}
                        onChange={setTo}
                      />
                    </div>
                  )}
                </Show>
              </div>
              <Show when={to() && `${source().key} ${to()?.key}`} keyed>
                <MigrationPlan from={source()} to={to()!} />
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </div>
  )
}
