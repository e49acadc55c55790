import { useSearchParams } from '@solidjs/router'
import CircleCheck from 'lucide-solid/icons/circle-check'
import FileSearch from 'lucide-solid/icons/file-search'
import ListChecks from 'lucide-solid/icons/list-checks'
import { createEffect, createMemo, For, type JSX, Match, Show, Switch } from 'solid-js'
import { type Pages, pagesOf } from '../api/operate.ts'
import { momentText } from '../i18n/dates.ts'
import { t } from '../i18n/i18n.ts'
import { ot } from '../i18n/oversight.ts'
import { Button } from '../ui/button.tsx'
import { More } from '../ui/more.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { EmptyState, ErrorState, Loading } from '../ui/state.tsx'
import { wide } from '../ui/wide.ts'
import './stuck.css'

/** What of the address names a group, and a case of it. */
const NAMES = ['process', 'step', 'code', 'role', 'office', 'assignee'] as const
export type Place = { readonly [name in (typeof NAMES)[number]]?: string | undefined }
export const noGroup = {
  process: undefined,
  step: undefined,
  code: undefined,
  role: undefined,
  office: undefined,
  assignee: undefined,
  case: undefined,
  incident: undefined,
} as const

/** What stands still at one step of one process. */
interface Group {
  readonly processName: string
  readonly elementName: string | null
  readonly count: number
  readonly latest: string
  readonly only: { readonly unit: { readonly name: string }; readonly caseNumber: string | null } | null
}

/** Groups as a list, and the chosen one beside it; on a phone one after the other. */
export function Groups<G extends Group>(props: {
  /** What is asked for with what is searched for. */
  of: (search: () => string) => Pages<G>
  label: string
  none: string
  noneText: string
  gone: string
  goneText: string
  placeOf: (group: G) => Place
  title: (group: G) => string
  count: (group: G) => string
  detail: (group: () => G, onBack: (() => void) | undefined) => JSX.Element
}) {
  const [params, setParams] = useSearchParams<Record<(typeof NAMES)[number] | 'search', string>>()
  const search = () => params.search ?? ''
  const groups = props.of(search)
  const all = createMemo(() => pagesOf(groups).flatMap((page) => page.items))
  const now = () => pagesOf(groups)[0]?.now
  const isNamed = () => params.process !== undefined && params.step !== undefined
  const find = () =>
    all().find((group) => {
      const place = props.placeOf(group)
      return NAMES.every((name) => place[name] === params[name])
    })
  /** A desk shows the first when none is named. */
  const chosen = createMemo(() => {
    const found = isNamed() && find()
    if (found) return found
    // A search may leave out the one that was chosen before it.
    if (isNamed() && (search() === '' || groups.hasNextPage)) return null
    return wide() ? (all()[0] ?? null) : null
  })
  // One that was named by its address may be on a later page.
  createEffect(() => {
    if (isNamed() && !chosen() && groups.hasNextPage && !groups.isFetchingNextPage) void groups.fetchNextPage()
  })
  const leave = () => setParams(noGroup)
  const isAlone = () => !wide() && isNamed()
  const only = ({ only }: G) => only && [only.unit.name, only.caseNumber].filter(Boolean).join(' ')
  return (
    <div class="stuck">
      <Show when={!isAlone()}>
        <aside class="stuck-list" aria-label={props.label}>
          <SearchBox
            label={ot('search')}
            value={search()}
            onChange={(value) => setParams({ search: value || undefined }, { replace: true })}
          />
          <Switch>
            <Match when={groups.isError && !groups.data}>
              <ErrorState error={groups.error} onRetry={() => void groups.refetch()} />
            </Match>
            <Match when={groups.isPending}>
              <Loading rows={5} />
            </Match>
            <Match when={all().length === 0 && search() !== ''}>
              <EmptyState sign={<FileSearch class="icon" />} title={ot('noneFound')} text={ot('noneFoundText')}>
                <Button size="small" onClick={() => setParams({ search: undefined })}>
                  {ot('showAll')}
                </Button>
              </EmptyState>
            </Match>
            <Match when={all().length === 0}>
              <EmptyState sign={<CircleCheck class="icon" />} title={props.none} text={props.noneText} />
            </Match>
            <Match when={true}>
              <ul>
                <For each={all()}>
                  {(group) => (
                    <li>
                      <button
                        type="button"
                        class="stuck-row"
                        aria-current={group === chosen() ? 'true' : undefined}
                        onClick={() => setParams({ ...noGroup, ...props.placeOf(group) })}
                      >
                        <i class="stuck-dot" aria-hidden="true" />
                        <span class="stuck-words">
                          <b>{props.title(group)}</b>
                          <span>
                            {[group.processName, group.elementName ?? ''].filter(Boolean).join(t('app.separator'))}
                          </span>
                          <span>{only(group) || props.count(group)}</span>
                        </span>
                        <time class="num" dateTime={group.latest}>
                          {momentText(group.latest, now())}
                        </time>
                      </button>
                    </li>
                  )}
                </For>
              </ul>
              <More of={groups} class="stuck-more" small />
            </Match>
          </Switch>
        </aside>
      </Show>
      <Show when={wide() || isAlone()}>
        <section class="stuck-detail">
          <Show
            when={chosen()}
            fallback={
              <Show when={isNamed() && groups.data && !groups.hasNextPage && !(wide() && search() !== '')}>
                <EmptyState sign={<ListChecks class="icon" />} title={props.gone} text={props.goneText}>
                  <Button size="small" onClick={leave}>
                    {ot('back')}
                  </Button>
                </EmptyState>
              </Show>
            }
          >
            {(group) => props.detail(group, isAlone() ? leave : undefined)}
          </Show>
        </section>
      </Show>
    </div>
  )
}
