import type { PackageRow } from '@bihuan/runtime/contract'
import { useSearchParams } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import FileSearch from 'lucide-solid/icons/file-search'
import Plus from 'lucide-solid/icons/plus'
import { createEffect, createMemo, createSignal, For, Match, Show, Switch } from 'solid-js'
import { discardDraft, packagesKey, usePackages } from '../../api/packages.ts'
import { language } from '../../i18n/i18n.ts'
import { loadStudioEnglish, st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Ring } from '../../ui/ring.tsx'
import { emptyRing } from '../../ui/ring-view.ts'
import { SearchBox } from '../../ui/search-box.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { EmptyState, ErrorState, errorWords, Loading } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import { ImportButton } from './import-package.tsx'
import { type Beginning, NewPackageDialog } from './new-package.tsx'
import { PackageCard } from './package-card.tsx'
import { TemplateRow } from './template-row.tsx'
import '../../ui/field.css'
import '../../ui/tabs.css'
import './list.css'

const FILTERS = ['all', 'live', 'drafts', 'retired'] as const
type Filter = (typeof FILTERS)[number]

const fits: { readonly [F in Filter]: (row: PackageRow) => boolean } = {
  all: () => true,
  live: (row) => row.published !== null && !row.retired,
  drafts: (row) => row.draft !== null,
  retired: (row) => row.retired,
}

/** The process packages of a designer: drafts, what is in use, and the examples to start from. */
export default function ListPage() {
  const [params, setParams] = useSearchParams<{ search?: string; show?: string }>()
  const [beginning, setBeginning] = createSignal<Beginning | null>(null)
  const [dropping, setDropping] = createSignal<PackageRow | null>(null)
  const packages = usePackages()
  createEffect(() => language() === 'en' && void loadStudioEnglish())
  const filter = (): Filter => FILTERS.find((each) => each === params.show) ?? 'all'
  const search = () => params.search ?? ''
  const rows = createMemo(() => {
    const wanted = search().toLowerCase()
    return (packages.data?.items ?? []).filter(
      (row) =>
        fits[filter()](row) &&
        [row.name, row.description, row.department, row.id, ...row.stages].some((text) =>
          text?.toLowerCase().includes(wanted),
        ),
    )
  })
  const templates = () => packages.data?.templates ?? []
  const fresh = (name = '', from: Beginning['from'] = { kind: 'blank' }) =>
    setBeginning({ title: st('list.newTitle'), name, from })
  const useTemplate = (id: string) => fresh(templates().find((one) => one.id === id)?.name, { kind: 'template', id })
  return (
    <Page class="packages">
      <header class="packages-head">
        <h1>{st('list.title')}</h1>
        <nav class="tabs bare" aria-label={st('list.filter')}>
          <For each={FILTERS}>
            {(each) => (
              <button
                type="button"
                class="tab"
                aria-current={filter() === each ? 'true' : undefined}
                onClick={() => setParams({ show: each === 'all' ? undefined : each }, { replace: true })}
              >
                {st(`list.${each}`)}
                <Show when={each === 'all' && packages.data?.items.length}>
                  {(count) => <span class="count">{count()}</span>}
                </Show>
              </button>
            )}
          </For>
        </nav>
        <SearchBox
          label={st('list.search')}
          value={search()}
          onChange={(value) => setParams({ search: value || undefined }, { replace: true })}
        />
        <ImportButton />
        <Button size="small" kind={packages.data?.items.length === 0 ? 'secondary' : 'primary'} onClick={() => fresh()}>
          <Plus class="icon s" aria-hidden="true" />
          {st('list.fresh')}
        </Button>
      </header>
      <Switch>
        <Match when={packages.isError && !packages.data}>
          <ErrorState error={packages.error} onRetry={() => void packages.refetch()} />
        </Match>
        <Match when={packages.isPending}>
          <Loading rows={5} />
        </Match>
        <Match when={packages.data}>
          {(list) => (
            <div class="packages-body">
              <Switch>
                <Match when={list().items.length === 0}>
                  <EmptyState
                    sign={
                      <Ring view={emptyRing(7)} size="large" label="">
                        {''}
                      </Ring>
                    }
                    title={st('list.none')}
                    text={st('list.noneText')}
                  >
                    <div class="packages-begin">
                      <Show when={templates()[0]}>
                        {(first) => (
                          <Button kind="primary" onClick={() => useTemplate(first().id)}>
                            {st('list.useTemplate', { name: first().name })}
                          </Button>
                        )}
                      </Show>
                      <Button onClick={() => fresh()}>{st('list.blank')}</Button>
                    </div>
                  </EmptyState>
                </Match>
                <Match when={rows().length === 0}>
                  <EmptyState
                    sign={<FileSearch class="icon" />}
                    title={st('list.noneFound')}
                    text={st('list.noneFoundText')}
                  >
                    <Button size="small" onClick={() => setParams({ show: undefined, search: undefined })}>
                      {st('list.showAll')}
                    </Button>
                  </EmptyState>
                </Match>
                <Match when={true}>
                  <p class="packages-order quiet">{st('list.order')}</p>
                  <ul class="package-grid">
                    <For each={rows()}>
                      {(row) => (
                        <li>
                          <PackageCard
                            row={row}
                            now={list().now}
                            onCopy={() =>
                              setBeginning({
                                title: st('list.copyTitle', { name: row.name }),
                                name: st('list.copyName', { name: row.name }),
                                from: { kind: 'package', id: row.id },
                              })
                            }
                            onDrop={() => setDropping(row)}
                          />
                        </li>
                      )}
                    </For>
                  </ul>
                </Match>
              </Switch>
              <TemplateRow templates={templates()} onUse={useTemplate} />
            </div>
          )}
        </Match>
      </Switch>
      <NewPackageDialog beginning={beginning()} templates={templates()} onClose={() => setBeginning(null)} />
      <DropDialog row={dropping()} onClose={() => setDropping(null)} />
    </Page>
  )
}

/** Says what is lost with a draft before it is thrown away. */
function DropDialog(props: { row: PackageRow | null; onClose: () => void }) {
  const queries = useQueryClient()
  const [busy, setBusy] = createSignal(false)
  const isPublished = () => props.row?.published != null
  const words = () => (isPublished() ? ('dropText' as const) : ('removeText' as const))
  async function drop(row: PackageRow): Promise<void> {
    setBusy(true)
    try {
      await discardDraft(row.id)
      showToast(st(row.published ? 'list.dropped' : 'list.removed'))
      props.onClose()
    } catch (error) {
      showToast(errorWords(error).title, 'problem')
    } finally {
      setBusy(false)
      void queries.invalidateQueries({ queryKey: packagesKey })
    }
  }
  return (
    <Sheet
      open={props.row !== null}
      onClose={props.onClose}
      title={st(isPublished() ? 'list.dropTitle' : 'list.removeTitle', { name: props.row?.name ?? '' })}
      foot={
        <div class="sheet-acts">
          <Button size="small" onClick={props.onClose}>
            {st('list.keep')}
          </Button>
          <Button size="small" busy={busy()} onClick={() => props.row && void drop(props.row)}>
            {st(isPublished() ? 'list.dropDraft' : 'list.remove')}
          </Button>
        </div>
      }
    >
      <p class="sheet-text">{st(`list.${words()}`)}</p>
    </Sheet>
  )
}
