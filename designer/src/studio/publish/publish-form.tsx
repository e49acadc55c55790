import type { PackageFiles } from '@bihuan/engine'
import { A } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import Stamp from 'lucide-solid/icons/stamp'
import { createMemo, createResource, createSignal, createUniqueId, Match, Show, Switch } from 'solid-js'
import { ApiProblem, newKey } from '../../api/http.ts'
import { packagesKey, publishPackage, readVersion, versionsKey } from '../../api/packages.ts'
import { inLanguage } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, ErrorState, errorWords, Loading } from '../../ui/state.tsx'
import { ProblemRows } from '../problem/problem-list.tsx'
import { inOrder } from '../problem/problem-place.ts'
import { partAddress } from '../shell/parts.ts'
import type { OpenWorkspace } from '../workspace/opened-workspace.ts'
import { namesOf } from './change-words.ts'
import { compareVersions } from './compare/compare-versions.ts'
import { type Comparison, countOf } from './compare/comparison.ts'
import { ComparisonView } from './comparison-view.tsx'
import { Consequences } from './consequences-text.tsx'
import './publish.css'
import '../../ui/field.css'

/** What is published, as it was seen: the server refuses it when a file was saved meanwhile. */
interface Seen {
  readonly files: { name: string; revision: number }[]
  readonly before: PackageFiles | null
  readonly after: PackageFiles
  /** Null on the first publication: there is nothing to compare with. */
  readonly comparison: Comparison | null
}

interface Refused {
  readonly title: string
  readonly text: string
  readonly problems: readonly { readonly text: string; readonly todo: string; readonly where: string }[]
}

