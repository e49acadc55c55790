import { ensureForms, formsLaidOut, formText, type Problem, readForm, type Step } from '@bihuan/engine'
import { useNavigate, useSearchParams } from '@solidjs/router'
import FileText from 'lucide-solid/icons/file-text'
import { createEffect, createMemo, createSignal, on, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Choice } from '../../ui/choice.tsx'
import { EmptyState } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import { wide } from '../../ui/wide.ts'
import { useWorkspace } from '../workspace/workspace.ts'
import { FaultList } from './fault-list.tsx'
import { FieldTray } from './field-tray.tsx'
import { type EditorHandle, FormEditor } from './form-editor.tsx'
import { FormHead, type View } from './form-head.tsx'
import { FormList, formName } from './form-list.tsx'
import { FormPreview } from './form-preview.tsx'
import { formsOf } from './forms.ts'
import { broughtUp, componentFor, type FormOrigin, fieldsOff } from './regenerate.ts'
import { RegenerateSheet } from './regenerate-sheet.tsx'
import { type Component, componentsOf, readSchema } from './schema.ts'
import '../../ui/field.css'
import '../look/desk.css'
import './forms-page.css'

const one = (value: string | string[] | undefined): string | null => (Array.isArray(value) ? value[0] : value) ?? null

/** The forms of a package: which step has which, how each is laid out, how people will see it. */
export default function FormsPage() {
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const [chosenView, setView] = createSignal<View>('edit')
  /** There is no room to lay out on a phone: the form is looked at. */
  const view = (): View => (chosenView() === 'edit' && !wide() ? 'phone' : chosenView())
  const [editor, setEditor] = createSignal<EditorHandle | null>(null)
  const [asking, setAsking] = createSignal(false)

  const listed = createMemo(() => formsOf(workspace.files, workspace.steps()))
  const form = createMemo(() => {
    const wanted = one(params.form)
    const { forms } = listed()
    return forms.find((each) => each.formId === wanted || each.file === wanted) ?? forms[0] ?? null
  })
  /** Without forms that are nested to break their reader. */
  const readable = createMemo(() =>
    Object.fromEntries(
      Object.entries(workspace.files).filter(([name, each]) => !name.endsWith('.form') || readSchema(each) !== null),
    ),
  )
  const laidOut = createMemo(() =>
    workspace.dictionary().fields.length > 0
      ? formsLaidOut(readable(), workspace.steps(), workspace.dictionary())
      : new Set<string>(),
  )
  const select = (file: string): void => {
    const found = listed().forms.find((each) => each.file === file)
    setParams({ form: found?.formId ?? file, field: undefined })
  }

  const text = createMemo(() => workspace.files[form()?.file ?? ''] ?? '')
  const origin = createMemo((): FormOrigin | null => {
    const at = form()
    return at && at.steps.length > 0
      ? {
          file: at.file,
          files: readable(),
          steps: at.steps,
          dictionary: workspace.dictionary(),
          packageId: workspace.id,
        }
      : null
  })
  const generated = () => origin() !== null && workspace.dictionary().fields.length > 0
  const off = createMemo(() => {
    const from = origin()
    const keys = new Set(from ? fieldsOff(from) : [])
    return workspace.dictionary().fields.filter((field) => keys.has(field.key))
  })

  /** What the editor is given: read anew when the file is another one, or was changed elsewhere. */
  const [opened, setOpened] = createSignal<Component | null>(null)
  let written = ''
  createEffect(
    on([() => form()?.file, text], ([file, now], before) => {
      if (before && before[0] === file && now === written) return
      written = now
      setOpened(readSchema(now))
    }),
  )

  const write = (file: string, next: string): void => workspace.write({ [file]: next }, 'forms')
  const keep = (schema: Component): void => {
    const file = form()?.file
    if (!file) return
    written = formText(schema as Parameters<typeof formText>[0])
    write(file, written)
  }

  /** What the server says of the file as it stands, and what it says of it among the others. */
  const faults = createMemo((): Problem[] => {
    const file = form()?.file
    if (!file) return []
    const schema = readSchema(text())
    const own = readForm(schema, file).problems
    const seen = new Set(own.map(nameOf))
    return [...own, ...(workspace.problems() ?? []).filter((each) => each.resource === file && !seen.has(nameOf(each)))]
  })
  const refused = createMemo(
    () => new Set((workspace.problems() ?? []).flatMap((each) => (each.severity === 'error' ? [each.resource] : []))),
  )

  const put = (keys: readonly string[]): void => {
    const from = origin()
    if (!from) return
    setView('edit')
    for (const key of keys) {
      const component = componentFor(from, key)
      if (component) {
        const { layout: _, ...made } = component
        editor()?.add(made)
      }
    }
  }
  const bringUp = (): void => {
    const from = origin()
    if (!from) return
    const next = broughtUp(from)
    if (next === text()) showToast(st('forms.upToDate'), 'plain')
    else write(from.file, next)
  }
  const make = (step: Step): void => {
    const made = ensureForms(workspace.files, [step], workspace.id)
    if (Object.keys(made).length > 0) workspace.write(made, 'package')
    else showToast(st('forms.cannotMake'), 'problem')
    if (step.formId) setParams({ form: step.formId })
  }
  const drop = (): void => {
    const at = form()
    if (at && at.steps.length === 0) workspace.write({ [at.file]: null }, 'package')
  }

  const facts = {
    roles: () => workspace.directory()?.roles ?? [],
    levels: () => workspace.directory()?.levels ?? [],
  }
  /** The roles that fill a form, in words; null when its steps name none. */
  const whoFills = (steps: readonly Step[]): string | null => {
    const keys = new Set(steps.flatMap((step) => step.candidateGroups?.split(',') ?? []))
    const roles = workspace.directory()?.roles ?? []
    const names = [...keys].flatMap((key) => roles.find((role) => role.key === key.trim().split('@')[0])?.name ?? [])
    return names.length > 0 ? st('forms.who', { names: names.join(st('forms.comma')) }) : null
  }

  // A finding elsewhere led here: show what it is about.
  createEffect(
    on([editor, () => one(params.field), opened], ([handle, field, schema]) => {
      if (!handle || !field || !schema) return
      const found = componentsOf(schema).find((each) => each.id === field || each.key === field)
      if (found) queueMicrotask(() => handle.select(String(found.id)))
    }),
  )

  return (
    <Show
      when={listed().forms.length + listed().without.length > 0}
      fallback={
        <EmptyState sign={<FileText class="icon" />} title={st('forms.none')} text={st('forms.noneText')}>
          <a class="btn secondary small" href={`/studio/${encodeURIComponent(workspace.id)}`}>
            {st('forms.toProcess')}
          </a>
        </EmptyState>
      }
    >
      <div class="forms-page">
        <FormList
          forms={listed().forms}
          without={listed().without}
          selected={form()?.file ?? null}
          laidOut={laidOut()}
          refused={refused()}
          onSelect={select}
          onMake={make}
        />
        <Show
          when={form()}
          fallback={<EmptyState sign={<FileText class="icon" />} title={st('forms.none')} text={st('forms.noneYet')} />}
        >
          {(at) => (
            <section class="desk-open">
              <div class="form-choice">
                <Choice
                  label={st('forms.list')}
                  look="control"
                  value={at().file}
                  options={listed().forms.map((each) => ({ value: each.file, label: formName(each) }))}
                  onChange={select}
                />
              </div>
              <FormHead
                name={formName(at())}
                steps={at().steps}
                who={whoFills(at().steps)}
                view={view()}
                onView={setView}
                editor={editor()}
                generated={generated()}
                onBringUp={bringUp}
                onAnew={() => setAsking(true)}
                onDelete={at().steps.length === 0 ? drop : null}
              />
              <FieldTray
                fields={off()}
                onPut={(key) => put([key])}
                onPutAll={() => put(off().map((field) => field.key))}
              />
              <FaultList problems={faults()} onGo={(problem) => editor()?.select(problem.elementId ?? '')} />
              <div class="form-place">
                <Show
                  when={opened()}
                  fallback={
                    <EmptyState
                      sign={<FileText class="icon" />}
                      title={st('forms.unreadable')}
                      text={st('forms.notJson')}
                    />
                  }
                >
                  {(schema) => (
                    <Show
                      when={view() === 'edit'}
                      fallback={
                        <FormPreview
                          schema={readSchema(text()) ?? schema()}
                          step={at().steps[0] ?? null}
                          dictionary={workspace.dictionary()}
                          phone={view() === 'phone'}
                        />
                      }
                    >
                      <FormEditor
                        schema={schema()}
                        onChange={keep}
                        onOpenField={(key) =>
                          navigate(
                            `/studio/${encodeURIComponent(workspace.id)}/fields?field=${encodeURIComponent(key)}`,
                          )
                        }
                        handle={setEditor}
                        facts={facts}
                      />
                    </Show>
                  )}
                </Show>
              </div>
            </section>
          )}
        </Show>
        <RegenerateSheet
          open={asking()}
          origin={origin()}
          onClose={() => setAsking(false)}
          onMake={(next) => {
            const file = origin()?.file
            if (file) write(file, next)
            setAsking(false)
          }}
        />
      </div>
    </Show>
  )
}

const nameOf = ({ code, elementId, facts }: Problem): string => JSON.stringify([code, elementId, facts.reason ?? null])
