import type { Case } from '@bihuan/runtime/contract'
import { useQueryClient } from '@tanstack/solid-query'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import MessageSquareWarning from 'lucide-solid/icons/message-square-warning'
import { createEffect, createMemo, createSignal, For, Match, on, Show, Suspense, Switch } from 'solid-js'
import { caseKeys, sendCaseAction, useCaseActionForm } from '../../api/cases.ts'
import { ApiProblem, mayPass, newKey } from '../../api/http.ts'
import { attemptName } from '../../api/kept-text.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { latePart } from '../../ui/late.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { ErrorState, errorWords, Loading } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { FormHandle } from '../form/form-view.tsx'
import { inOrder } from '../form/in-order.ts'
import { fieldMessages } from '../form/server-errors.ts'
import { type KeptAnswers, type KeptForm, WithKeptText } from '../form/with-kept-text.tsx'
import './action-sheet.css'

const FormView = latePart(async () => ({ default: (await import('../form/form-view.tsx')).FormView }))

type Action = Case['actions'][number]

interface ActionSheetProps {
  item: Case
  open: boolean
  /** Opens straight at this act; null for the list. */
  action: string | null
  onClose: () => void
}

/** What else can be done with a case: the list of acts, then the form of the chosen one. */
export function ActionSheet(props: ActionSheetProps) {
  const [chosen, setChosen] = createSignal<string | null>(null)
  createEffect(on([() => props.open, () => props.action], ([open, action]) => setChosen(open ? action : null)))
  /** One that has closed meanwhile stays until it is put away: what is typed is kept, and what is sent is told why. */
  const action = createMemo<Action | undefined>(
    (before) =>
      props.item.actions.find((each) => each.key === chosen()) ?? (before?.key === chosen() ? before : undefined),
  )
  return (
    // By its key: the case is read anew from time to time, and what is being typed stays.
    <Show
      when={action()?.key}
      keyed
      fallback={
        <Sheet open={props.open} onClose={props.onClose} title={t('case.actionsTitle')}>
          <ul class="acts">
            <For each={props.item.actions}>
              {(each) => (
                <li>
                  <button type="button" class="act" onClick={() => setChosen(each.key)}>
                    <MessageSquareWarning class="icon" aria-hidden="true" />
                    <span>
                      <b>{each.label}</b>
                      <small>{each.hasForm ? t('case.actionForm') : t('case.actionDirect')}</small>
                    </span>
                    <ChevronRight class="icon s" aria-hidden="true" />
                  </button>
                </li>
              )}
            </For>
          </ul>
        </Sheet>
      }
    >
      {(key) => {
        // Until this is put away, there is one.
        const own = createMemo<Action>((before) => action() ?? before, action()!)
        return (
          <WithKeptText name={`action ${key}`} draft={null} schema={{}}>
            {(form) => (
              <ActionForm item={props.item} action={own()} open={props.open} onClose={props.onClose} keptForm={form} />
            )}
          </WithKeptText>
        )
      }}
    </Show>
  )
}

interface ActionFormProps {
  item: Case
  action: Action
  open: boolean
  onClose: () => void
  /** What was typed stays in this browser until it is sent: a touch beside the sheet closes it. */
  keptForm: KeptForm
}

function ActionForm(props: ActionFormProps) {
  const queries = useQueryClient()
  const form = useCaseActionForm(
    () => props.item.key,
    () => props.action.key,
  )
  const [sending, setSending] = createSignal(false)
  const [trouble, setTrouble] = createSignal<string | null>(null)
  let handle: FormHandle | undefined
  // One intent, one key: the same answers sent again after a lost answer are answered by the first.
  let intent = props.keptForm.attempt ?? { sent: '', key: '' }
  const { kept, name, found } = props.keptForm
  const data = createMemo(() => ({ ...form.data?.form?.data, ...found }))
  /** What this browser refuses to keep is still in the sheet. */
  const ifItCan = (kept: Promise<void>) => kept.catch(() => undefined)

  async function send(): Promise<void> {
    if (sending()) return
    setSending(true)
    setTrouble(null)
    await handle?.settled()
    const checked = handle?.check() ?? { ok: true as const, answers: {} }
    if (!checked.ok) {
      setTrouble(t(`case.actionNot.${checked.reason}`))
      setSending(false)
      return
    }
    const answers = inOrder(checked.answers)
    const sent = JSON.stringify(answers)
    if (sent !== intent.sent) intent = { sent, key: newKey() }
    try {
      await ifItCan(kept.keep(attemptName(name), { ...intent }))
      await sendCaseAction(
        props.item.key,
        props.action.key,
        { formKey: form.data?.form?.formKey ?? null, answers },
        intent.key,
      )
      void ifItCan(kept.drop(name))
      void ifItCan(kept.drop(attemptName(name)))
      showToast(t('case.actionSent'))
      await queries.invalidateQueries({ queryKey: caseKeys.one(props.item.key) })
      props.onClose()
    } catch (error) {
      explain(error)
    } finally {
      setSending(false)
    }
  }

  function explain(error: unknown): void {
    const words = errorWords(error)
    if (error instanceof ApiProblem) {
      // The server has judged it: what is sent next is another intent. What it could not write may be written after all.
      if (!mayPass(error)) intent = { sent: '', key: '' }
      const left = handle?.show(fieldMessages(error.problem)) ?? []
      setTrouble([words.title, words.text, ...left.map((each) => `${each.label ?? ''} ${each.message}`)].join(' '))
      return
    }
    setTrouble(`${words.title} ${words.text}`)
  }

  /** What was refused may no longer be among what can be done; until here its words and what was typed stay. */
  function close(): void {
    if (trouble()) void queries.invalidateQueries({ queryKey: caseKeys.one(props.item.key) })
    props.onClose()
  }

  return (
    <Sheet
      open={props.open}
      onClose={close}
      title={props.action.label}
      foot={
        <>
          <Show when={trouble()} fallback={<p class="act-note">{t('case.actionUnsure')}</p>}>
            <p class="act-note bad" role="alert">
              {trouble()}
            </p>
          </Show>
          <Button kind="primary" wide busy={sending()} disabled={!form.data} onClick={() => void send()}>
            {t('case.actionSend')}
          </Button>
        </>
      }
    >
      <Switch fallback={<Loading rows={2} />}>
        <Match when={form.isError}>
          <ErrorState error={form.error} onRetry={() => void form.refetch()} />
        </Match>
        <Match when={form.data?.form}>
          {(shown) => (
            <Suspense fallback={<Loading rows={2} />}>
              <div class="act-form">
                <FormView
                  schema={shown().schema}
                  data={data()}
                  now={props.item.now}
                  onChange={(given) =>
                    void ifItCan(kept.keep(name, { answers: given, onto: null } satisfies KeptAnswers))
                  }
                  onSubmit={() => void send()}
                  handle={(own) => {
                    handle = own
                  }}
                />
              </div>
            </Suspense>
          )}
        </Match>
        <Match when={form.data}>
          <p class="act-direct">{t('case.actionDirect')}</p>
        </Match>
      </Switch>
    </Sheet>
  )
}
