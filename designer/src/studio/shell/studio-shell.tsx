import type { Me } from '@bihuan/runtime/contract'
import { A, type RouteSectionProps, useParams } from '@solidjs/router'
import { createEffect, createResource, createSignal, Match, onCleanup, Show, Switch } from 'solid-js'
import { useSession } from '../../api/session.ts'
import { language } from '../../i18n/i18n.ts'
import { loadStudioEnglish, st } from '../../i18n/studio.ts'
import { ErrorState, Loading } from '../../ui/state.tsx'
import { NoPermission } from './no-permission.tsx'
import { loadPackage, useForgetList } from './open-package.ts'
import { StudioFrame } from './studio-frame.tsx'
import './studio-shell.css'

/**
 * The studio around one package: reads it, keeps it open while its pages change, closes it when another is opened.
 * Only for process designers.
 */
export default function StudioShell(props: RouteSectionProps) {
  const session = useSession()
  const params = useParams<{ id: string }>()
  // Not shown before its words are there: some are put on the page once. Without them it is shown in Chinese.
  const [inWords, setInWords] = createSignal(language() !== 'en')
  createEffect(() => {
    if (language() === 'en') void loadStudioEnglish().finally(() => setInWords(true))
  })
  return (
    <Show when={session.data}>
      {(me) => (
        <Show when={me().can.design} fallback={<NoPermission />}>
          <Show when={params.id} keyed>
            {(id) => (
              <OnePackage id={id} me={me()} inWords={inWords()}>
                {props.children}
              </OnePackage>
            )}
          </Show>
        </Show>
      )}
    </Show>
  )
}

function OnePackage(props: { id: string; me: Me; inWords: boolean; children: RouteSectionProps['children'] }) {
  const forget = useForgetList()
  const [loaded, { refetch }] = createResource(() => loadPackage(props.id, props.me))
  // The list shows what was done here when it is opened next.
  onCleanup(forget)
  return (
    <Switch
      fallback={
        <main id="content" class="studio-waits">
          <Loading rows={4} />
        </main>
      }
    >
      <Match when={loaded.error}>
        <main id="content" class="studio-waits">
          <ErrorState error={loaded.error} onRetry={() => void refetch()}>
            <A class="btn secondary small" href="/studio">
              {st('shell.toList')}
            </A>
          </ErrorState>
        </main>
      </Match>
      <Match when={props.inWords && loaded.state === 'ready' && loaded.latest}>
        {(open) => (
          <StudioFrame open={open()} me={props.me}>
            {props.children}
          </StudioFrame>
        )}
      </Match>
    </Switch>
  )
}
