import type { Element, ModdleElement, Shape } from 'bpmn-js/lib/model/Types'
import FileText from 'lucide-solid/icons/file-text'
import Hash from 'lucide-solid/icons/hash'
import { createMemo, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Choice } from '../../../ui/choice.tsx'
import { extensionOf, isType, objectOf } from '../pieces/extension.ts'
import { bodyOf, isPath } from './feel/path.ts'
import { startOf } from './model-facts.ts'
import { Expert, Say, Section, TextWord, Words } from './parts.tsx'
import { useSentences } from './sentence-context.tsx'
import { Starters } from './who.tsx'

const CASE = 'bihuan:Case'

/** The process itself: what its cases are called and numbered, and who may start one. */
export function ProcessSections(props: { root: Element }) {
  const { version } = useSentences()
  const start = createMemo(() => {
    version()
    return startOf(props.root)
  })
  return (
    <>
      <Show when={start()} fallback={<p class="sentence-section sentence-note">{st('pieces.process.noStart')}</p>}>
        {(found) => <Starters element={found()} type="bihuan:Starters" title={st('pieces.section.starters')} />}
      </Show>
      <CaseTitle root={props.root} />
      <CaseNumber root={props.root} />
    </>
  )
}

/** The business object that holds what a case is called: the process, behind a pool when there is one. */
function processOf(root: Element): ModdleElement | undefined {
  const bo = objectOf(root)
  if (bo.$type === 'bpmn:Process') return bo
  if (bo.processRef) return bo.processRef
  const pools = ((root as Shape).children ?? []) as Element[]
  return pools
    .filter((one) => isType(one, 'bpmn:Participant'))
    .map((one) => objectOf(one).processRef)
    .find(Boolean)
}

function CaseTitle(props: { root: Element }) {
  const { edit, fields, pathName, version } = useSentences()
  const process = () => processOf(props.root)
  const title = createMemo((): string | undefined => {
    version()
    return extensionOf(process(), CASE)?.title
  })
  const path = () => bodyOf(title()) ?? ''
  const texts = () => fields().filter((field) => field.kind === 'text' && field.grade !== 'sensitive')
  const options = () => [
    ...(path() === '' || texts().some((field) => field.key === path())
      ? []
      : [{ value: path(), label: pathName(path()) }]),
    ...texts().map((field) => ({ value: field.key, label: field.name })),
  ]
  return (
    <Section title={st('pieces.section.caseTitle')} icon={<FileText class="icon" aria-hidden="true" />}>
      <Show when={!title() || isPath(path())} fallback={<Expert text={title()} />}>
        <Say>
          <Words
            text={st('pieces.process.title')}
            parts={{
              field: () => (
                <Choice
                  label={st('pieces.section.caseTitle')}
                  placeholder={st(texts().length > 0 ? 'pieces.process.pickField' : 'pieces.process.noField')}
                  value={path()}
                  options={options()}
                  onChange={(key) => {
                    const bo = process()
                    if (bo) edit.extensionAt(props.root, bo, CASE, { title: `=${key}` })
                  }}
                />
              ),
            }}
          />
        </Say>
      </Show>
    </Section>
  )
}

function CaseNumber(props: { root: Element }) {
  const { edit, version } = useSentences()
  const process = () => processOf(props.root)
  const prefix = createMemo((): string => {
    version()
    return extensionOf(process(), CASE)?.numberPrefix ?? ''
  })
  return (
    <Section title={st('pieces.section.number')} icon={<Hash class="icon" aria-hidden="true" />}>
      <Say>
        <Words
          text={st(prefix() ? 'pieces.process.number' : 'pieces.process.unnumbered')}
          parts={{
            prefix: () => (
              <TextWord
                label={st('pieces.section.number')}
                placeholder={st('pieces.process.noPrefix')}
                value={prefix()}
                onChange={(text) => {
                  const bo = process()
                  if (bo) edit.extensionAt(props.root, bo, CASE, { numberPrefix: text || undefined })
                }}
              />
            ),
          }}
        />
      </Say>
      <Show when={prefix()}>
        {(text) => <p class="sentence-note">{st('pieces.process.example', { prefix: text() })}</p>}
      </Show>
    </Section>
  )
}
