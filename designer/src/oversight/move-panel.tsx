import type { OperatedCase } from '@bihuan/runtime/contract'
import { useQueryClient } from '@tanstack/solid-query'
import { createMemo, createSignal, For, Match, Show, Suspense, Switch } from 'solid-js'
import { modifyCase, operateKey, useOperatedDiagram } from '../api/operate.ts'
import { ot } from '../i18n/oversight.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { latePart } from '../ui/late.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { Segments } from '../ui/segments.tsx'
import { ErrorState, Loading } from '../ui/state.tsx'
import { showToast } from '../ui/toast.tsx'
import { consequencesOf, stuckStep } from './consequences.ts'
import { Intents, isAnswer } from './intents.ts'
import { stepName } from './names.ts'
import { ReasonField } from './reason-sheet.tsx'
import type { Standing } from './standing.ts'

const DiagramView = latePart(() => import('../work/case/diagram-view.tsx'))

/** The drawing with the step that stands still, and moving the case to another: what follows is said before it is done. */
export function MovePanel(props: { item: OperatedCase; standing: Standing }) {
  const [mode, setMode] = createSignal<'look' | 'move'>('look')
  const [processPicked, setProcess] = createSignal<string>()
  const [fromPicked, setFrom] = createSignal<string>()
  const [target, setTarget] = createSignal<string | null>(null)
  const stuck = createMemo(() => stuckStep(props.item.steps, props.standing))
  const process = () =>
    props.item.processes.find(({ key }) => key === (processPicked() ?? stuck()?.processKey))?.key ?? props.item.key
  const diagram = useOperatedDiagram(() => props.item.key, process)
  const steps = () => props.item.steps.filter(({ processKey }) => processKey === process())
  const from = createMemo(
    () => steps().find(({ key }) => key === (fromPicked() ?? stuck()?.key)) ?? steps().at(-1) ?? null,
  )
  const targets = () => (diagram.isPending ? [] : (diagram.data?.targets ?? []))
  const to = createMemo(() => targets().find(({ elementId }) => elementId === target()) ?? null)
  const isOpen = () => props.item.endedAt === null
  const leave = () => {
    setMode('look')
    setTarget(null)
  }
  return (
    <div class="move">
      <header class="move-head">
        <h3>{ot(mode() === 'move' ? 'moveTitle' : 'drawing')}</h3>
        <Show when={mode() === 'move' || props.item.incidents.length > 0}>
          <span class="move-hint">{ot(mode() === 'move' ? 'moveHint' : 'drawingHint')}</span>
        </Show>
        <Show when={props.item.processes.length > 1}>
          <Choice
            label={ot('process')}
            value={process()}
            options={props.item.processes.map(({ key, name }) => ({ value: key, label: name }))}
            onChange={(key) => {
              setProcess(key)
              setTarget(null)
            }}
          />
        </Show>
        <Show when={isOpen()}>
          <Segments
            label={ot('mode')}
            value={mode()}
            options={[
              { value: 'look', label: ot('look') },
              { value: 'move', label: ot('move') },
            ]}
            onChange={(next) => (next === 'look' ? leave() : setMode('move'))}
          />
        </Show>
      </header>
      <Show when={mode() === 'move' && from()}>
        {(step) => (
          <div class="move-choice">
            <span>{ot('from')}</span>
            <Choice
              label={ot('from')}
              value={step().key}
              options={steps().map((one) => ({ value: one.key, label: stepName(one) }))}
              onChange={setFrom}
            />
            <span>{ot('to')}</span>
            <Choice
              label={ot('to')}
              value={target() ?? undefined}
              placeholder={ot('pick')}
              options={targets()
                .filter(({ name }) => name !== null)
                .map((one) => ({ value: one.elementId, label: stepName(one) }))}
              onChange={setTarget}
            />
          </div>
        )}
      </Show>
      <div class="move-drawing">
        <Switch fallback={<Loading rows={2} />}>
          <Match when={diagram.isError && !diagram.data}>
            <ErrorState error={diagram.error} onRetry={() => void diagram.refetch()} />
          </Match>
          <Match when={diagram.data}>
            {(drawn) => (
              <Suspense fallback={<Loading rows={2} />}>
                <DiagramView
                  diagram={drawn()}
                  happened={() => []}
                  selected={target()}
                  onSelect={(element) => {
                    const found = targets().find(({ elementId }) => elementId === element?.elementId)
                    if (mode() === 'move' && found) setTarget(found.elementId)
                  }}
                />
              </Suspense>
            )}
          </Match>
        </Switch>
      </div>
      <Show when={mode() === 'move' && from() && to()}>
        <MoveConsequences item={props.item} process={process()} from={from()!} to={to()!} onLeave={leave} />
      </Show>
    </div>
  )
}

function MoveConsequences(props: {
  item: OperatedCase
  process: string
  from: OperatedCase['steps'][number]
  to: { elementId: string; name: string | null; type: string }
  onLeave: () => void
}) {
  const queries = useQueryClient()
  const [reason, setReason] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>()
  const intents = new Intents()
  const isReady = () => reason().trim() !== ''
  const refetch = () => void queries.invalidateQueries({ queryKey: operateKey })
  async function move(): Promise<void> {
    if (!isReady()) return
    setBusy(true)
    setFailure(undefined)
    const there = stepName(props.to)
    try {
      const wanted = {
        ...(props.process !== props.item.key && { processKey: props.process }),
        move: [{ from: { elementInstanceKey: props.from.key }, targetElementId: props.to.elementId }],
        reason: reason().trim(),
      }
      await modifyCase(props.item.key, wanted, intents.of(JSON.stringify(wanted)))
      showToast(ot('moved', { to: there }))
      props.onLeave()
      refetch()
    } catch (error) {
      // Without an answer what is shown stays, to be sent again.
      if (isAnswer(error)) {
        intents.forget()
        refetch()
      }
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="move-then">
      <div class="move-words">
        <b>{ot('moveThen', { from: stepName(props.from), to: stepName(props.to) })}</b>
        <ul class="then">
          <For each={[...consequencesOf(props.item, props.from, props.to), ot('recorded')]}>
            {(line) => <li>{line}</li>}
          </For>
        </ul>
        <Refusal error={failure()} unanswered={ot('unanswered')} />
      </div>
      <ReasonField value={reason()} onChange={setReason} />
      <div class="move-acts">
        <Button size="small" onClick={props.onLeave}>
          {ot('keep')}
        </Button>
        <Button size="small" busy={busy()} disabled={!isReady()} onClick={() => void move()}>
          {ot('moveDo')}
        </Button>
      </div>
    </div>
  )
}
