import type { StoredFile, TrailEntry } from '@bihuan/runtime/contract'
import { For, Show } from 'solid-js'
import { fileAddress } from '../../api/files.ts'
import type { Answer } from '../../api/shapes.ts'
import { t } from '../../i18n/i18n.ts'
import { sayEntry, sayReason, saySentence } from './trail-sentence.ts'

/** How many answers stand open; the rest is one press away. */
const OPEN_ANSWERS = 3

/** Who did it, the facts, why, and what was filled in: everything below the head of an entry. */
export function TrailBody(props: { entry: TrailEntry; headless?: boolean }) {
  const words = () => sayEntry(props.entry)
  const reason = () => sayReason(props.entry)
  const line = () =>
    props.headless
      ? saySentence(words())
      : [words().who, ...words().facts].filter((part) => part !== null).join(t('trail.separator'))
  return (
    <>
      <Show when={line()}>
        <p class="trail-who">{line()}</p>
      </Show>
      <Show when={reason()}>
        {(why) => (
          <div class="trail-why">
            <Show when={why().rule}>
              {(rule) => (
                <>
                  {t('trail.because')} <code title={props.entry.why?.rule}>{rule()}</code>{' '}
                </>
              )}
            </Show>
            {why().result}
            <Show when={why().doubts.length > 0}>
              <p class="trail-doubt">{why().doubts.join(t('trail.separator'))}</p>
            </Show>
            <Show when={why().inputs.length > 0 && !props.headless}>
              <details class="trail-answers">
                <summary>{t('case.inputs', { count: why().inputs.length })}</summary>
                <span class="trail-inputs">{why().inputs.join(t('case.list'))}</span>
              </details>
            </Show>
          </div>
        )}
      </Show>
      <Answers answers={props.entry.answers} />
    </>
  )
}

/** Labelled answers; more than a few fold up behind their number. */
export function Answers(props: { answers: readonly Answer[] }) {
  return (
    <Show when={props.answers.length > 0}>
      <Show when={props.answers.length > OPEN_ANSWERS} fallback={<AnswerRows answers={props.answers} />}>
        <details class="trail-answers">
          <summary>{t('case.answers', { count: props.answers.length })}</summary>
          <AnswerRows answers={props.answers} />
        </details>
      </Show>
    </Show>
  )
}

/** Label and value in two columns. */
export function AnswerRows(props: { answers: readonly Answer[] }) {
  return (
    <dl class="pairs">
      <For each={props.answers}>
        {(answer) => (
          <>
            <dt>{answer.label}</dt>
            <dd>
              <Show when={answer.files.length > 0 ? answer.files : null} fallback={answer.value}>
                {(files) => <Files files={files()} />}
              </Show>
            </dd>
          </>
        )}
      </For>
    </dl>
  )
}

/** Photos as pictures, other files by name; each opens in full. */
function Files(props: { files: readonly StoredFile[] }) {
  return (
    <div class="answer-files">
      <For each={props.files}>
        {(file) => (
          <a href={fileAddress(file.id)} target="_blank" rel="noopener">
            <Show when={file.type.startsWith('image/')} fallback={file.name}>
              <img src={fileAddress(file.id)} alt={t('case.photo', { name: file.name })} loading="lazy" />
            </Show>
          </a>
        )}
      </For>
    </div>
  )
}
