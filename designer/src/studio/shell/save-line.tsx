import { Match, Show, Switch } from 'solid-js'
import { momentText, timeText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { Chip } from '../../ui/chip.tsx'
import type { Workspace } from '../workspace/workspace.ts'

/** Whether anything differs from what is published. */
export const isChanged = (workspace: Workspace): boolean =>
  workspace.info().isDraft || workspace.info().published === null || workspace.state() !== 'saved'

/** The number the draft will be published under. */
export const nextVersion = (workspace: Workspace): number => (workspace.info().published?.version ?? 0) + 1

/** Which version this is, whether it is saved, and which one is in use. */
export function SaveLine(props: { workspace: Workspace; onClash: () => void }) {
  const info = () => props.workspace.info()
  const savedAt = () => {
    const at = props.workspace.savedAt()
    if (at === null) return null
    return new Date(at).toDateString() === new Date().toDateString()
      ? timeText(at)
      : momentText(at, new Date().toISOString())
  }
  return (
    <div class="save-line">
      <Chip tone={isChanged(props.workspace) ? 'line' : 'plain'}>
        {isChanged(props.workspace)
          ? st('shell.draft', { version: nextVersion(props.workspace) })
          : st('shell.inUse', { version: info().published?.version ?? 0 })}
      </Chip>
      <Show when={info().retired}>
        <Chip tone="amber">{st('shell.retired')}</Chip>
      </Show>
      <span class="save-state" classList={{ warn: ['offline', 'conflict'].includes(props.workspace.state()) }}>
        <Switch>
          <Match when={props.workspace.state() === 'conflict'}>
            <button type="button" class="link" onClick={() => props.onClash()}>
              {st('shell.twoVersions')}
            </button>
          </Match>
          <Match when={props.workspace.state() === 'offline'}>{st('shell.offline')}</Match>
          <Match when={props.workspace.state() === 'saving'}>{st('shell.saving')}</Match>
          <Match when={props.workspace.state() === 'unsaved'}>{st('shell.unsaved')}</Match>
          <Match when={!isChanged(props.workspace)}>{st('shell.clean')}</Match>
          <Match when={savedAt()}>{(time) => st('shell.saved', { time: time() })}</Match>
        </Switch>
        <Show when={isChanged(props.workspace)}>
          <span class="in-use">
            {props.workspace.savedAt() || props.workspace.state() !== 'saved' ? t('app.separator') : ''}
            {info().published
              ? st('shell.inUse', { version: info().published?.version ?? 0 })
              : st('shell.neverPublished')}
          </span>
        </Show>
      </span>
    </div>
  )
}
