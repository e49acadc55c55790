import { createSignal, For, Show } from 'solid-js'
import type { Startable } from '../../api/shapes.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Ring } from '../../ui/ring.tsx'
import { emptyRing } from '../../ui/ring-view.ts'
import { Sheet } from '../../ui/sheet.tsx'
import './start-sheet.css'

/** What a matter is before it begins: its steps as an empty ring, and for which place it is started. */
export default function StartSheet(props: {
  process: Startable
  onClose: () => void
  onBegin: (unitId: string) => void
}) {
  const [unit, setUnit] = createSignal(props.process.units[0]?.id ?? '')
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={props.process.name}
      foot={
        <Button kind="primary" wide disabled={unit() === ''} onClick={() => props.onBegin(unit())}>
          {t(props.process.draftSavedAt ? 'start.goOn' : 'start.begin')}
        </Button>
      }
    >
      <div class="start-sheet">
        <Show when={props.process.description}>
          <p class="start-about">{props.process.description}</p>
        </Show>
        <Show when={props.process.stages.length > 0}>
          <div class="start-steps">
            <Ring view={emptyRing(props.process.stages.length)} size="large">
              <b class="count">
                {props.process.stages.length}
                <i>{t('start.step')}</i>
              </b>
            </Ring>
            <ol>
              <For each={props.process.stages}>
                {(stage, index) => (
                  <li>
                    <span class="num">{index() + 1}</span>
                    <Show when={index() === 0} fallback={stage}>
                      <b>{stage}</b> {t('start.nowFill')}
                    </Show>
                  </li>
                )}
              </For>
            </ol>
          </div>
        </Show>
        <Show when={props.process.units.length > 1}>
          <div class="start-units" role="radiogroup" aria-labelledby="start-units">
            <h3 id="start-units">{t('start.forUnit')}</h3>
            <For each={props.process.units}>
              {(each) => (
                <label>
                  <input type="radio" name="unit" checked={unit() === each.id} onChange={() => setUnit(each.id)} />
                  {each.name}
                </label>
              )}
            </For>
          </div>
        </Show>
      </div>
    </Sheet>
  )
}
