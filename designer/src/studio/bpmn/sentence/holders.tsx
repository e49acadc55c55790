import type { Holders } from '@bihuan/runtime/contract'
import Eye from 'lucide-solid/icons/eye'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { createMemo, For, Show } from 'solid-js'
import { useHolders } from '../../../api/packages.ts'
import { st } from '../../../i18n/studio.ts'
import { Choice } from '../../../ui/choice.tsx'
import { Live, Words } from './parts.tsx'
import { useSentences } from './sentence-context.tsx'
import { chooseExampleUnit, exampleUnit } from './unit-choice.ts'

type Holder = Holders['items'][number]

/** Whom candidates mean in a real unit. Nobody there is said in amber: a case would wait for ever. */
export function HoldersLive(props: { candidates: string }) {
  const sentences = useSentences()
  const { workspace } = sentences
  const unit = createMemo(() => exampleUnit(workspace.directory()))
  const holders = useHolders(unit, () => props.candidates)
  // Asking for what is not there yet would hide the whole panel meanwhile.
  const items = () => (holders.isSuccess ? holders.data.items : [])
  const isEmpty = () => items().length > 0 && items().every((item) => item.count === 0)

  return (
    <Show when={props.candidates !== '' && unit() !== '' && items().length > 0}>
      <Live
        amber={isEmpty()}
        icon={isEmpty() ? <TriangleAlert class="icon" aria-hidden="true" /> : <Eye class="icon" aria-hidden="true" />}
      >
        <Words
          text={st(isEmpty() ? 'pieces.live.nobody' : 'pieces.live.are')}
          parts={{
            unit: () => <UnitWord unit={unit()} />,
            roles: () =>
              items()
                .map((item) => item.roleName)
                .join(st('pieces.comma')),
            people: () => <People items={items()} unit={unit()} />,
          }}
        />
      </Live>
    </Show>
  )
}

function UnitWord(props: { unit: string }) {
  const { workspace } = useSentences()
  return (
    <Choice
      label={st('pieces.live.otherUnit')}
      value={props.unit}
      options={(workspace.directory()?.units ?? []).map((unit) => ({ value: unit.id, label: unit.name }))}
      onChange={chooseExampleUnit}
    />
  )
}

/** Names, with their unit where it is another than the one tried. */
function People(props: { items: readonly Holder[]; unit: string }) {
  const several = () => props.items.length > 1
  return (
    <For each={props.items}>
      {(item, index) => (
        <>
          <Show when={index() > 0}>{st('pieces.semicolon')}</Show>
          <Show when={item.unit && item.unit.id !== props.unit}>{`${item.unit?.name ?? ''} `}</Show>
          <Show when={several()}>
            {item.roleName}
            {st('pieces.colon')}
          </Show>
          <Show when={item.count > 0} fallback={<b>{st(item.unit ? 'pieces.live.none' : 'pieces.live.noUnit')}</b>}>
            <b>
              {item.people
                .slice(0, 2)
                .map((person) => person.name)
                .join(st('pieces.comma'))}
            </b>
            <Show when={item.count > 2}>{` ${st('pieces.live.inAll', { count: item.count })}`}</Show>
          </Show>
        </>
      )}
    </For>
  )
}
