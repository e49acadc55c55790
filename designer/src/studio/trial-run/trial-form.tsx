import type { FieldError, Json } from '@bihuan/engine'
import { say } from '@bihuan/engine'
import { createSignal, Show } from 'solid-js'
import { language } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import type { FieldSources } from '../../work/form/fields/surroundings.ts'
import { type FormHandle, FormView } from '../../work/form/form-view.tsx'
import { sampleAnswers } from './sample.ts'
import type { StepForm } from './trial.ts'

interface TrialFormProps {
  title: string
  /** Who fills it, and where it stands in the ring. */
  about: string
  step: StepForm | null
  /** The trial's clock. */
  now: number
  submitWord: string
  /** What pickers offer. */
  sources: Partial<FieldSources>
  /** Gives the faults of the answers; empty when they were taken. */
  onSubmit: (answers: Record<string, Json>) => Promise<readonly FieldError[]>
}

/** The form of the step whose turn it is, as the person who fills it sees it. Submits in ink: nothing here is official. */
export function TrialForm(props: TrialFormProps) {
  const [data, setData] = createSignal<Record<string, unknown>>(props.step?.data ?? {})
  const [trouble, setTrouble] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  let handle: FormHandle | undefined

  async function submit(): Promise<void> {
    if (busy()) return
    setTrouble('')
    let answers: Record<string, Json> = {}
    if (props.step) {
      const checked = handle?.check()
      if (!checked?.ok) {
        setTrouble(st('trial.faults', { count: checked?.faults ?? 0 }))
        return
      }
      answers = checked.answers as Record<string, Json>
    }
    setBusy(true)
    try {
      const faults = await props.onSubmit(answers)
      if (faults.length === 0) return
      const messages = faults.map(({ field, label, code, facts }) => ({
        field,
        label,
        message: say(code, { ...facts, label: label ?? field }, language()).text,
      }))
      const left = handle?.show(messages) ?? messages
      setTrouble([st('trial.faults', { count: faults.length }), ...left.map((one) => one.message)].join(' '))
    } finally {
      setBusy(false)
    }
  }

  /** Nothing is seen or filled in here: the matrix gives this step no field. */
  const isEmpty = () => Array.isArray(props.step?.schema.components) && props.step.schema.components.length === 0
  const fill = () => {
    if (props.step)
      setData(sampleAnswers(props.step.form, { ...props.step.data, ...own(handle?.answers()) }, props.now))
  }

  return (
    <section class="trial-form" aria-label={props.title}>
      <header>
        <div>
          <h2>{props.title}</h2>
          <p class="quiet">{props.about}</p>
        </div>
        <Chip tone="line">{st('trial.test')}</Chip>
      </header>
      <div class="trial-form-body">
        <Show when={isEmpty()}>
          <p class="quiet">{st('trial.emptyForm')}</p>
        </Show>
        <Show when={props.step} fallback={<p class="quiet">{st('trial.noForm')}</p>}>
          {(step) => (
            <FormView
              schema={step().schema}
              data={data()}
              sources={props.sources}
              onSubmit={() => void submit()}
              handle={(given) => {
                handle = given
              }}
            />
          )}
        </Show>
      </div>
      <footer>
        <p class="trial-trouble" role="alert">
          {trouble()}
        </p>
        <Show when={props.step && !isEmpty()}>
          <Button size="small" kind="plain" onClick={fill}>
            {st('trial.sample')}
          </Button>
        </Show>
        <Button size="small" class="ink" busy={busy()} onClick={() => void submit()}>
          {props.submitWord}
        </Button>
      </footer>
    </section>
  )
}

/** What was typed, without what is empty. */
const own = (answers: Record<string, unknown> | undefined): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(answers ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  ) as Record<string, Json>
