import type { FieldEntry, StepAccess } from '@bihuan/engine'
import { Popover } from '@kobalte/core/popover'
import ChevronDown from 'lucide-solid/icons/chevron-down'
import { createMemo, For, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Segments } from '../../../ui/segments.tsx'
import { useSentences } from './sentence-context.tsx'

const accesses: readonly StepAccess[] = ['required', 'write', 'read', 'none']

/** How many fields are named before the rest is counted. */
const NAMED = 2

/** [到会、表决等 9 栏]，其余只读: the words open the fields of a step with what may be done with each. */
export function AccessWords(props: { elementId: string }) {
  const { fields, pieces, workspace } = useSentences()
  const row = createMemo(() => workspace.dictionary().access[props.elementId] ?? {})
  const accessOf = (field: FieldEntry): StepAccess => row()[field.key] ?? 'none'
  const writable = createMemo(() => fields().filter((field) => ['required', 'write'].includes(accessOf(field))))
  const count = (access: StepAccess) => fields().filter((field) => accessOf(field) === access).length
  const groups = createMemo(() => {
    const named = new Map<string, FieldEntry[]>()
    for (const field of fields()) {
      const group = field.group ?? ''
      named.set(group, [...(named.get(group) ?? []), field])
    }
    return [...named]
  })
  const words = () => {
    const all = writable()
    if (fields().length === 0) return st('pieces.access.noFields')
    if (all.length === 0) return st('pieces.access.nothing')
    const names = all
      .slice(0, NAMED)
      .map((field) => field.name)
      .join(st('pieces.comma'))
    return all.length <= NAMED ? names : st('pieces.access.some', { names, count: all.length })
  }
  const set = (field: FieldEntry, access: StepAccess) =>
    pieces.patchDictionary({ cells: { [props.elementId]: { [field.key]: access === 'none' ? null : access } } })

  return (
    <>
      <Popover placement="left-start" gutter={10}>
        <Popover.Trigger class="word-button">
          {words()}
          <ChevronDown class="icon" aria-hidden="true" />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content class="cells">
            <div class="cells-head">
              <Popover.Title as="h4">{st('pieces.section.fields')}</Popover.Title>
              <a class="link" href={`/studio/${workspace.id}/fields`}>
                {st('pieces.access.matrix')}
              </a>
            </div>
            <For each={groups()} fallback={<p class="cells-group">{st('pieces.access.noFieldsText')}</p>}>
              {([group, members]) => (
                <>
                  <Show when={group}>
                    <p class="cells-group">{group}</p>
                  </Show>
                  <For each={members}>
                    {(field) => (
                      <div class="cells-row">
                        <span title={field.name}>{field.name}</span>
                        <Segments<StepAccess>
                          label={field.name}
                          value={accessOf(field)}
                          options={accesses.map((value) => ({ value, label: st(`fields.access.${value}`) }))}
                          onChange={(access) => set(field, access)}
                        />
                      </div>
                    )}
                  </For>
                </>
              )}
            </For>
          </Popover.Content>
        </Popover.Portal>
      </Popover>
      <Show when={fields().length > 0}>{st('pieces.access.rest', { read: count('read'), none: count('none') })}</Show>
    </>
  )
}
