import { createSignal, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { nameOf } from '../shell/package-name.tsx'
import { nextVersion } from '../shell/save-line.tsx'
import type { OpenWorkspace } from '../workspace/opened-workspace.ts'
import { PublishForm } from './publish-form.tsx'

/** Publishing: what it brings about, what changed, a note, and the seal. Made anew each time it opens. */
export function PublishDialog(props: { workspace: OpenWorkspace; open: boolean; onClose: () => void }) {
  return (
    <Show when={props.open}>
      <Opened {...props} />
    </Show>
  )
}

function Opened(props: { workspace: OpenWorkspace; onClose: () => void }) {
  // Published, the next number is another one: the title stays.
  const version = nextVersion(props.workspace)
  const comparing = props.workspace.info().published !== null
  const [done, setDone] = createSignal(false)
  return (
    <Sheet
      open
      wide={comparing && !done()}
      onClose={props.onClose}
      title={st('publish.dialog', { name: nameOf(props.workspace), version })}
    >
      <PublishForm workspace={props.workspace} version={version} onDone={() => setDone(true)} onClose={props.onClose} />
    </Sheet>
  )
}
