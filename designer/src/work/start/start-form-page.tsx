import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import { Match, Show, Switch } from 'solid-js'
import type { StartForm } from '../../api/shapes.ts'
import { saveStartDraft, startCase, useStartForm } from '../../api/start.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, Loading } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import { TopBar } from '../../ui/top-bar.tsx'
import { FormBar } from '../form/form-bar.tsx'
import { FormView } from '../form/form-view.tsx'
import { createFormWork } from '../form/form-work.ts'
import { formFootnote } from '../form/schema.ts'
import { type KeptForm, WithKeptText } from '../form/with-kept-text.tsx'
import './start.css'

/** The form a case begins with. */
export default function StartFormPage() {
  const params = useParams<{ processId: string }>()
  const query = useStartForm(() => params.processId)
  return (
    <Page noBar class="start-form">
      <Switch fallback={<Loading rows={4} />}>
        <Match when={query.isError}>
          <TopBar title={t('start.title')} back="/start" />
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Match>
        <Match when={query.data}>
          {(given) => (
            <>
              <StartTop given={given()} />
              <WithKeptText
                name={`start ${params.processId}`}
                draft={given().draft}
                schema={given().form?.schema ?? {}}
              >
                {(form) => <StartWork given={given()} keptForm={form} />}
              </WithKeptText>
            </>
          )}
        </Match>
      </Switch>
    </Page>
  )
}

/** The unit a case is started for: the one chosen before, else the person's first. */
function useUnit(process: () => StartForm['process']) {
  const [params] = useSearchParams<{ unit?: string }>()
  return () => process().units.find((each) => each.id === params.unit) ?? process().units[0]
}

/** What is being started, for whom, and how long the way is. */
function StartTop(props: { given: StartForm }) {
  const process = () => props.given.process
  const unit = useUnit(process)
  const about = () =>
    [
      process().stages.length > 0 ? t('start.first', { count: process().stages.length }) : null,
      unit()?.name,
      process().name,
    ]
      .filter(Boolean)
      .join(t('app.separator'))
  return (
    <div class="start-form-top">
      <TopBar title={props.given.form?.title ?? process().name} small={about()} back="/start" />
      <div class="stage-parts" aria-hidden="true">
        {process().stages.map((_, index) => (
          <i class={index === 0 ? 'current' : ''} />
        ))}
      </div>
    </div>
  )
}

function StartWork(props: { given: StartForm; keptForm: KeptForm }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const process = () => props.given.process
  const form = () => props.given.form
  const unit = useUnit(process)
  const work = createFormWork({
    ...props.keptForm,
    save: (answers) => saveStartDraft(process().processId, answers),
    restoredAt: props.given.draft?.savedAt ?? null,
  })
  const initial = { ...form()?.data, ...props.given.draft?.answers, ...props.keptForm.found }

  async function submit(): Promise<void> {
    const place = unit()
    if (!place) return
    const started = await work.submit((answers, key) =>
      startCase({ processId: process().processId, unitId: place.id, formKey: form()?.formKey ?? null, answers }, key),
    )
    if (!started) return
    void queries.invalidateQueries({ queryKey: ['inbox'] })
    showToast(started.caseNumber ? t('start.started', { number: started.caseNumber }) : t('start.startedPlain'))
    navigate(`/cases/${started.caseKey}`, { replace: true })
  }

  return (
    <>
      <Show when={form()} fallback={<p class="start-plain">{process().description}</p>}>
        {(given) => (
          <FormView
            schema={given().schema}
            data={initial}
            footnote={formFootnote(given())}
            now={props.given.now}
            onChange={work.changed}
            onSubmit={() => void submit()}
            handle={work.setHandle}
          />
        )}
      </Show>
      <FormBar {...(form() ? { status: work.status() } : {})} trouble={work.trouble()}>
        <Show when={form()}>
          <Button onClick={() => void work.saveNow()}>{t('task.save')}</Button>
        </Show>
        <Button kind="primary" busy={work.busy()} onClick={() => void submit()}>
          {work.busy() ? t('start.submitting') : t('start.submit')}
        </Button>
      </FormBar>
    </>
  )
}
