import type { CaseList } from '@bihuan/runtime/contract'
import { A, useNavigate, useSearchParams } from '@solidjs/router'
import FileSearch from 'lucide-solid/icons/file-search'
import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { type CaseFilter, useCaseList } from '../../api/cases.ts'
import { dayText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ClockText } from '../../ui/clock-text.tsx'
import { More } from '../../ui/more.tsx'
import { Page } from '../../ui/page.tsx'
import { Ring } from '../../ui/ring.tsx'
import { caseRing, emptyRing } from '../../ui/ring-view.ts'
import { SearchBox } from '../../ui/search-box.tsx'
import { Segments } from '../../ui/segments.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx'
import { wide } from '../../ui/wide.ts'
import './cases-page.css'

type Row = CaseList['items'][number]

const FILTERS: readonly CaseFilter[] = ['all', 'open', 'ended']

/** All cases this person may see: a table on a desk, rows on a phone. */
export default function CasesPage() {
  const [params, setParams] = useSearchParams<{ search?: string; state?: string }>()
  const search = () => params.search ?? ''
  const filter = (): CaseFilter => FILTERS.find((each) => each === params.state) ?? 'all'
  const list = useCaseList(search, filter)
  const rows = createMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [])
  const now = () => list.data?.pages[0]?.now ?? ''
  const narrowed = () => search() !== '' || filter() !== 'all'
  return (
    <Page class="cases">
      <header class="cases-head">
        <h1>{t('cases.title')}</h1>
        <SearchBox
          label={t('cases.search')}
          value={search()}
          onChange={(value) => setParams({ search: value || undefined }, { replace: true })}
        />
        <Segments
          label={t('cases.filter')}
          value={filter()}
          options={FILTERS.map((each) => ({ value: each, label: t(`cases.${each}`) }))}
          onChange={(each) => setParams({ state: each === 'all' ? undefined : each }, { replace: true })}
        />
        <A class="cases-archived" href="/archived">
          {t('cases.archived')}
        </A>
      </header>
      <Switch>
        <Match when={list.isError && rows().length === 0}>
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        </Match>
        <Match when={list.isPending}>
          <Loading rows={5} />
        </Match>
        <Match when={rows().length === 0 && narrowed()}>
          <EmptyState sign={<FileSearch class="icon" />} title={t('cases.noneFound')} text={t('cases.noneFoundText')}>
            <Button size="small" onClick={() => setParams({ search: undefined, state: undefined })}>
              {t('cases.showAll')}
            </Button>
            <Show when={search()}>
              <A class="btn plain small" href={`/archived?number=${encodeURIComponent(search())}`}>
                {t('cases.searchArchived')}
              </A>
            </Show>
          </EmptyState>
        </Match>
        <Match when={rows().length === 0}>
          <EmptyState
            sign={<Ring view={emptyRing(8)} size="row" label="" />}
            title={t('cases.none')}
            text={t('cases.noneText')}
          />
        </Match>
        <Match when={true}>
          <Show when={wide()} fallback={<Rows rows={rows()} now={now()} />}>
            <Table rows={rows()} now={now()} />
          </Show>
          <More of={list} class="cases-more" small />
        </Match>
      </Switch>
    </Page>
  )
}

function Table(props: { rows: readonly Row[]; now: string }) {
  const navigate = useNavigate()
  return (
    <table class="cases-table">
      <thead>
        <tr>
          <th>{t('cases.columns.title')}</th>
          <th>{t('cases.columns.process')}</th>
          <th>{t('cases.columns.unit')}</th>
          <th>{t('cases.columns.stage')}</th>
          <th class="right">{t('cases.columns.started')}</th>
          <th class="right">{t('cases.columns.due')}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            // The whole row can be pressed; the link in it is what keyboard and screen reader use.
            <tr onClick={() => navigate(`/cases/${row.key}`)}>
              <td>
                <div class="cases-title">
                  <Ring view={caseRing(row.ring, props.now)} size="mini" />
                  <div>
                    <A href={`/cases/${row.key}`} onClick={(event) => event.stopPropagation()}>
                      {row.title}
                    </A>
                    <small class="num">{row.number}</small>
                  </div>
                </div>
              </td>
              <td>{row.processName}</td>
              <td>{row.unit.name}</td>
              <td>{where(row)}</td>
              <td class="right num">{dayText(row.startedAt)}</td>
              <td class="right">
                <Show when={row.endedAt === null}>
                  <ClockText dueAt={row.ring.dueAt} now={props.now} />
                </Show>
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}

function Rows(props: { rows: readonly Row[]; now: string }) {
  return (
    <ul class="cases-rows">
      <For each={props.rows}>
        {(row) => (
          <li>
            <A class="cases-row" href={`/cases/${row.key}`}>
              <Ring view={caseRing(row.ring, props.now)} size="row" />
              <div>
                <h2>{row.title}</h2>
                <p>{where(row)}</p>
                <p class="cases-meta">
                  <span>{[row.processName, row.unit.name].join(t('app.separator'))}</span>
                  <time dateTime={row.startedAt}>{dayText(row.startedAt)}</time>
                </p>
              </div>
            </A>
          </li>
        )}
      </For>
    </ul>
  )
}

/** The stage a case is in, or when it ended. */
function where(row: Row): string {
  if (row.endedAt !== null) {
    const key = row.ring.state === 'terminated' ? 'cases.stoppedOn' : 'cases.endedOn'
    return t(key, { day: dayText(row.endedAt) })
  }
  if (row.ring.state === 'suspended') return t('cases.suspended')
  return row.ring.stages.find((stage) => stage.state === 'current')?.name ?? t('cases.running')
}
