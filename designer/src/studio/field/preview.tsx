import { accessOf, formFiles, type Json, type PackageFiles, shapeForm } from '@bihuan/engine'
import { A } from '@solidjs/router'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import LayoutTemplate from 'lucide-solid/icons/layout-template'
import Monitor from 'lucide-solid/icons/monitor'
import Smartphone from 'lucide-solid/icons/smartphone'
import { createMemo, createSignal, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/state.tsx'
import { type FormHandle, FormView } from '../../work/form/form-view.tsx'
import { UnlessCostly } from '../form/costly-note.tsx'
import { createPreviewSources } from '../form/preview-sources.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { FieldEditor } from './editor.ts'
import { PhoneFrame } from './phone-frame.tsx'
import './preview.css'
import { sampleOf } from './sample.ts'
import type { Table } from './table.ts'

interface PreviewProps {
  readonly workspace: Workspace
  readonly editor: FieldEditor
  readonly table: Table
  readonly say: (text: string) => void
  /** Room is needed beside: only the phone is shown. */
  readonly narrow: boolean
}

type Schema = Record<string, unknown>

/** The schema of a form; files that do not name it are not read. */
function findForm(files: PackageFiles, formId: string) {
  const mark = JSON.stringify(formId)
  const named = Object.entries(files).filter(([name, text]) => name.endsWith('.form') && text.includes(mark))
  return formFiles(Object.fromEntries(named)).get(formId)?.schema
}

/** The form of the chosen step on a desk and on a phone, shaped as the server shapes it for whoever does the step. */
export function Preview(props: PreviewProps) {
  const step = () => props.table.shownStep()
  /** As text: a form is shown anew only when it changed. */
  const shaped = createMemo((): string | null => {
    const formId = step()?.formId
    if (!formId) return null
    const schema = findForm(props.workspace.files, formId)
    return schema
      ? JSON.stringify(shapeForm({ schema }, accessOf(props.editor.dictionary(), step()?.elementId ?? '')))
      : null
  })
  const schema = createMemo((): Schema | null => {
    const text = shaped()
    return text === null ? null : (JSON.parse(text) as Schema)
  })
  const isEmpty = () => ((schema()?.components as unknown[] | undefined) ?? []).length === 0
  const sample = createMemo(() => {
    const today = props.workspace.info().now.slice(0, 10)
    const named = (name: string) => st('fields.preview.sample', { name })
    return JSON.stringify(sampleOf(props.editor.dictionary(), step()?.elementId ?? '', today, named))
  })
  const data = createMemo(() => JSON.parse(sample()) as { [key: string]: Json })
  const title = () => {
    const own = (schema()?.properties as Schema | undefined)?.title
    return typeof own === 'string' && own !== '' ? own : (step()?.name ?? '')
  }

  return (
    <Show
      when={schema()}
      fallback={
        <EmptyState
          sign={<LayoutTemplate class="icon" />}
          title={st('fields.preview.noForm')}
          text={st('fields.preview.noFormText')}
        />
      }
    >
      {(given) => (
        <Show
          when={!isEmpty()}
          fallback={
            <EmptyState
              sign={<LayoutTemplate class="icon" />}
              title={st('fields.preview.empty')}
              text={st('fields.preview.emptyText')}
            />
          }
        >
          <UnlessCostly schema={given()}>
            <div class="previews" classList={{ narrow: props.narrow }}>
              <Show when={!props.narrow}>
                <section class="preview" aria-label={st('fields.preview.desk')}>
                  <p class="preview-caption">
                    <Monitor class="icon s" aria-hidden="true" />
                    {st('fields.preview.desk')}
                  </p>
                  <div class="preview-desk">
                    <Shown schema={given()} data={data()} title={title()} phone={false} say={props.say} />
                  </div>
                </section>
              </Show>
              <section class="preview" aria-label={st('fields.preview.phone')}>
                <p class="preview-caption">
                  <Smartphone class="icon s" aria-hidden="true" />
                  {st('fields.preview.phone')}
                </p>
                <PhoneFrame title={st('fields.preview.phone')}>
                  <Shown schema={given()} data={data()} title={title()} phone say={props.say} />
                </PhoneFrame>
              </section>
            </div>
          </UnlessCostly>
        </Show>
      )}
    </Show>
  )
}

/** A form as work shows it, with its bar. The button judges what is filled in and sends nothing. */
function Shown(props: {
  schema: Schema
  data: { [key: string]: Json }
  title: string
  phone: boolean
  say: (text: string) => void
}) {
  const [handle, setHandle] = createSignal<FormHandle>()
  const sources = createPreviewSources()
  function submit(): void {
    const result = handle()?.check()
    if (!result) return
    props.say(result.ok ? st('fields.preview.fine') : st('fields.preview.faults', { count: result.faults }))
  }
  return (
    <div class={props.phone ? 'preview-page phone' : 'preview-page'}>
      <header class="preview-top">
        <Show when={props.phone}>
          <ChevronLeft class="icon" aria-hidden="true" />
        </Show>
        <h2>{props.title}</h2>
      </header>
      <div class="preview-form">
        <FormView
          schema={props.schema}
          data={props.data}
          phone={props.phone}
          sources={sources}
          handle={setHandle}
          onSubmit={submit}
        />
      </div>
      <div class="preview-bar">
        <Button size={props.phone ? 'normal' : 'small'} wide={props.phone} onClick={submit}>
          {st('fields.preview.submit')}
        </Button>
      </div>
    </div>
  )
}

/** Whose form is shown, and the way to its layout. */
export function PreviewHead(props: Pick<PreviewProps, 'workspace' | 'table'>) {
  const step = () => props.table.shownStep()
  const roles = (): string => {
    const groups =
      step()
        ?.candidateGroups?.split(',')
        .map((group) => group.trim().split('@')[0]) ?? []
    const known = props.workspace.directory()?.roles ?? []
    const names = groups.flatMap((group) => known.find((role) => role.key === group)?.name ?? [])
    return names.join(st('fields.preview.comma')) || st('fields.preview.nobody')
  }
  return (
    <header class="fields-bar preview-head">
      <Show when={step()}>
        {(shown) => (
          <>
            <h2>{shown().name}</h2>
            <p class="quiet clip">
              {st('fields.preview.as')} <b>{roles()}</b> {st('fields.preview.seen')}
            </p>
            <Show when={shown().formId}>
              {(formId) => (
                <A
                  class="btn secondary small"
                  href={`/studio/${props.workspace.id}/forms?form=${encodeURIComponent(formId())}`}
                >
                  <LayoutTemplate class="icon s" aria-hidden="true" />
                  {st('fields.preview.layout')}
                </A>
              )}
            </Show>
          </>
        )}
      </Show>
    </header>
  )
}
