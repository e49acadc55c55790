import { packageName, setPackageName } from '@bihuan/engine'
import Pencil from 'lucide-solid/icons/pencil'
import { createSignal, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { renameProcess } from './rename.ts'

const PACKAGE = 'package.yaml'

/** The name as the files have it now. */
export const nameOf = (workspace: Workspace): string => packageName(workspace.files) ?? workspace.info().name

/** The package's name; pressing it changes it, in `package.yaml` and where its process bears the same name. */
export function PackageName(props: { workspace: Workspace }) {
  const [editing, setEditing] = createSignal(false)
  const name = () => nameOf(props.workspace)
  let button: HTMLButtonElement | undefined

  function take(text: string): void {
    if (!editing()) return
    setEditing(false)
    const next = text.trim()
    const { files, write } = props.workspace
    const before = name()
    if (next !== '' && next !== before) {
      const models = Object.keys(files).filter((file) => file.endsWith('.bpmn'))
      write(
        {
          [PACKAGE]: setPackageName(files[PACKAGE] ?? '', next),
          ...Object.fromEntries(models.map((file) => [file, renameProcess(files[file] ?? '', before, next)])),
        },
        'package',
      )
    }
    queueMicrotask(() => button?.focus())
  }

  return (
    <h1 class="package-name">
      <Show
        when={editing()}
        fallback={
          <button
            ref={button}
            type="button"
            title={st('shell.rename')}
            disabled={props.workspace.files[PACKAGE] === undefined}
            onClick={() => setEditing(true)}
          >
            <span>{name()}</span>
            <Pencil class="icon s" aria-hidden="true" />
          </button>
        }
      >
        <input
          ref={(input) =>
            queueMicrotask(() => {
              input.focus()
              input.select()
            })
          }
          value={name()}
          maxlength="100"
          aria-label={st('shell.rename')}
          onBlur={(event) => take(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
            // The key would press the button that comes back under it.
            event.preventDefault()
            take(event.key === 'Enter' ? event.currentTarget.value : name())
          }}
        />
      </Show>
    </h1>
  )
}
