import type { Form } from '@bpmn-io/form-js-viewer'
import FileX from 'lucide-solid/icons/file-x'
import { createEffect, createSignal, on, onCleanup, onMount, Show } from 'solid-js'
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css'
import { unwrap } from 'solid-js/store'
import { language, t } from '../../i18n/i18n.ts'
import { EmptyState } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import { wide } from '../../ui/wide.ts'
import './form-view.css'
import './form-choices.css'
import './form-controls.css'
import './form-facts.css'
import './form-reading.css'
import './files.css'
import { type FieldSources, serverSources } from './fields/surroundings.ts'
import { loadPatterns, needsPatterns } from './pattern-fault.ts'
import { countFaults } from './row-faults.ts'
import { shownSchema } from './schema.ts'
import { type FieldMessage, showMessages } from './server-errors.ts'
import { createUploads } from './uploads.ts'
import { type Answers, createViewer, valueAt, writtenAnswers } from './viewer.ts'

/** What a page does with a form it shows. */
export interface FormHandle {
  /** Resolves when no file is on its way any more: pressing the button before that means "as soon as they are there". */
  settled(): Promise<void>
  /**
   * Judges the form as it stands. Faults show at their fields, the first one gets the focus.
   * @returns the answers, or why they cannot be sent
   */
  check(): { ok: true; answers: Answers } | { ok: false; reason: 'fields' | 'notUploaded'; faults: number }
  /** The answers as they stand, unjudged: for a draft. */
  answers(): Answers
  /** Shows the server's findings at their fields; gives back those that have no field on this form. */
  show(messages: readonly FieldMessage[]): FieldMessage[]
}

export interface FormViewProps {
  /** A form-js schema, as the server gave it. */
  schema: Record<string, unknown>
  data: Answers
  readOnly?: boolean
  /** Shows the form as on a phone or a desk whatever the window is; else the window decides. */
  phone?: boolean
  /** Stands at the left of the last line, beside the bpmn.io mark. */
  footnote?: string
  onChange?: (answers: Answers) => void
  /** Enter in a field asks for the same as the page's own button. */
  onSubmit?: () => void
  handle?: (handle: FormHandle) => void
  /** Time of the server (ISO 8601) when the form was given; the clock of the machine when absent. */
  now?: string
  /** Where fields look up people and units and leave their files, instead of the server: a trial run. */
  sources?: Partial<FieldSources>
}

/** A copy without Solid's proxies, at any depth. */
const plain = <T,>(value: T): T => JSON.parse(JSON.stringify(unwrap(value))) as T

/** A clock that goes on from the server's time; the machine's own when that is not known. */
function clockFrom(now: string | undefined): () => number {
  const ahead = now === undefined ? 0 : Date.parse(now) - Date.now()
  return () => Date.now() + (Number.isNaN(ahead) ? 0 : ahead)
}

