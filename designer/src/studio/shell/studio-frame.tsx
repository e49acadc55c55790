import type { Me } from '@bihuan/runtime/contract'
import { useLocation, useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, type JSX, on, onCleanup, Show, Suspense } from 'solid-js'
import { sessionEnded } from '../../api/session-ended.ts'
import { t } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { Loading } from '../../ui/state.tsx'
import { wide } from '../../ui/wide.ts'
import { ProblemPanel } from '../problem/problem-list.tsx'
import { PublishDialog } from '../publish/publish-dialog.tsx'
import type { OpenWorkspace } from '../workspace/opened-workspace.ts'
import { WorkspaceProvider } from '../workspace/workspace.ts'
import { ClashDialog } from './clash-dialog.tsx'
import { KeptOffer } from './kept-offer.tsx'
import { Narrow, partOfNarrow } from './narrow.tsx'
import { useDirectoryNow } from './open-package.ts'
import { nameOf } from './package-name.tsx'
import { partOf } from './parts.ts'
import { StudioBar } from './studio-bar.tsx'

/** An open package: the bar, the page of the part that is open, and what opens over it. */
export function StudioFrame(props: {
  open: (directory: ReturnType<typeof useDirectoryNow>) => OpenWorkspace
  me: Me
  children: JSX.Element
}) {
  const workspace = props.open(useDirectoryNow())
  const location = useLocation()
  const part = () => partOf(location.pathname)
  const [problems, setProblems] = createSignal(false)
  const [publishing, setPublishing] = createSignal(false)
  const [choosing, setChoosing] = createSignal(true)

  // Other pages lead to the findings by a link.
  const [asked, ask] = useSearchParams<{ problems?: string }>()
  createEffect(() => {
    if (!asked.problems) return
    setProblems(true)
    ask({ problems: undefined }, { replace: true })
  })
  createEffect(() => workspace.setPlace(part()))
  createEffect(() => {
    document.title = `${nameOf(workspace)}${t('app.separator')}${t('app.name')}`
  })
  onCleanup(() => {
    document.title = t('app.name')
  })
  createEffect(
    on(sessionEnded, (ended, before) => {
      if (before && !ended) void workspace.flush().catch(() => undefined)
    }),
  )
  createEffect(on(workspace.clash, (clash) => clash && setChoosing(true)))

  let problemsButton: HTMLButtonElement | undefined
  const closeProblems = () => {
    setProblems(false)
    problemsButton?.focus()
  }

  return (
    <WorkspaceProvider value={workspace}>
      <div class={`studio at-${part()}`}>
        <StudioBar
          workspace={workspace}
          me={props.me}
          part={part()}
          problemsOpen={problems()}
          onProblems={() => setProblems(!problems())}
          problemsRef={(button) => {
            problemsButton = button
          }}
          onPublish={() => setPublishing(true)}
          onClash={() => setChoosing(true)}
        />
        <KeptOffer workspace={workspace} />
        <main id="content" class="studio-main" tabindex="-1">
          <Show when={wide() || partOfNarrow(part())} fallback={<Narrow workspace={workspace} />}>
            <Suspense fallback={<Loading rows={4} />}>{props.children}</Suspense>
          </Show>
        </main>
        <Show when={problems()}>
          <ProblemPanel onClose={closeProblems} />
        </Show>
        <PublishDialog workspace={workspace} open={publishing()} onClose={() => setPublishing(false)} />
        <Show when={workspace.clash()}>
          {(clash) => (
            <ClashDialog
              workspace={workspace}
              clash={clash()}
              me={props.me.name}
              open={choosing()}
              onClose={() => setChoosing(false)}
            />
          )}
        </Show>
        <p class="sr" role="status">
          {workspace.state() === 'offline' ? st('shell.offline') : ''}
        </p>
      </div>
    </WorkspaceProvider>
  )
}
