import type { FieldError } from '@bihuan/engine'
import type { Directory } from '@bihuan/runtime/contract'
import { A } from '@solidjs/router'
import CalendarClock from 'lucide-solid/icons/calendar-clock'
import FileX from 'lucide-solid/icons/file-x'
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import Undo2 from 'lucide-solid/icons/undo-2'
import {
  createEffect,
  createMemo,
  createResource,
  createSignal,
  For,
  Match,
  on,
  onCleanup,
  Show,
  Switch,
} from 'solid-js'
import { momentText } from '../../i18n/dates.ts'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Ring } from '../../ui/ring.tsx'
import { processRing } from '../../ui/ring-view.ts'
import { EmptyState, errorWords, Loading } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import { DiagramCanvas } from '../bpmn/diagram-canvas.tsx'
import { useWorkspace, type Workspace } from '../workspace/workspace.ts'
import { OutsidePanel } from './outside-panel.tsx'
import { type Prepared, prepare } from './prepare.ts'
import { dayLater } from './sample.ts'
import { marksOf, storyOf } from './story.ts'
import { Trial } from './trial.ts'
import { TrialForm } from './trial-form.tsx'
import { trialSources } from './trial-sources.ts'
import { firstUnit, holdersIn, unitLine } from './trial-units.ts'
import type { Turn } from './turn.ts'
import { turnsOf } from './turns.ts'
import { wordsOf } from './variable-words.ts'
import { WhyList } from './why-list.tsx'
import './trial.css'

/** "试一下": plays the draft on the real engine in this browser, one form after the other. */
export default function TrialPage() {
  const workspace = useWorkspace()
  const [ready] = createResource(
    () => ({ files: { ...workspace.files }, drawn: workspace.processFile() }),
    ({ files, drawn }) => prepare(files, workspace.info().known, drawn),
  )
  return (
    <Switch fallback={<Loading rows={4} />}>
      <Match when={ready()?.prepared && workspace.directory()}>
        {(directory) => (
          <Show
            when={directory().units.length > 0}
            fallback={
              <EmptyState sign={<FileX class="icon" />} title={st('trial.noUnits')} text={st('trial.noUnitsText')} />
            }
          >
            <Play prepared={ready()!.prepared!} directory={directory()} workspace={workspace} />
          </Show>
        )}
      </Match>
      <Match when={ready()?.problems.length}>
        {(count) => (
          <EmptyState
            sign={<FileX class="icon" />}
            title={st('trial.errors')}
            text={st('trial.errorsText', { count: count() })}
          >
            <A class="btn secondary small" href={`/studio/${encodeURIComponent(workspace.id)}?problems=1`}>
              {st('trial.seeErrors')}
            </A>
          </EmptyState>
        )}
      </Match>
    </Switch>
  )
}