/** A form-js form in the look of the house. A new `schema` or `data` object shows a new form. */
export function FormView(props: FormViewProps) {
  let place!: HTMLDivElement
  const [broken, setBroken] = createSignal(false)
  const [data, setData] = createSignal<Answers>({}, { equals: false })
  const sources: FieldSources = { ...serverSources, now: clockFrom(props.now), ...props.sources }
  const uploads = createUploads(sources.upload)
  let form: Form | undefined
  let ready = false
  /** Counts forms that are opened: one that waits for its patterns gives way to the next. */
  let opening = 0

  onMount(() => {
    const viewer = createViewer(place, { uploads, sources, look: (path) => valueAt(data(), path) })
    form = viewer
    let before: unknown
    viewer.on('changed', (state: { data: unknown }) => {
      setData(() => state.data as Answers)
      // The first state of an import and a change of errors alone are no change of answers.
      const changed = ready && state.data !== before
      before = state.data
      if (changed) props.onChange?.(writtenAnswers(viewer))
    })
    viewer.on('submit', () => undefined)
    place.addEventListener('submit', submit, true)
    props.handle?.({
      settled: uploads.settled,
      check,
      answers: () => writtenAnswers(viewer),
      show: (messages) => show(viewer, messages),
    })
    createEffect(
      on([() => props.schema, () => props.data, wide, language, () => props.readOnly], ([schema, data], previous) => {
        // A turn of the phone or of the language keeps what is filled in.
        const same = previous && previous[0] === schema && previous[1] === data
        const shown = same ? { ...data, ...(viewer._getState().data as Answers) } : data
        void open(viewer, schema, shown)
      }),
    )
  })
  const leaving = (event: BeforeUnloadEvent) => {
    if (uploads.count('sending') > 0) event.preventDefault()
  }
  onMount(() => addEventListener('beforeunload', leaving))
  onCleanup(() => {
    removeEventListener('beforeunload', leaving)
    // A draft keeps what is typed, and no bytes: whoever believes the photo arrived would not take it again.
    const lost = uploads.count('sending') + uploads.count('failed')
    if (lost > 0) showToast(t('form.filesLeft', { count: lost }), 'problem')
    uploads.dispose()
    form?.destroy()
  })

  async function open(viewer: Form, schema: Record<string, unknown>, data: Answers): Promise<void> {
    ready = false
    opening += 1
    const mine = opening
    // Choices of form-js ask what has the focus next when they lose it; taken off the page with it, they throw.
    flushFocused()
    try {
      viewer.setProperty('readOnly', props.readOnly ?? false)
      // What a query holds are proxies; form-js gets plain copies that it may change.
      const shown = shownSchema(plain(schema), props.phone ?? !wide())
      if (needsPatterns(shown)) {
        await loadPatterns()
        if (mine !== opening) return
      }
      await viewer.importSchema(shown, plain(data))
      setBroken(false)
    } catch {
      setBroken(true)
    }
    // Fields report their first values while they are mounted; that is nobody's change.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        ready = true
      }),
    )
  }

  function submit(event: Event): void {
    event.preventDefault()
    event.stopPropagation()
    if (!props.readOnly) props.onSubmit?.()
  }

  function check(): ReturnType<FormHandle['check']> {
    if (!form) return { ok: false, reason: 'fields', faults: 0 }
    flushFocused()
    const { errors } = form.submit()
    const faults = countFaults(errors)
    if (faults > 0) {
      focusFirstFault()
      return { ok: false, reason: 'fields', faults }
    }
    if (uploads.count('failed') > 0) return { ok: false, reason: 'notUploaded', faults: 0 }
    return { ok: true, answers: writtenAnswers(form) }
  }

  function show(viewer: Form, messages: readonly FieldMessage[]): FieldMessage[] {
    const left = showMessages(viewer, messages)
    focusFirstFault()
    return left
  }

  /** A field that is being typed in reports its value when it loses the focus. */
  function flushFocused(): void {
    const active = document.activeElement
    if (active instanceof HTMLElement && place.contains(active)) active.blur()
  }

  function focusFirstFault(): void {
    requestAnimationFrame(() => {
      unfold()
      const field = place.querySelector<HTMLElement>('.fjs-has-errors')
      const control = field?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select, button')
      field?.scrollIntoView({ block: 'center', behavior: 'smooth' })
      control?.focus({ preventScroll: true })
    })
  }

  /** Opens the lists that fold away a row with a fault: nobody mends what he does not see. */
  function unfold(): void {
    const rows = place.querySelectorAll('.fjs-repeat-row-collapsed:has(.fjs-has-errors)')
    const lists = new Set([...rows].map((row) => row.closest('.fjs-form-field-dynamiclist')))
    for (const list of lists)
      list?.querySelector<HTMLElement>(':scope > .fjs-repeat-render-footer > .fjs-repeat-render-collapse')?.click()
  }

  /** Fields that may stay empty say so; CSS puts the word behind their labels. */
  const optionalWord = () => ({ '--optional': JSON.stringify(t('form.optional')) })

  return (
    <>
      <Show when={broken()}>
        <EmptyState sign={<FileX class="icon" />} title={t('form.failed')} text={t('form.failedText')} />
      </Show>
      <div class="form-view" classList={{ reading: props.readOnly, hidden: broken() }} style={optionalWord()}>
        <div ref={place} />
        <Show when={props.footnote}>
          <p class="form-footnote">{props.footnote}</p>
        </Show>
      </div>
    </>
  )
}
