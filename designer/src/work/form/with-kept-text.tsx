import { createSignal, type JSX, onMount, Show, Suspense } from 'solid-js'
import { attemptName, type KeptText, keptText } from '../../api/kept-text.ts'
import { useSession } from '../../api/session.ts'
import { latePart } from '../../ui/late.tsx'
import { Loading } from '../../ui/state.tsx'
import { inOrder } from './in-order.ts'
import { takeOverDraft } from './left-drafts.ts'
import type { ServerDraft } from './two-drafts.tsx'
import type { Answers } from './viewer.ts'

const TwoDrafts = latePart(() => import('./two-drafts.tsx'))

/** A browser whose storage does not answer must not keep a form from opening. */
const PATIENCE_MS = 1500

/** Answers that were sent under that key, and whose answer has not come. */
export interface Attempt {
  readonly sent: string
  readonly key: string
}

/** Answers as this browser keeps them. */
export interface KeptAnswers {
  readonly answers: Answers
  /** When the draft they go on from was saved on the server; null when there was none. */
  readonly onto: string | null
}

/** Where a form keeps what the server does not have yet, and what was found there when it opened. */
export interface KeptForm {
  readonly kept: KeptText
  readonly person: string
  readonly name: string
  readonly found: Answers | null
  readonly attempt: Attempt | null
}

interface WithKeptTextProps {
  name: string
  /** The draft the server gave; null when it has none, or when nothing may be filled in. */
  draft: ServerDraft | null
  schema: object
  children: (form: KeptForm) => JSX.Element
}

/**
 * Looks up what this browser kept of a form before the form opens. When the same person has meanwhile saved another draft
 * elsewhere, neither may silently take the place of the other: the person says which one to go on with.
 */
export function WithKeptText(props: WithKeptTextProps) {
  const session = useSession()
  const person = session.data?.id ?? ''
  const kept = keptText(person)
  const [form, setForm] = createSignal<KeptForm>()
  const [two, setTwo] = createSignal<{ readonly here: Answers; readonly attempt: Attempt | null }>()
  const open = (found: Answers | null, attempt: Attempt | null) =>
    setForm({ kept, person, name: props.name, found, attempt })

  onMount(async () => {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS))
    const read = (name: string) => Promise.race([kept.read(name), late])
    const left = takeOverDraft(person, props.name)
    const [text, attempt] = (await Promise.all([read(props.name), read(attemptName(props.name))])) as unknown as [
      KeptAnswers | null,
      Attempt | null,
    ]
    const here = left ?? text?.answers ?? null
    if (left === null && text && isElsewhere(text, props.draft)) setTwo({ here: text.answers, attempt })
    else open(here, attempt)
  })

  return (
    <Show
      when={form()}
      fallback={
        <Show when={two()} fallback={<Loading />}>
          {(given) => (
            <Suspense fallback={<Loading />}>
              <TwoDrafts
                schema={props.schema}
                here={given().here}
                there={props.draft as ServerDraft}
                onHere={() => open(given().here, given().attempt)}
                onThere={() => {
                  void kept.drop(props.name)
                  open(null, given().attempt)
                }}
              />
            </Suspense>
          )}
        </Show>
      }
    >
      {(given) => props.children(given())}
    </Show>
  )
}

/** Whether the draft on the server is another one than the kept answers go on from, and says something else. */
const isElsewhere = (text: KeptAnswers, draft: ServerDraft | null): boolean =>
  draft !== null &&
  draft.savedAt !== text.onto &&
  JSON.stringify(inOrder(draft.answers)) !== JSON.stringify(inOrder(text.answers))
