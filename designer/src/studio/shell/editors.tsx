import { createMemo, For, Show } from 'solid-js'
import { st, stMaybe } from '../../i18n/studio.ts'
import { Tip } from '../../ui/tooltip.tsx'
import type { Workspace } from '../workspace/workspace.ts'

const SHOWN = 3

/** Who else has the package open, with the part they are in. */
export function Editors(props: { workspace: Workspace; me: string }) {
  const others = createMemo(() => props.workspace.editors().filter(({ person }) => person.id !== props.me))
  const words = (name: string, place: string) =>
    st('shell.editorHere', { name, place: stMaybe(`shell.${place}`) ?? st('shell.process') })
  return (
    <Show when={others().length > 0}>
      <ul class="editors">
        <For each={others().slice(0, SHOWN)}>
          {({ person, place }) => (
            <li>
              <Tip text={words(person.name, place)}>
                <span class="avatar editor" role="img" tabindex="0" aria-label={words(person.name, place)}>
                  {person.name.slice(0, 1)}
                </span>
              </Tip>
            </li>
          )}
        </For>
        <Show when={others().length > SHOWN}>
          <li class="editors-more">
            <span aria-hidden="true">+{others().length - SHOWN}</span>
            <span class="sr">{st('shell.editorsHere', { count: others().length - SHOWN })}</span>
          </li>
        </Show>
      </ul>
    </Show>
  )
}
