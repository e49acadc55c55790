import { useSearchParams } from '@solidjs/router'
import Archive from 'lucide-solid/icons/archive'
import FileSearch from 'lucide-solid/icons/file-search'
import { createEffect, createMemo, For, Match, Show, Switch } from 'solid-js'
import { type ArchivedCase, type ArchivedSearch, useArchived } from '../../api/archived.ts'
import { ApiProblem } from '../../api/http.ts'
import { au, loadAuditEnglish } from '../../i18n/audit.ts'
import { fullDayText } from '../../i18n/dates.ts'
import { language, t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { More } from '../../ui/more.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx'
import { wide } from '../../ui/wide.ts'
import { Days, Ledger, LedgerPage } from '../ledger.tsx'
import { ArchivedDetail } from './archived-detail.tsx'

type Params = Partial<Record<keyof ArchivedSearch | 'key', string>>

/** Cases that were moved to archive packages: found by number and days, and handed out. */
export default function ArchivedPage() {
  const [params, setParams] = useSearchParams<Params>()
  createEffect(() => language() === 'en' && void loadAuditEnglish())
  const search = (): ArchivedSearch => ({
    number: params.number ?? '',
    from: params.from ?? '',
    to: params.to ?? '',
  })
  const list = useArchived(search)
  // What is not there yet is not asked for: the page would stand still until it is.
  const rows = createMemo(() => (list.isPending ? [] : (list.data?.pages.flatMap((page) => page.items) ?? [])))
  const chosen = createMemo(() => rows().find(({ key }) => key === params.key) ?? null)
  const narrow = (part: Partial<ArchivedSearch>) =>
    setParams(
      {
        ...Object.fromEntries(Object.entries(part).map(([name, value]) => [name, value || undefined])),
        key: undefined,
      },
      { replace: true },
    )
  /** Other words than elsewhere: these cases are shown to whoever had a part in them. */
  const isForbidden = () => list.error instanceof ApiProblem && list.error.status === 403
  const isNarrowed = () => Object.values(search()).some((value) => value !== '')
  const showAll = () => narrow({ number: '', from: '', to: '' })
  return (
    <LedgerPage title={au('archived')}>
      <Show when={!isForbidden()}>
        <div class="ledger-filters">
          <SearchBox label={au('archive.search')} value={search().number} onChange={(number) => narrow({ number })} />
          <Days from={search().from} to={search().to} onChange={narrow} />
        </div>
      </Show>
      <Switch>
        <Match when={list.isError && rows().length === 0}>
          <Show when={isForbidden()} fallback={<ErrorState error={list.error} onRetry={() => void list.refetch()} />}>
            <EmptyState
              sign={<Archive class="icon" />}
              title={t('app.noPermission')}
              text={au('archive.noPermissionText')}
            />
          </Show>
        </Match>
        <Match when={list.isPending}>
          <Loading rows={5} />
        </Match>
        <Match when={rows().length === 0 && isNarrowed()}>
          <EmptyState sign={<FileSearch class="icon" />} title={au('noneFound')} text={au('archive.noneFoundText')}>
            <Button size="small" onClick={showAll}>
              {au('showAll')}
            </Button>
          </EmptyState>
        </Match>
        <Match when={rows().length === 0}>
          <EmptyState sign={<Archive class="icon" />} title={au('archive.none')} text={au('archive.noneText')} />
        </Match>
        <Match when={true}>
          <Ledger
            isChosen={chosen() !== null}
            title={chosen()?.number ?? au('noNumber')}
            // One that was left does not come back with the way back.
            onLeave={() => setParams({ key: undefined }, { replace: true })}
            list={
              <>
                <Show when={wide()} fallback={<Rows rows={rows()} onChoose={(key) => setParams({ key })} />}>
                  <Table rows={rows()} chosen={chosen()?.key} onChoose={(key) => setParams({ key })} />
                </Show>
                <More of={list} class="ledger-more" small />
              </>
            }
            detail={
              <Show when={chosen()} fallback={<p class="ledger-pick">{au('archive.pick')}</p>}>
                {(one) => <ArchivedDetail one={one()} />}
              </Show>
            }
          />
        </Match>
      </Switch>
    </LedgerPage>
  )
}

interface ListProps {
  readonly rows: readonly ArchivedCase[]
  readonly chosen?: string | undefined
  readonly onChoose: (key: string) => void
}

function Table(props: ListProps) {
  return (
    <table class="ledger-table">
      <thead>
        <tr>
          <th scope="col">{au('archive.columns.number')}</th>
          <th scope="col">{au('archive.columns.process')}</th>
          <th scope="col">{au('archive.columns.unit')}</th>
          <th scope="col">{au('archive.columns.started')}</th>
          <th scope="col">{au('archive.columns.ended')}</th>
          <th scope="col">{au('archive.columns.archived')}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            // The whole row can be pressed; the button in it is what keyboard and screen reader use.
            <tr aria-current={row.key === props.chosen ? 'true' : undefined} onClick={() => props.onChoose(row.key)}>
              <td>
                <button type="button" class="ledger-link num">
                  {row.number ?? au('noNumber')}
                </button>
              </td>
              <td>{row.processName}</td>
              <td>{row.unit.name}</td>
              <td class="num">{fullDayText(row.startedAt)}</td>
              <td class="num">
                {fullDayText(row.endedAt)}
                <Show when={row.state === 'terminated'}>
                  <small>{au('archive.states.terminated')}</small>
                </Show>
              </td>
              <td class="num">{fullDayText(row.archivedAt)}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}

function Rows(props: ListProps) {
  return (
    <ul class="ledger-rows">
      <For each={props.rows}>
        {(row) => (
          <li>
            <button type="button" class="ledger-row" onClick={() => props.onChoose(row.key)}>
              <b class="num">{row.number ?? au('noNumber')}</b>
              <span>{[row.processName, row.unit.name].join(t('app.separator'))}</span>
              <small class="num">{[fullDayText(row.endedAt), au(`archive.states.${row.state}`)].join(' ')}</small>
            </button>
          </li>
        )}
      </For>
    </ul>
  )
}
