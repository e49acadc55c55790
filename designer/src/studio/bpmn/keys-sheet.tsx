import { For } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { commandKey } from './keys.ts'
import { mode } from './mode.ts'

interface Row {
  readonly keys: readonly string[]
  readonly act: string
}

/** All keys of the canvas. */
export function KeysSheet(props: { open: boolean; onClose: () => void }) {
  const groups = (): readonly { readonly name: string; readonly rows: readonly Row[] }[] => [
    {
      name: st('bpmn.keyGroups.steps'),
      rows: [
        { keys: ['A'], act: st('bpmn.keyActs.append') },
        { keys: ['[', ']'], act: st('bpmn.keyActs.next') },
        { keys: ['E', st('bpmn.keyNames.doubleClick')], act: st('bpmn.keyActs.rename') },
        { keys: [st('bpmn.keyNames.arrows')], act: st('bpmn.keyActs.move') },
        { keys: [st('bpmn.keyNames.delete')], act: st('bpmn.keyActs.remove') },
        { keys: ['C'], act: st('bpmn.keyActs.connect') },
        ...(mode() === 'expert'
          ? [
              { keys: ['N'], act: st('bpmn.keyActs.create') },
              { keys: ['R'], act: st('bpmn.keyActs.replace') },
            ]
          : []),
      ],
    },
    {
      name: st('bpmn.keyGroups.edit'),
      rows: [
        { keys: [commandKey('Z')], act: st('bpmn.keyActs.undo') },
        { keys: [commandKey('Y')], act: st('bpmn.keyActs.redo') },
        { keys: [commandKey('C'), commandKey('X'), commandKey('V')], act: st('bpmn.keyActs.copy') },
        { keys: [commandKey('D')], act: st('bpmn.keyActs.duplicate') },
        { keys: [commandKey('A')], act: st('bpmn.keyActs.all') },
        { keys: ['L'], act: st('bpmn.keyActs.lasso') },
        { keys: ['S'], act: st('bpmn.keyActs.space') },
      ],
    },
    {
      name: st('bpmn.keyGroups.view'),
      rows: [
        { keys: [commandKey('F')], act: st('bpmn.keyActs.find') },
        { keys: [st('bpmn.keyNames.space'), 'H'], act: st('bpmn.keyActs.hand') },
        { keys: [commandKey('+'), commandKey('-'), commandKey('0')], act: st('bpmn.keyActs.zoom') },
        { keys: [commandKey(st('bpmn.keyNames.arrows'))], act: st('bpmn.keyActs.scroll') },
        { keys: ['?'], act: st('bpmn.keyActs.keys') },
      ],
    },
  ]
  return (
    <Sheet open={props.open} onClose={props.onClose} title={st('bpmn.keysTitle')}>
      <div class="canvas-keys">
        <For each={groups()}>
          {(group) => (
            <section>
              <h3>{group.name}</h3>
              <dl>
                <For each={group.rows}>
                  {(row) => (
                    <div class="canvas-keys-row">
                      <dt>
                        <For each={row.keys}>{(key) => <kbd class="kbd">{key}</kbd>}</For>
                      </dt>
                      <dd>{row.act}</dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
    </Sheet>
  )
}
