import type { Mapping, MigrationMappings, OperatedDefinition } from '@bihuan/runtime/contract'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { planMigration, readMappings, runMigration } from '../api/operate.ts'
import { inLanguage } from '../i18n/i18n.ts'
import { ot } from '../i18n/oversight.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { Choice } from '../ui/choice.tsx'
import { ErrorState } from '../ui/state.tsx'
import { showToast } from '../ui/toast.tsx'
import { type Kept, keptRows, type Outcome, targetsFor, withMapping } from './migration-rows.ts'
import { caseName, stepName } from './names.ts'
import { type Act, ReasonSheet } from './reason-sheet.tsx'

/** Tries a change of version on all cases, shows what can and what cannot and why, and does it when told to. */
export function MigrationPlan(props: { from: OperatedDefinition; to: OperatedDefinition }) {
  const [known, setKnown] = createSignal<MigrationMappings>()
  const [mappings, setMappings] = createSignal<Mapping[]>([])
  const [outcomes, setOutcomes] = createSignal<readonly Outcome[]>()
  const [seen, setSeen] = createSignal<number | null>(null)
  const [failure, setFailure] = createSignal<unknown>()
  const [act, setAct] = createSignal<Act | null>(null)
  let asked = 0
  const able = createMemo(() => outcomes()?.filter(({ refusal }) => refusal === null) ?? [])
  const kept = createMemo(() => keptRows(outcomes() ?? []))
  const keptCount = () => (outcomes()?.length ?? 0) - able().length
  const wish = () => ({ from: props.from.key, to: props.to.key, mappings: mappings() })

  async function plan(): Promise<void> {
    // An answer to what was asked before is not shown: its mappings are no longer those on the screen.
    asked += 1
    const mine = asked
    const isLast = () => mine === asked
    setFailure(undefined)
    setSeen(0)
    try {
      if (!known()) {
        const read = await readMappings(props.from.key, props.to.key)
        setKnown(read)
        setMappings(read.mappings)
      }
      const planned = await planMigration(wish(), (count) => isLast() && setSeen(count))
      if (isLast()) setOutcomes(planned)
    } catch (error) {
      if (isLast()) setFailure(error)
    } finally {
      if (isLast()) setSeen(null)
    }
  }
  const mapTo = (sourceElementId: string, targetElementId: string) => {
    setMappings(withMapping(mappings(), { sourceElementId, targetElementId }))
    void plan()
  }
  const run = (): Act => ({
    title: ot('runTitle', { count: able().length, version: props.to.version }),
    effects: [
      ot('runThen'),
      ot('canLine'),
      ...(keptCount() > 0 ? [ot('runStay', { count: keptCount(), version: props.from.version })] : []),
    ],
    label: ot('run', { count: able().length }),
    async run(reason, intent) {
      const done = await runMigration(wish(), reason, intent, () => undefined)
      const moved = done.filter(({ refusal }) => refusal === null).length
      const left = done.length - moved
      showToast(ot(left > 0 ? 'ranLeft' : 'ran', { count: moved, left }), left > 0 ? 'plain' : 'done')
      setOutcomes(done.filter(({ refusal }) => refusal !== null))
    },
  })
  return (
    <section class="plan">
      <div class="plan-head">
        <Button size="small" busy={seen() !== null} onClick={() => void plan()}>
          {ot(outcomes() ? 'planAgain' : 'plan')}
        </Button>
        <Show when={seen()}>
          {(count) => (
            <span class="oversight-about" role="status">
              {ot('planning', { count: count() })}
            </span>
          )}
        </Show>
        <Show when={outcomes() && seen() === null}>
          <Chip tone="green">{ot('can', { count: able().length })}</Chip>
          <Chip tone={keptCount() > 0 ? 'red' : 'plain'}>{ot('cannot', { count: keptCount() })}</Chip>
          <Show when={able().length > 0}>
            <Button size="small" onClick={() => setAct(run())}>
              {ot('run', { count: able().length })}
            </Button>
          </Show>
        </Show>
      </div>
      <Show when={failure()}>{(error) => <ErrorState error={error()} onRetry={() => void plan()} />}</Show>
      <Show when={(outcomes()?.length ?? 0) > 0}>
        <table class="oversight-table">
          <thead>
            <tr>
              <th scope="col">{ot('columnCases')}</th>
              <th scope="col">{ot('columnStep')}</th>
              <th scope="col">{ot('columnWhy')}</th>
            </tr>
          </thead>
          <tbody>
            <Show when={able().length > 0}>
              <tr class="can">
                <td data-name={ot('columnCases')}>{casesWords(able())}</td>
                <td data-name={ot('columnStep')}>{ot('everyStep')}</td>
                <td data-name={ot('columnWhy')}>{ot('canLine')}</td>
              </tr>
            </Show>
            <For each={kept()}>
              {(row) => <KeptRow row={row} known={known()} mappings={mappings()} onMap={mapTo} />}
            </For>
          </tbody>
        </table>
      </Show>
      <ReasonSheet act={act()} onClose={() => setAct(null)} />
    </section>
  )
}

function KeptRow(props: {
  row: Kept
  known: MigrationMappings | undefined
  mappings: readonly Mapping[]
  onMap: (source: string, target: string) => void
}) {
  const elementId = () => props.row.elementId
  const options = () => {
    const id = elementId()
    return id === null || !props.known ? [] : targetsFor(id, props.known)
  }
  const chosen = () => props.mappings.find(({ sourceElementId }) => sourceElementId === elementId())?.targetElementId
  const words = () => inLanguage(props.row.messages)
  return (
    <tr class="cannot">
      <td data-name={ot('columnCases')}>{casesWords(props.row.cases)}</td>
      <td data-name={ot('columnStep')}>{props.row.elementName ?? props.row.elementId ?? ot('everyStep')}</td>
      <td data-name={ot('columnWhy')}>
        <p>{[words()?.text, words()?.todo].filter(Boolean).join(' ')}</p>
        <Show when={options().length > 0}>
          <Choice
            label={ot('mapTo', { name: props.row.elementName ?? ot('untitled') })}
            value={chosen()}
            placeholder={ot('mapPick')}
            options={options().map((one) => ({ value: one.elementId, label: stepName(one) }))}
            onChange={(target) => {
              const source = elementId()
              if (source !== null) props.onMap(source, target)
            }}
          />
        </Show>
      </td>
    </tr>
  )
}

/** The first of them by name, and how many there are. */
function casesWords(cases: readonly Outcome[]): string {
  const first = cases[0]
  if (!first) return ''
  return cases.length === 1 ? caseName(first) : ot('caseAndMore', { name: caseName(first), count: cases.length })
}
