import type { StuckGroup } from '@bihuan/runtime/contract'
import { useSearchParams } from '@solidjs/router'
import CircleCheck from 'lucide-solid/icons/circle-check'
import FileSearch from 'lucide-solid/icons/file-search'
import ListChecks from 'lucide-solid/icons/list-checks'
import { createEffect, createMemo, For, Match, Show, Switch } from 'solid-js'
import { type GroupName, useStuckGroups } from '../api/operate.ts'
import { momentText } from '../i18n/dates.ts'
import { inLanguage, t } from '../i18n/i18n.ts'
import { ot } from '../i18n/oversight.ts'
import { Button } from '../ui/button.tsx'
import { More } from '../ui/more.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { EmptyState, ErrorState, Loading } from '../ui/state.tsx'
import { wide } from '../ui/wide.ts'
import { GroupDetail } from './group-detail.tsx'
import './stuck.css'

/** What is stuck: the list of groups, and the chosen one beside it; on a phone one after the other. */
export function StuckView() {
  const [params, setParams] = useSearchParams<{
    search?: string
    process?: string
    step?: string
    code?: string
    case?: string
    incident?: string
  }>()
  const search = () => params.search ?? ''
  const groups = useStuckGroups(search)
  const all = createMemo(() => groups.data?.pages.flatMap((page) => page.items) ?? [])
  const now = () => groups.data?.pages[0]?.now
  const named = (): GroupName | null =>
    params.process && params.step && params.code
      ? { processId: params.process, elementId: params.step, code: params.code }
      : null
  const isNamed = (group: GroupName, name: GroupName | null) =>
    group.processId === name?.processId && group.elementId === name.elementId && group.code === name.code
  /** A desk shows the first when none is named. */
  const chosen = createMemo(() => {
    const name = named()
    const found = name && all().find((group) => isNamed(group, name))
    if (found) return found
    // A search may leave out the one that was chosen before it.
    if (name && (search() === '' || groups.hasNextPage)) return null
    return wide() ? (all()[0] ?? null) : null
  })
  // One that was named by its address may be on a later page.
  createEffect(() => {
    if (named() && !chosen() && groups.hasNextPage && !groups.isFetchingNextPage) void groups.fetchNextPage()
  })
  const choose = ({ processId, elementId, code }: GroupName) =>
    setParams({ process: processId, step: elementId, code, case: undefined, incident: undefined })
  const leave = () =>
    setParams({ process: undefined, step: undefined, code: undefined, case: undefined, incident: undefined })
  const isAlone = () => !wide() && named() !== null
  return (
    <div class="stuck">
      <Show when={!isAlone()}>
        <aside class="stuck-list" aria-label={ot('list')}>
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
              <EmptyState sign={<CircleCheck class="icon" />} title={ot('none')} text={ot('noneText')} />
            </Match>
            <Match when={true}>
              <ul>
                <For each={all()}>
                  {(group) => (
                    <li>
                      <button
                        type="button"
                        class="stuck-row"
                        aria-current={isNamed(group, chosen()) ? 'true' : undefined}
                        onClick={() => choose(group)}
                      >
                        <GroupLine group={group} now={now()} />
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
              <Show when={named() && groups.data && !groups.hasNextPage && !(wide() && search() !== '')}>
                <EmptyState sign={<ListChecks class="icon" />} title={ot('gone')} text={ot('goneText')}>
                  <Button size="small" onClick={leave}>
                    {ot('back')}
                  </Button>
                </EmptyState>
              </Show>
            }
          >
            {(group) => <GroupDetail group={group()} onBack={isAlone() ? leave : undefined} />}
          </Show>
        </section>
      </Show>
    </div>
  )
}

function GroupLine(props: { group: StuckGroup; now: string | undefined }) {
  const only = () => props.group.only
  return (
    <>
      <i class="stuck-dot" aria-hidden="true" />
      <span class="stuck-words">
        <b>{inLanguage(props.group.titles) ?? props.group.code}</b>
        <span>{[props.group.processName, props.group.elementName ?? ''].filter(Boolean).join(t('app.separator'))}</span>
        <span>
          {only()
            ? [only()?.unit.name, only()?.caseNumber].filter(Boolean).join(' ')
            : ot('cases', { count: props.group.count })}
        </span>
      </span>
      <time class="num" dateTime={props.group.latest}>
        {momentText(props.group.latest, props.now)}
      </time>
    </>
  )
}
