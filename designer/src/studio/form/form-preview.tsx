import { accessOf, type FieldDictionary, type Step, shapeForm } from '@bihuan/engine'
import { createMemo, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { FormView } from '../../work/form/form-view.tsx'
import { PhoneFrame } from '../field/phone-frame.tsx'
import { refusedTypes } from './accepted-types.ts'
import { FormNote, UnlessCostly } from './costly-note.tsx'
import { createPreviewSources } from './preview-sources.ts'
import type { Component } from './schema.ts'

export interface FormPreviewProps {
  readonly schema: Component
  /** Step whose access shapes the form; null shows the form as it is. */
  readonly step: Step | null
  readonly dictionary: FieldDictionary
  readonly phone: boolean
}

/** The form as people at work get it: by the same viewer, shaped by the matrix of its step. Nothing is sent. */
export function FormPreview(props: FormPreviewProps) {
  const refused = createMemo(() => refusedTypes(props.schema))
  const shaped = createMemo(() => {
    const access = props.step ? accessOf(props.dictionary, props.step.elementId) : {}
    return shapeForm({ schema: props.schema as Parameters<typeof shapeForm>[0]['schema'] }, access)
  })
  const sources = createPreviewSources()
  const data = {}
  const view = (phone: boolean) => <FormView schema={shaped()} data={data} phone={phone} sources={sources} />

  return (
    <div class="form-preview" classList={{ phone: props.phone }}>
      <Show when={refused().length === 0} fallback={<FormNote text={st('forms.notShown')} names={refused()} />}>
        <UnlessCostly schema={props.schema}>
          <Show when={props.phone} fallback={view(false)}>
            <PhoneFrame title={st('forms.viewPhone')}>
              <div class="form-preview-phone">{view(true)}</div>
            </PhoneFrame>
          </Show>
        </UnlessCostly>
      </Show>
    </div>
  )
}
