import type { PackageFiles } from '@bihuan/engine'
import type { PackageVersion } from '@bihuan/runtime/contract'
import { useQueryClient } from '@tanstack/solid-query'
import HistoryIcon from 'lucide-solid/icons/rotate-ccw-clock'
import { createResource, createSignal, For, Match, Show, Suspense, Switch } from 'solid-js'
import { packagesKey, readVersion, restorePackage, retirePackage, useVersions } from '../../api/packages.ts'
import { momentText } from '../../i18n/dates.ts'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice } from '../../ui/choice.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useOpenWorkspace } from '../shell/open-context.ts'
import { nameOf } from '../shell/package-name.tsx'
import { isChanged } from '../shell/save-line.tsx'
import { stepsOf } from '../workspace/derived.ts'
import { firstProcess } from '../workspace/process-files.ts'
import { namesOf } from './change-words.ts'
import { compareVersions } from './compare/compare-versions.ts'
import { countOf } from './compare/comparison.ts'
import { ComparisonView } from './comparison-view.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { takeBack } from './take-back.ts'
import './history-page.css'

const DRAFT = 'draft'
type Against = typeof DRAFT | `${number}`

/** The published versions of a package: what changed between any two, taking one back, and retiring. */
export default function HistoryPage() {
  const workspace = useOpenWorkspace()
  const queries = useQueryClient()
  const versions = useVersions(() => workspace.id)
  const [picked, setPicked] = createSignal<number | null>(null)
  // The newest one, until another is picked: it says what was published last.
  const chosen = () => picked() ?? versions.data?.[0]?.version ?? null
  const [asking, setAsking] = createSignal<'retire' | 'restore' | null>(null)
  const retired = () => workspace.info().retired
  const newest = () => workspace.info().published?.version ?? null

  async function settle(reason: string): Promise<void> {
    if (asking() === 'retire') await retirePackage(workspace.id, reason)
    else await restorePackage(workspace.id, reason)
    showToast(asking() === 'retire' ? st('publish.history.retireDone') : st('publish.history.restoreDone'))
    void queries.invalidateQueries({ queryKey: packagesKey })
    await workspace.refresh().catch(() => undefined)
  }

  return (
    <div class="history">
      <aside class="history-list">
        <header>
          <h2>{st('publish.history.title')}</h2>
          <Show when={newest() !== null}>
            <Button size="small" onClick={() => setAsking(retired() ? 'restore' : 'retire')}>
              {retired() ? st('publish.history.restore') : st('publish.history.retire')}
            </Button>
          </Show>
        </header>
        <Show when={retired()}>
          <p class="history-retired">{st('publish.history.retiredNow')}</p>
        </Show>
        <Suspense fallback={<Loading rows={3} />}>
          <Switch>
            <Match when={versions.isError}>
              <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />
            </Match>
            <Match when={versions.data?.length === 0}>
              <EmptyState
                sign={<HistoryIcon class="icon" />}
                title={st('publish.history.none')}
                text={st('publish.history.noneText')}
              />
            </Match>
            <Match when={versions.data}>
              {(list) => (
                <ul>
                  <For each={list()}>
                    {(version) => (
                      <VersionRow
                        version={version}
                        inUse={version.version === newest() && !retired()}
                        chosen={chosen() === version.version}
                        onChoose={() => setPicked(version.version)}
                      />
                    )}
                  </For>
                </ul>
              )}
            </Match>
          </Switch>
        </Suspense>
      </aside>
      <Show when={chosen()} keyed>
        {(version) => <VersionView version={version} versions={versions.data ?? []} />}
      </Show>
      <ReasonDialog
        open={asking() !== null}
        title={
          asking() === 'restore'
            ? st('publish.history.restoreTitle', { name: nameOf(workspace) })
            : st('publish.history.retireTitle', { name: nameOf(workspace) })
        }
        text={
          asking() === 'restore'
            ? st('publish.history.restoreText', { version: newest() ?? 0 })
            : st('publish.history.retireText', { count: workspace.info().running })
        }
        act={asking() === 'restore' ? st('publish.history.restore') : st('publish.history.retire')}
        reason
        onAct={settle}
        onClose={() => setAsking(null)}
      />
    </div>
  )
}

