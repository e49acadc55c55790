import { formIdOf } from '@bihuan/engine'
import type { Element } from 'bpmn-js/lib/model/Types'
import FileText from 'lucide-solid/icons/file-text'
import { createMemo, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Choice } from '../../../ui/choice.tsx'
import { extensionOf, objectOf } from '../pieces/extension.ts'
import { AccessWords } from './access-words.tsx'
import { Say, Section, Words } from './parts.tsx'
import { useSentences } from './sentence-context.tsx'

interface FormSectionProps {
  element: Element
  /** Extension that names the form: of a step, or of an act of the case. */
  type?: 'zeebe:FormDefinition' | 'bihuan:CaseAction'
}

/** 用哪张表, and 能写哪些栏. */
export function FormSection(props: FormSectionProps) {
  const { edit, forms, workspace, version } = useSentences()
  const type = () => props.type ?? 'zeebe:FormDefinition'
  const id = () => String(objectOf(props.element).id)
  const own = () => formIdOf(workspace.id, id())
  const formId = createMemo((): string | undefined => {
    version()
    return extensionOf(objectOf(props.element), type())?.formId
  })
  const options = () => {
    const all = new Map(forms())
    if (!all.has(own())) all.set(own(), st('pieces.form.own'))
    const chosen = formId()
    if (chosen && !all.has(chosen)) all.set(chosen, chosen)
    return [...all].map(([value, label]) => ({ value, label }))
  }
  return (
    <Section title={st('pieces.section.form')} icon={<FileText class="icon" aria-hidden="true" />}>
      <Say>
        <Choice
          label={st('pieces.section.form')}
          placeholder={st('pieces.form.pick')}
          value={formId()}
          options={options()}
          onChange={(value) => edit.extension(props.element, type(), { formId: value })}
        />
        <Show when={formId()}>
          {(form) => (
            <a class="link" href={`/studio/${workspace.id}/forms?form=${encodeURIComponent(form())}`}>
              {st('pieces.form.open')}
            </a>
          )}
        </Show>
      </Say>
      <Say>
        <Words text={st('pieces.form.writes')} parts={{ fields: () => <AccessWords elementId={id()} /> }} />
      </Say>
    </Section>
  )
}
