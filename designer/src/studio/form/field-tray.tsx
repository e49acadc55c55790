import type { FieldEntry } from '@bihuan/engine'
import Plus from 'lucide-solid/icons/plus'
import { For, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'

/** Fields of the dictionary that the steps of a form may see and that do not stand on it. A press puts one on. */
export function FieldTray(props: {
  fields: readonly FieldEntry[]
  onPut: (key: string) => void
  onPutAll: () => void
}) {
  return (
    <Show when={props.fields.length > 0}>
      <section class="field-tray" aria-label={st('forms.tray')}>
        <span class="field-tray-title">{st('forms.tray')}</span>
        <ul>
          <For each={props.fields}>
            {(field) => (
              <li>
                <button type="button" class="field-put" onClick={() => props.onPut(field.key)}>
                  <Plus class="icon s" aria-hidden="true" />
                  {field.name}
                </button>
              </li>
            )}
          </For>
        </ul>
        <Show when={props.fields.length > 1}>
          <button type="button" class="link" onClick={props.onPutAll}>
            {st('forms.putAll')}
          </button>
        </Show>
      </section>
    </Show>
  )
}
