import { For } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import type { Written } from './uses.ts'

/** Places that read a field or a parameter: where, what it is called, and what is written there. */
export function UseList(props: { uses: readonly Written[] }) {
  return (
    <ul class="use-list">
      <For each={props.uses}>
        {(use) => (
          <li>
            <span class="use-part">{st(`fields.place.${use.part}`)}</span>
            <span class="use-name">{use.name ?? st('fields.unnamed')}</span>
            <code>{use.source}</code>
          </li>
        )}
      </For>
    </ul>
  )
}
