import type { PackageTemplate } from '@bihuan/runtime/contract'
import Plus from 'lucide-solid/icons/plus'
import { For, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Ring } from '../../ui/ring.tsx'
import { emptyRing } from '../../ui/ring-view.ts'

/** The examples a new package can be made from. */
export function TemplateRow(props: { templates: readonly PackageTemplate[]; onUse: (id: string) => void }) {
  return (
    <Show when={props.templates.length > 0}>
      <section class="templates" aria-labelledby="templates-title">
        <header>
          <h2 id="templates-title">{st('list.templates')}</h2>
          <p class="quiet">{st('list.templatesAbout')}</p>
        </header>
        <ul>
          <For each={props.templates}>
            {(template) => (
              <li>
                <button type="button" class="template" onClick={() => props.onUse(template.id)}>
                  <Ring view={emptyRing(template.stages.length || template.steps)} size="small" label="">
                    {''}
                  </Ring>
                  <span>
                    <b>{template.name}</b>
                    <small>{st('list.templateFacts', { steps: template.steps, scenarios: template.scenarios })}</small>
                  </span>
                  <Plus class="icon s" aria-hidden="true" />
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
