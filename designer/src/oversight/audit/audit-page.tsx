import type { AuditedRow, TrailPart } from '@bihuan/runtime/contract'
import { A, useSearchParams } from '@solidjs/router'
import FileSearch from 'lucide-solid/icons/file-search'
import ListFilter from 'lucide-solid/icons/list-filter'
import ScrollText from 'lucide-solid/icons/scroll-text'
import { createEffect, createMemo, createSignal, Match, on, Show, Switch } from 'solid-js'
import { type TrailSearch, useSealing, useTrailRows } from '../../api/audit.ts'
import { useSession } from '../../api/session.ts'
import { au, loadAuditEnglish } from '../../i18n/audit.ts'
import { language, t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { More } from '../../ui/more.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx'
import { wide } from '../../ui/wide.ts'
import { Ledger, LedgerPage } from '../ledger.tsx'
import { kindsOf, kindText } from './kinds.ts'
import { RowDetail } from './row-detail.tsx'
import { SealingCard } from './sealing-card.tsx'
import { type Narrow, TrailFilters } from './trail-filters.tsx'
import { TrailRows, TrailTable } from './trail-list.tsx'
import { actorText } from './words.ts'
import './audit.css'

type Params = Partial<Record<keyof TrailSearch | 'row', string>>

const NONE: TrailSearch = { part: '', kind: '', actor: '', number: '', from: '', to: '' }

/** The trail, for those who audit: how far it is sealed, its rows, and what proves each. */
export default function AuditPage() {
  const session = useSession()
  createEffect(() => language() === 'en' && void loadAuditEnglish())
  return (
    <LedgerPage title={au('trail')}>
      <Show
        when={session.data?.can.audit}
        fallback={
          <EmptyState sign={<ScrollText class="icon" />} title={t('app.noPermission')} text={au('auditorsOnly')} />
        }
      >
        <SealingCard />
        <TrailView />
      </Show>
    </LedgerPage>
  )
}

function TrailView() {
  const [params, setParams] = useSearchParams<Params>()
  const [isFiltering, setFiltering] = createSignal(false)
  const search = (): TrailSearch => ({
    part: params.part !== undefined && Object.hasOwn(kindsOf, params.part) ? (params.part as TrailPart) : '',
    kind: params.kind ?? '',
    actor: params.actor ?? '',
    number: params.number ?? '',
    from: params.from ?? '',
    to: params.to ?? '',
  })
  const list = useTrailRows(search)
  // What is not there yet is not asked for: the page would stand still until it is.
  const rows = createMemo(() => (list.isPending ? [] : (list.data?.pages.flatMap((page) => page.items) ?? [])))
  const sealing = useSealing()
  const sealedTo = () => (sealing.isSuccess ? (sealing.data.last?.number ?? 0) : undefined)
  // A new checkpoint seals rows that are on the screen.
  createEffect(
    on(
      sealedTo,
      (_, before) => {
        if (before !== undefined && rows().some(({ checkpoint }) => checkpoint === null)) void list.refetch()
      },
      { defer: true },
    ),
  )
  const nameOf = ({ stream, sequence }: AuditedRow) => `${stream}-${sequence}`
  const chosen = createMemo(() => rows().find((row) => nameOf(row) === params.row) ?? null)
  const [picked, setPicked] = createSignal('')
  // All rows are those of the one who is asked for; with none there is the name he was picked by.
  const actorName = () => {
    const [first] = rows()
    return first && first.actor.id === search().actor ? actorText(first.actor) : picked()
  }
  const narrow: Narrow = (part) =>
    setParams(
      {
        ...Object.fromEntries(Object.entries(part).map(([name, value]) => [name, value || undefined])),
        row: undefined,
      },
      { replace: true },
    )
  const filterCount = () => Object.entries(search()).filter(([name, value]) => name !== 'number' && value).length
  const isNarrowed = () => Object.values(search()).some((value) => value !== '')
  const choose = (row: AuditedRow) => setParams({ row: nameOf(row) })
  const filters = () => <TrailFilters search={search()} actorName={actorName()} onPick={setPicked} onChange={narrow} />
  return (
    <>
      <div class="ledger-filters">
        <SearchBox label={au('number')} value={search().number} onChange={(number) => narrow({ number })} />
        <Show
          when={wide()}
          fallback={
            <Button size="small" onClick={() => setFiltering(true)}>
              <ListFilter class="icon s" aria-hidden="true" />
              {[au('filters'), filterCount() || ''].join(' ').trim()}
            </Button>
          }
        >
          {filters()}
          <Clear when={isNarrowed()} onClick={() => narrow(NONE)} />
        </Show>
      </div>
      <Show when={search().number === '' && (search().part === '' || search().part === 'cases')}>
        <p class="ledger-note">{au('resting')}</p>
      </Show>
      <Show when={!wide()}>
        <Sheet open={isFiltering()} onClose={() => setFiltering(false)} title={au('filters')}>
          <div class="sheet-text filters-sheet">
            {filters()}
            <Clear when={filterCount() > 0} onClick={() => narrow({ ...NONE, number: search().number })} />
          </div>
        </Sheet>
      </Show>
      <Switch>
        <Match when={list.isError && rows().length === 0}>
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        </Match>
        <Match when={list.isPending}>
          <Loading rows={6} />
        </Match>
        <Match when={rows().length === 0 && list.hasNextPage}>
          <EmptyState sign={<FileSearch class="icon" />} title={au('noneFound')} text={au('goOnText')}>
            <Button size="small" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {au('goOn')}
            </Button>
          </EmptyState>
        </Match>
        <Match when={rows().length === 0}>
          <EmptyState
            sign={isNarrowed() ? <FileSearch class="icon" /> : <ScrollText class="icon" />}
            title={isNarrowed() ? au('noneFound') : au('none')}
            text={isNarrowed() ? au('noneFoundText') : undefined}
          >
            <Show when={search().number}>
              {(number) => (
                <A class="btn secondary small" href={`/archived?number=${encodeURIComponent(number())}`}>
                  {au('searchArchived')}
                </A>
              )}
            </Show>
          </EmptyState>
        </Match>
        <Match when={true}>
          <Ledger
            isChosen={chosen() !== null}
            title={kindText(chosen()?.kind ?? '')}
            // One that was left does not come back with the way back.
            onLeave={() => setParams({ row: undefined }, { replace: true })}
            list={
              <>
                <Show when={wide()} fallback={<TrailRows rows={rows()} onChoose={choose} />}>
                  <TrailTable rows={rows()} chosen={chosen()} onChoose={choose} />
                </Show>
                <More of={list} class="ledger-more" small />
              </>
            }
            detail={
              <Show when={chosen()} fallback={<p class="ledger-pick">{au('pick')}</p>}>
                {(row) => (
                  <RowDetail
                    row={row()}
                    onOnly={(actor) => {
                      setPicked(actorText(actor))
                      narrow({ actor: actor.id })
                    }}
                  />
                )}
              </Show>
            }
          />
        </Match>
      </Switch>
    </>
  )
}

function Clear(props: { when: boolean; onClick: () => void }) {
  return (
    <Show when={props.when}>
      <Button size="small" kind="plain" onClick={() => props.onClick()}>
        {au('clear')}
      </Button>
    </Show>
  )
}
