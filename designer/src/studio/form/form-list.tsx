import type { Step } from '@bihuan/engine'
import FileQuestion from 'lucide-solid/icons/file-question-mark'
import FileText from 'lucide-solid/icons/file-text'
import PenLine from 'lucide-solid/icons/pen-line'
import Play from 'lucide-solid/icons/play'
import Zap from 'lucide-solid/icons/zap'
import { For, type JSX, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import type { FormFile } from './forms.ts'

const icons = { start: Play, task: PenLine, action: Zap } as const

/** Names of the steps of a form, each once: acts of two places may be called the same. */
export const stepNames = (steps: readonly Step[]): string =>
  [...new Set(steps.map((step) => step.name))].join(st('forms.dot'))

/** What a form is called: its title, else the steps that use it, else its file. */
export const formName = (form: FormFile): string => form.title ?? (stepNames(form.steps) || form.file)

export interface FormListProps {
  readonly forms: readonly FormFile[]
  /** Steps whose form is not named, or not there. */
  readonly without: readonly Step[]
  readonly selected: string | null
  /** Form ids laid out by hand. */
  readonly laidOut: ReadonlySet<string>
  /** Files the server would refuse as they are. */
  readonly refused: ReadonlySet<string>
  readonly onSelect: (file: string) => void
  readonly onMake: (step: Step) => void
}

/** The forms of a package by step, then those of no step. */
export function FormList(props: FormListProps) {
  const ofSteps = () => props.forms.filter((form) => form.steps.length > 0)
  const ofNone = () => props.forms.filter((form) => form.steps.length === 0)

  return (
    <nav class="desk-list" aria-label={st('forms.list')}>
      <ul>
        <For each={ofSteps()}>
          {(form) => {
            const Icon = icons[form.steps[0]!.kind]
            return (
              <Row
                {...props}
                form={form}
                name={stepNames(form.steps)}
                about={form.title === stepNames(form.steps) ? null : form.title}
              >
                <Icon class="icon s" aria-hidden="true" />
              </Row>
            )
          }}
        </For>
        <For each={props.without}>
          {(step) => (
            <li class="desk-row none">
              <FileQuestion class="icon s" aria-hidden="true" />
              <span class="desk-row-words">
                <b>{step.name}</b>
                <small>{step.formId === null ? st('forms.notNamed') : st('forms.notThere')}</small>
              </span>
              <Show when={step.formId !== null}>
                <button type="button" class="link" onClick={() => props.onMake(step)}>
                  {st('forms.make')}
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={ofNone().length > 0}>
        <h2>{st('forms.ofNone')}</h2>
        <ul>
          <For each={ofNone()}>
            {(form) => (
              <Row {...props} form={form} name={form.title ?? form.file} about={st('forms.unused')}>
                <FileText class="icon s" aria-hidden="true" />
              </Row>
            )}
          </For>
        </ul>
      </Show>
    </nav>
  )
}

function Row(props: FormListProps & { form: FormFile; name: string; about: string | null; children: JSX.Element }) {
  const byHand = () => props.form.formId !== null && props.laidOut.has(props.form.formId)
  return (
    <li>
      <button
        type="button"
        class="desk-row"
        aria-current={props.selected === props.form.file ? 'page' : undefined}
        onClick={() => props.onSelect(props.form.file)}
      >
        {props.children}
        <span class="desk-row-words">
          <b>{props.name}</b>
          <small>
            <Show when={props.about}>{(about) => <span>{about()}</span>}</Show>
            <Show when={byHand()}>
              <span class="desk-note">{st('forms.byHand')}</span>
            </Show>
          </small>
        </span>
        <Show when={props.refused.has(props.form.file)}>
          <span class="desk-fault" role="img" aria-label={st('forms.hasFaults')} />
        </Show>
      </button>
    </li>
  )
}
