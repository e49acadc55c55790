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
import { type Kept, keptRows, type Outcome, type Sent, sentByHand, targetsFor, withMapping } from './migration-rows.ts'
import { caseName, stepName } from './names.ts'
import { type Act, ReasonSheet } from './reason-sheet.tsx'

type OnMap = (source: string, target: string) => void

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
  const sent = createMemo(() => sentByHand(mappings(), known()))
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
      ot(sent().length > 0 ? 'canLineSent' : 'canLine'),
      ...sent().map(({ from, to }) => ot('sentTo', { from: stepName(from), to: stepName(to) })),
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
                <td data-name={ot('columnWhy')}>{ot(sent().length > 0 ? 'canLineSent' : 'canLine')}</td>
              </tr>
            </Show>
            {/* What was chosen stays to be seen, and to be chosen otherwise. */}
            <For each={sent().filter(({ from }) => kept().every(({ elementId }) => elementId !== from.elementId))}>
              {(step) => <SentRow step={step} known={known()} onMap={mapTo} />}
            </For>
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
  onMap: OnMap
}) {
  const elementId = () => props.row.elementId
  const hasTargets = () => {
    const id = elementId()
    return id !== null && props.known !== undefined && targetsFor(id, props.known).length > 0
  }
  const chosen = () => props.mappings.find(({ sourceElementId }) => sourceElementId === elementId())?.targetElementId
  const words = () => inLanguage(props.row.messages)
  return (
    <tr class="cannot">
      <td data-name={ot('columnCases')}>{casesWords(props.row.cases)}</td>
      <td data-name={ot('columnStep')}>{props.row.elementName ?? props.row.elementId ?? ot('everyStep')}</td>
      <td data-name={ot('columnWhy')}>
        <p>{[words()?.text, words()?.todo].filter(Boolean).join(' ')}</p>
        <Show when={hasTargets()}>
          <Target
            elementId={elementId() ?? ''}
            name={props.row.elementName ?? ot('untitled')}
            chosen={chosen()}
            known={props.known}
            onMap={props.onMap}
          />
        </Show>
      </td>
    </tr>
  )
}

function SentRow(props: { step: Sent; known: MigrationMappings | undefined; onMap: OnMap }) {
  return (
    <tr>
      <td data-name={ot('columnCases')} />
      <td data-name={ot('columnStep')}>{stepName(props.step.from)}</td>
      <td data-name={ot('columnWhy')}>
        {ot('goesTo')}
        <Target
          elementId={props.step.from.elementId}
          name={stepName(props.step.from)}
          chosen={props.step.to.elementId}
          known={props.known}
          onMap={props.onMap}
        />
      </td>
    </tr>
  )
}

/** Where a step is sent, to be chosen. */
function Target(props: {
  elementId: string
  name: string
  chosen: string | undefined
  known: MigrationMappings | undefined
  onMap: OnMap
}) {
  return (
    <Choice
      label={ot('mapTo', { name: props.name })}
      value={props.chosen}
      placeholder={ot('mapPick')}
      options={(props.known ? targetsFor(props.elementId, props.known) : []).map((one) => ({
        value: one.elementId,
        label: stepName(one),
      }))}
      onChange={(target) => props.onMap(props.elementId, target)}
    />
  )
}

/** The first of them by name, and how many there are. */
function casesWords(cases: readonly Outcome[]): string {
  const first = cases[0]
  if (!first) return ''
  return cases.length === 1 ? caseName(first) : ot('caseAndMore', { name: caseName(first), count: cases.length })
}
