import type { Element } from 'bpmn-js/lib/model/Types'
import CircleDashed from 'lucide-solid/icons/circle-dashed'
import { createMemo, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Choice } from '../../../ui/choice.tsx'
import { extensionOf, objectOf } from '../pieces/extension.ts'
import { Say, Section, TextWord, Words } from './parts.tsx'
import { useSentences } from './sentence-context.tsx'

const STAGE = 'bihuan:Stage'

/** 进度: whether a step is an arc of the ring, and what the arc is called. */
export function Stage(props: { element: Element }) {
  const { edit, version, stepName } = useSentences()
  const name = createMemo((): string | undefined => {
    version()
    return extensionOf(objectOf(props.element), STAGE)?.name
  })
  return (
    <Section title={st('pieces.section.stage')} icon={<CircleDashed class="icon" aria-hidden="true" />}>
      <Say>
        <Words
          text={st(name() === undefined ? 'pieces.stage.isNot' : 'pieces.stage.is')}
          parts={{
            choice: () => (
              <Choice
                label={st('pieces.section.stage')}
                value={name() === undefined ? 'no' : 'yes'}
                options={[
                  { value: 'yes', label: st('pieces.stage.yes') },
                  { value: 'no', label: st('pieces.stage.no') },
                ]}
                onChange={(value) =>
                  edit.extension(props.element, STAGE, value === 'yes' ? { name: stepName(props.element) } : null)
                }
              />
            ),
            name: () => (
              <Show when={name() !== undefined}>
                <TextWord
                  required
                  label={st('pieces.stage.name')}
                  value={name() ?? ''}
                  onChange={(next) => edit.extension(props.element, STAGE, { name: next })}
                />
              </Show>
            ),
          }}
        />
      </Say>
    </Section>
  )
}