function VersionRow(props: { version: PackageVersion; inUse: boolean; chosen: boolean; onChoose: () => void }) {
  const time = () => momentText(props.version.publishedAt, new Date().toISOString())
  return (
    <li>
      <button type="button" class="version" aria-pressed={props.chosen} onClick={() => props.onChoose()}>
        <span class="version-head">
          <b class="num">{st('publish.history.version', { version: props.version.version })}</b>
          <Show when={props.inUse}>
            <Chip tone="green">{st('publish.history.inUse')}</Chip>
          </Show>
          <span class="version-running num">
            {props.version.running > 0
              ? st('publish.history.running', { count: props.version.running })
              : st('publish.history.noneRunning')}
          </span>
        </span>
        <span class="version-note">{props.version.note}</span>
        <span class="version-by">
          {props.version.publishedBy.name === ''
            ? st('publish.history.bySystem', { time: time() })
            : st('publish.history.by', { name: props.version.publishedBy.name, time: time() })}
        </span>
      </button>
    </li>
  )
}

/** One version, compared with the one before it, the draft, or any other. */
function VersionView(props: { version: number; versions: readonly PackageVersion[] }) {
  const workspace = useOpenWorkspace()
  const before = () => props.versions.find(({ version }) => version < props.version)?.version
  const [against, setAgainst] = createSignal<Against>(before() === undefined ? DRAFT : `${before() ?? 0}`)
  const [asking, setAsking] = createSignal(false)
  const filesOf = async (version: number): Promise<PackageFiles> =>
    Object.fromEntries((await readVersion(workspace.id, version)).files.map(({ name, text }) => [name, text]))

  // The draft is compared again when it was saved.
  const source = () => ({ other: against(), saved: against() === DRAFT ? workspace.savedAt() : null })
  const [compared, { refetch }] = createResource(source, async ({ other }) => {
    const mine = await filesOf(props.version)
    const theirs = other === DRAFT ? workspace.plain() : await filesOf(Number(other))
    // The older one stands on the left.
    const isOlder = other === DRAFT || Number(other) > props.version
    const [was, is] = isOlder ? [mine, theirs] : [theirs, mine]
    const comparison = await compareVersions(was, is, await stepsOf(is, firstProcess(is)))
    return { comparison, was, is, isOlder, other }
  })
  const label = (one: Against) =>
    one === DRAFT ? st('publish.history.draft') : st('publish.history.version', { version: one })
  const options = () => [
    { value: DRAFT as Against, label: st('publish.history.draft') },
    ...props.versions
      .filter(({ version }) => version !== props.version)
      .map(({ version, note }) => ({ value: `${version}` as Against, label: label(`${version}`), about: note })),
  ]

  return (
    <section class="version-view" aria-label={st('publish.history.version', { version: props.version })}>
      <header>
        <h2>{st('publish.history.version', { version: props.version })}</h2>
        <p class="version-against">
          {st('publish.history.compare')}{' '}
          <Choice
            label={st('publish.history.against')}
            value={against()}
            options={options()}
            onChange={(other) => setAgainst(other)}
          />
        </p>
        <Button size="small" onClick={() => setAsking(true)}>
          {st('publish.history.takeBack')}
        </Button>
      </header>
      <Switch fallback={<Loading rows={3} />}>
        <Match when={compared.error}>
          <ErrorState error={compared.error} onRetry={() => void refetch()} />
        </Match>
        <Match when={(compared.state === 'ready' || compared.state === 'refreshing') && compared.latest}>
          {(found) => (
            <Show
              when={countOf(found().comparison) > 0}
              fallback={<EmptyState sign={<HistoryIcon class="icon" />} title={st('publish.history.same')} />}
            >
              <p class="version-count">{st('publish.changes', { count: countOf(found().comparison) })}</p>
              <ComparisonView
                comparison={found().comparison}
                names={namesOf(workspace.directory(), found().was, found().is)}
                before={label(found().isOlder ? `${props.version}` : found().other)}
                after={label(found().isOlder ? found().other : `${props.version}`)}
              />
            </Show>
          )}
        </Match>
      </Switch>
      <TakeBackDialog version={props.version} open={asking()} onClose={() => setAsking(false)} filesOf={filesOf} />
    </section>
  )
}

function TakeBackDialog(props: {
  version: number
  open: boolean
  onClose: () => void
  filesOf: (version: number) => Promise<PackageFiles>
}) {
  const workspace = useOpenWorkspace()
  const copy = () =>
    st('publish.history.copyName', {
      name: nameOf(workspace),
      who: workspace.me,
      time: momentText(new Date().toISOString()),
    })
  return (
    <ReasonDialog
      open={props.open}
      title={st('publish.history.takeBackTitle', { version: props.version })}
      text={
        isChanged(workspace)
          ? st('publish.history.takeBackText', { version: props.version, copy: copy() })
          : st('publish.history.takeBackClean', { version: props.version })
      }
      act={st('publish.history.takeBackAct')}
      onAct={async () => {
        await takeBack(workspace, await props.filesOf(props.version), isChanged(workspace) ? copy() : null)
        showToast(st('publish.history.takeBackDone', { version: props.version }))
      }}
      onClose={props.onClose}
    />
  )
}
