import { costlyComponents } from '@bihuan/engine'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import './costly-note.css'

/** A fault of a form in place of the form: why it is not shown, and the components that are to blame. */
export function FormNote(props: { text: string; names: readonly string[] }) {
  return (
    <div class="note form-note">
      <TriangleAlert class="icon" aria-hidden="true" />
      <div>
        <p>{props.text}</p>
        <ul class="refused-types">
          <For each={props.names}>{(name) => <li>{name}</li>}</For>
        </ul>
      </div>
    </div>
  )
}

/**
 * Shows a form only when none of its expressions would stop this window: the viewer of forms sets them no limit. What
 * stops it here is refused at deploy, too.
 */
export function UnlessCostly(props: { schema: unknown; children: JSX.Element }) {
  const names = createMemo(() => costlyComponents(props.schema).map(({ label, name }) => label ?? name))
  return (
    <Show when={names().length > 0} fallback={props.children}>
      <FormNote text={st('forms.endless')} names={names()} />
    </Show>
  )
}