/** The body of the publishing dialog. */
export function PublishForm(props: {
  workspace: OpenWorkspace
  version: number
  onDone: () => void
  onClose: () => void
}) {
  const queries = useQueryClient()
  const [noteId, seenId, missingId] = [createUniqueId(), createUniqueId(), createUniqueId()]
  const [seen, { refetch }] = createResource(() => look(props.workspace))
  const [note, setNote] = createSignal('')
  const [looked, setLooked] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [done, setDone] = createSignal<number | null>(null)
  const [refused, setRefused] = createSignal<Refused | null>(null)
  /** One key for each draft and note, so that a lost answer publishes once. */
  let attempt = { for: '', key: '' }

  const count = createMemo(() => {
    const comparison = seen()?.comparison
    return comparison ? countOf(comparison) : 0
  })
  const warnings = createMemo(() =>
    inOrder(props.workspace.problems() ?? []).filter(({ severity }) => severity === 'warning'),
  )
  const missing = (): string | null => {
    if (seen.state !== 'ready') return st('publish.reading')
    if (seen()?.comparison && count() === 0) return st('publish.nothing')
    if (note().trim() === '') return st('publish.noteMissing')
    return seen()?.comparison && !looked() ? st('publish.seenMissing') : null
  }

  async function publish(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const given = seen()
    if (busy() || missing() || !given) return
    setBusy(true)
    setRefused(null)
    const wanted = { note: note().trim(), files: given.files }
    const text = JSON.stringify(wanted)
    if (attempt.for !== text) attempt = { for: text, key: newKey() }
    try {
      const { version } = await publishPackage(props.workspace.id, wanted, attempt.key)
      setDone(version)
      props.onDone()
      void queries.invalidateQueries({ queryKey: versionsKey(props.workspace.id) })
      void queries.invalidateQueries({ queryKey: packagesKey })
      await props.workspace.refresh().catch(() => undefined)
    } catch (error) {
      // Without an answer it may have been published: the same press again is the same intent.
      if (error instanceof ApiProblem) attempt = { for: '', key: '' }
      if (error instanceof ApiProblem && error.code === 'DRAFT_CONFLICT') {
        setRefused({ title: st('publish.changed'), text: '', problems: [] })
        setLooked(false)
        await props.workspace.refresh().catch(() => undefined)
        void refetch()
      } else setRefused(refusedWords(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Switch>
      <Match when={done()}>
        {(version) => (
          <div class="publish-body">
            <div role="status">
              <EmptyState
                sign={<Stamp class="icon publish-seal" />}
                title={st('publish.done', { version: version() })}
                text={st('publish.doneText', { version: version() })}
              />
            </div>
            <div class="publish-foot">
              <A
                class="btn secondary small"
                href={partAddress(props.workspace.id, 'history')}
                onClick={() => props.onClose()}
              >
                {st('publish.doneHistory')}
              </A>
              <Button size="small" class="ink" onClick={() => props.onClose()}>
                {st('publish.doneClose')}
              </Button>
            </div>
          </div>
        )}
      </Match>
      <Match when={seen.error}>
        <ErrorState error={seen.error} onRetry={() => void refetch()} />
      </Match>
      <Match when={seen.state === 'pending' || seen.state === 'refreshing' || seen.state === 'unresolved'}>
        <Loading rows={2} />
      </Match>
      <Match when={seen.state === 'ready' && seen()}>
        {(given) => (
          <form class="publish-body" onSubmit={(event) => void publish(event)}>
            <Consequences workspace={props.workspace} version={props.version} />
            <Show when={given().comparison}>
              {(comparison) => (
                <div class="publish-changes">
                  <ComparisonView
                    comparison={comparison()}
                    names={namesOf(props.workspace.directory(), given().before ?? {}, given().after)}
                    before={st('publish.before', { version: props.workspace.info().published?.version ?? 0 })}
                    after={st('publish.after', { version: props.version })}
                  />
                </div>
              )}
            </Show>
            <Show when={warnings().length > 0}>
              <details class="publish-warnings">
                <summary>{st('publish.warnings', { count: warnings().length })}</summary>
                <ProblemRows problems={warnings()} onGo={props.onClose} />
              </details>
            </Show>
            <div>
              <label class="label" for={noteId}>
                {st('publish.note')}
              </label>
              <textarea
                class="control note-text"
                id={noteId}
                rows="2"
                maxlength="2000"
                placeholder={st('publish.noteHint')}
                value={note()}
                onInput={(event) => setNote(event.currentTarget.value)}
              />
            </div>
            <Show when={refused()}>
              {(words) => (
                <div class="note red" role="alert">
                  <div>
                    <p>
                      <b>{words().title}</b> {words().text}
                    </p>
                    <RefusedList problems={words().problems} />
                  </div>
                </div>
              )}
            </Show>
            <div class="publish-foot">
              <Show when={given().comparison && count() > 0}>
                <label class="publish-seen" for={seenId}>
                  <input
                    id={seenId}
                    type="checkbox"
                    checked={looked()}
                    onChange={(event) => setLooked(event.currentTarget.checked)}
                  />
                  {st('publish.seen', { count: count() })}
                </label>
              </Show>
              <span class="publish-missing" id={missingId}>
                {missing()}
              </span>
              <Button size="small" onClick={() => props.onClose()}>
                {st('publish.notNow')}
              </Button>
              <Button
                kind="primary"
                size="small"
                type="submit"
                busy={busy()}
                pending={missing() !== null}
                aria-disabled={missing() !== null}
                aria-describedby={missingId}
              >
                {st('publish.act')}
              </Button>
            </div>
          </form>
        )}
      </Match>
    </Switch>
  )
}

function RefusedList(props: { problems: Refused['problems'] }) {
  return (
    <Show when={props.problems.length > 0}>
      <ul class="publish-refused">
        {props.problems.map(({ where, text, todo }) => (
          <li>
            <b>{where}</b> {text} {todo}
          </li>
        ))}
      </ul>
    </Show>
  )
}

/** Saves what is not saved, then compares what the server has with what is in use. */
async function look(workspace: OpenWorkspace): Promise<Seen> {
  await workspace.flush()
  const after = workspace.plain()
  const files = workspace.revisions()
  const published = workspace.info().published
  if (!published) return { files, before: null, after, comparison: null }
  const version = await readVersion(workspace.id, published.version)
  const before = Object.fromEntries(version.files.map(({ name, text }) => [name, text]))
  return { files, before, after, comparison: await compareVersions(before, after, workspace.steps()) }
}

function refusedWords(error: unknown): Refused {
  const words = errorWords(error)
  const problems = error instanceof ApiProblem ? (error.problem.problems ?? []) : []
  const errors = problems.filter(({ severity }) => severity === 'error')
  return {
    title: errors.length > 0 ? st('publish.refused', { count: errors.length }) : words.title,
    text: errors.length > 0 ? '' : words.text,
    problems: errors.map((problem) => {
      const said = inLanguage(problem.messages)
      return { where: problem.elementName ?? '', text: said?.text ?? '', todo: said?.todo ?? '' }
    }),
  }
}