function Play(props: { prepared: Prepared; directory: Directory; workspace: Workspace }) {
  const [unitId, setUnitId] = createSignal(firstUnit(props.prepared, props.directory))
  const [people] = createResource(unitId, (unit) => holdersIn(props.directory, unit, props.prepared.process))
  const [trial, setTrial] = createSignal<Trial>()
  const [beat, setBeat] = createSignal(0)
  const [chosen, setChosen] = createSignal<string>()

  const again = () => {
    void trial()?.close()
    setTrial(new Trial(props.prepared, unitLine(props.directory, unitId()), people() ?? {}, Date.now()))
    setBeat((count) => count + 1)
  }
  createEffect(on([unitId, people, () => props.prepared], () => people() && again()))
  onCleanup(() => void trial()?.close())

  /** Reads the trial anew after every move. */
  const seen = <T,>(read: (trial: Trial) => T) =>
    createMemo(() => {
      beat()
      const now = trial()
      return now && read(now)
    })
  const facts = seen((now) => now.facts)
  const story = createMemo(() => storyOf(facts() ?? []))
  const turns = seen((now) => turnsOf(now, props.directory))
  const roles = createMemo(() => [...new Set((turns() ?? []).map((turn) => turn.role))])
  const role = () => (roles().includes(chosen() ?? '') ? chosen() : roles()[0])
  const turn = createMemo(() => (turns() ?? []).find((one) => one.role === role()))
  const filled = () => ofKind(turn(), 'form')
  const outside = () => ofKind(turn(), 'outside')
  const nextDue = seen((now) => now.nextDue)
  const clock = seen((now) => now.now)
  const ended = seen((now) => now.started && now.view.state.instance?.status !== 'active')
  const started = seen((now) => now.started)
  const stuck = seen((now) => now.view.incidents.length > 0)
  const words = createMemo(() => wordsOf(props.workspace))
  const sources = trialSources(
    props.directory,
    () => people() ?? {},
    () => clock() ?? Date.now(),
  )

  async function move(act: (now: Trial) => Promise<unknown>): Promise<readonly FieldError[]> {
    const now = trial()
    if (!now) return []
    try {
      const faults = await act(now)
      return Array.isArray(faults) ? faults : []
    } catch (error) {
      showToast(`${st('trial.refused')} ${errorWords(error).text}`, 'problem')
      return []
    } finally {
      setBeat((count) => count + 1)
    }
  }

  return (
    <div class="trial">
      <header class="trial-bar">
        <fieldset class="trial-roles">
          <legend class="sr">{st('trial.iAm')}</legend>
          <Show when={roles().length > 0}>
            <span class="quiet" aria-hidden="true">
              {st('trial.iAm')}
            </span>
          </Show>
          <For each={roles()}>
            {(each) => (
              <button type="button" class="trial-role" aria-pressed={each === role()} onClick={() => setChosen(each)}>
                {each}
              </button>
            )}
          </For>
        </fieldset>
        <span class="trial-unit">
          {st('trial.unit')}
          <Choice
            label={st('trial.unit')}
            value={unitId()}
            options={props.directory.units.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setUnitId}
          />
        </span>
        <span class="trial-clock num">
          <CalendarClock class="icon s" aria-hidden="true" />
          {moment(clock())}
        </span>
        <Button size="small" onClick={() => void move((now) => now.advance(dayLater(now.now)))} disabled={!started()}>
          {st('trial.plusDay')}
        </Button>
        <Show when={nextDue()}>
          {(due) => (
            <Button size="small" onClick={() => void move((now) => now.advance(due()))}>
              {st('trial.toNext', { when: moment(due()) })}
            </Button>
          )}
        </Show>
        <Button size="small" disabled={story().length === 0} onClick={() => void move((now) => now.takeBack())}>
          <Undo2 class="icon s" aria-hidden="true" />
          {st('trial.takeBack')}
        </Button>
        <Button size="small" onClick={again}>
          <RotateCcw class="icon s" aria-hidden="true" />
          {st('trial.again')}
        </Button>
      </header>
      <div class="trial-drawing">
        <DiagramCanvas
          label={st('trial.diagram')}
          xml={props.workspace.files[props.prepared.resource] ?? ''}
          marks={marksOf(facts() ?? [], props.prepared.process)}
        />
      </div>
      <WhyList turns={story()} words={words()} />
      <aside class="trial-side">
        <Switch
          fallback={
            <EmptyState
              sign={<CalendarClock class="icon" />}
              title={st(stuck() ? 'trial.jam' : 'trial.waiting')}
              text={waitingText(
                stuck() ?? false,
                nextDue() ?? null,
                story().find((one) => one.kind === 'stuck')?.element,
              )}
            />
          }
        >
          <Match when={ended()}>
            <EmptyState
              sign={
                <Ring view={processRing(props.prepared.process.stages.length)} size="large" label="">
                  {''}
                </Ring>
              }
              title={st('trial.over')}
              text={st('trial.overText', { count: story().length })}
            >
              <Button size="small" onClick={again}>
                {st('trial.again')}
              </Button>
            </EmptyState>
          </Match>
          <Match when={outside()} keyed>
            {(now) => <OutsidePanel turn={now} onRun={(act) => move(act)} />}
          </Match>
          <Match when={filled()} keyed>
            {(now) => (
              <TrialForm
                title={now.name}
                about={st('trial.formOf', { role: now.role, name: props.prepared.process.name })}
                step={now.step}
                now={clock() ?? 0}
                sources={sources}
                submitWord={st(trial()?.started ? (now.step ? 'trial.submit' : 'trial.done') : 'trial.begin')}
                onSubmit={(answers) => move(() => now.submit(answers))}
              />
            )}
          </Match>
        </Switch>
      </aside>
    </div>
  )
}

/** The turn when it is of this kind. */
const ofKind = <K extends Turn['kind']>(turn: Turn | undefined, kind: K): Extract<Turn, { kind: K }> | undefined =>
  turn?.kind === kind ? (turn as Extract<Turn, { kind: K }>) : undefined

const moment = (at: number | undefined | null): string => (at == null ? '' : momentText(new Date(at).toISOString()))

function waitingText(stuck: boolean, due: number | null, element: string | null | undefined): string {
  if (stuck) return st('trial.stuck', { name: element ?? '' })
  return due === null ? st('trial.waitingOther') : st('trial.waitingFor', { when: moment(due) })
}
