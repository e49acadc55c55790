import type { Variables } from '@bihuan/engine'
import { createSignal, For, Index, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { typedValue } from '../decision/typed-value.ts'
import type { Deed, Turn } from './turn.ts'
import '../../ui/field.css'

type Outside = Extract<Turn, { kind: 'outside' }>
type Row = readonly [name: string, value: string]

const EMPTY: Row = ['', '']

/** What waits for something outside the case, answered by hand: values by name, elements to begin, a word why. */
export function OutsidePanel(props: { turn: Outside; onRun: (act: () => Promise<unknown>) => Promise<unknown> }) {
  const [rows, setRows] = createSignal<readonly Row[]>([EMPTY])
  const [chosen, setChosen] = createSignal<readonly string[]>([])
  const [note, setNote] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const change = (at: number, row: Row) => setRows(rows().map((one, index) => (index === at ? row : one)))
  const noted = () => props.turn.deeds.flatMap((deed) => deed.note ?? [])

  async function run(deed: Deed): Promise<void> {
    if (busy()) return
    setBusy(true)
    await props.onRun(() => deed.run({ variables: variablesOf(rows()), chosen: chosen(), note: note().trim() }))
    setBusy(false)
  }

  return (
    <section class="trial-form" aria-label={props.turn.name}>
      <header>
        <div>
          <h2>{props.turn.name}</h2>
          <p class="quiet">{props.turn.about}</p>
        </div>
        <Chip tone="line">{st('trial.test')}</Chip>
      </header>
      <div class="trial-form-body trial-outside">
        <Show when={props.turn.choices.length > 0}>
          <fieldset>
            <legend>{st('trial.outside.choose')}</legend>
            <For each={props.turn.choices}>
              {({ id, label }) => (
                <label class="trial-choice">
                  <input
                    type="checkbox"
                    checked={chosen().includes(id)}
                    onChange={(event) =>
                      setChosen(event.currentTarget.checked ? [...chosen(), id] : chosen().filter((one) => one !== id))
                    }
                  />
                  {label}
                </label>
              )}
            </For>
          </fieldset>
        </Show>
        <fieldset>
          <legend>{st('trial.outside.values')}</legend>
          <Index each={rows()}>
            {(row, at) => (
              <div class="trial-pair">
                <input
                  class="control"
                  aria-label={st('trial.outside.name')}
                  placeholder={st('trial.outside.name')}
                  value={row()[0]}
                  onInput={(event) => change(at, [event.currentTarget.value, row()[1]])}
                />
                <input
                  class="control"
                  aria-label={st('trial.outside.value')}
                  placeholder={st('trial.outside.value')}
                  value={row()[1]}
                  onInput={(event) => change(at, [row()[0], event.currentTarget.value])}
                />
              </div>
            )}
          </Index>
          <button type="button" class="link" onClick={() => setRows([...rows(), EMPTY])}>
            {st('trial.outside.more')}
          </button>
        </fieldset>
        <Show when={noted().length > 0}>
          <label class="trial-note">
            <span>{noted().join(st('shell.comma'))}</span>
            <input class="control" value={note()} onInput={(event) => setNote(event.currentTarget.value)} />
          </label>
        </Show>
      </div>
      <footer>
        <span class="trial-trouble" />
        <For each={props.turn.deeds.slice(1)}>
          {(deed) => (
            <Button size="small" kind="plain" disabled={busy()} onClick={() => void run(deed)}>
              {deed.label}
            </Button>
          )}
        </For>
        <Show when={props.turn.deeds[0]}>
          {(first) => (
            <Button size="small" class="ink" busy={busy()} onClick={() => void run(first())}>
              {first().label}
            </Button>
          )}
        </Show>
      </footer>
    </section>
  )
}

/** Values by name; rows without a name are left out. */
export const variablesOf = (rows: readonly Row[]): Variables =>
  Object.fromEntries(
    rows.map(([name, value]) => [name.trim(), typedValue(value, undefined)] as const).filter(([name]) => name !== ''),
  )
