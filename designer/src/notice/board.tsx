import type { NoticeBoard } from '@bihuan/runtime/contract'
import { A, useNavigate, useSearchParams } from '@solidjs/router'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import LogIn from 'lucide-solid/icons/log-in'
import Megaphone from 'lucide-solid/icons/megaphone'
import { createEffect, createMemo, For, Match, Show, Switch } from 'solid-js'
import { useNotice, useNoticeBoard } from '../api/notices.ts'
import { t } from '../i18n/i18n.ts'
import { EmptyState, ErrorState, Loading } from '../ui/state.tsx'
import { wide } from '../ui/wide.ts'
import './board.css'
import { NoticeDocument } from './notice-document.tsx'
import { NoticeList } from './notice-list.tsx'

/** The public board: notices of one unit, and the text of the chosen one. No sign-in, no variables, only notices. */
export function Board(props: { chosen?: string | undefined }) {
  const [params] = useSearchParams<{ unit?: string }>()
  const asked = useNotice(() => props.chosen)
  const unit = () => params.unit || undefined
  const board = useNoticeBoard(unit)
  const items = () => board.data?.items ?? []
  // A desk never shows an empty sheet beside a full list.
  const open = createMemo(() => {
    if (props.chosen !== undefined) return asked.data
    return wide() ? items()[0] : undefined
  })
  createEffect(() => {
    document.title = open()?.title ?? title(board.data)
  })
  const detail = () => (
    <Switch fallback={<Loading rows={2} />}>
      <Match when={props.chosen !== undefined && asked.isError && !asked.data}>
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      </Match>
      <Match when={open()}>
        {(notice) => <NoticeDocument notice={notice()} now={board.data?.now ?? notice().publishedAt} />}
      </Match>
    </Switch>
  )
  const list = () => (
    <Switch fallback={<Loading rows={3} />}>
      <Match when={board.isError && !board.data}>
        <ErrorState error={board.error} onRetry={() => void board.refetch()} />
      </Match>
      <Match when={board.data && items().length === 0}>
        <EmptyState sign={<Megaphone class="icon" />} title={t('board.none')} text={t('board.noneText')} />
      </Match>
      <Match when={board.data}>
        {(data) => (
          <NoticeList
            items={items()}
            now={data().now}
            unit={unit()}
            withUnit={data().unit === null && data().units.length > 1}
            chosen={open()?.key}
          />
        )}
      </Match>
    </Switch>
  )
  return (
    <div class="board">
      <Show
        when={wide()}
        fallback={
          <Show
            when={props.chosen !== undefined}
            fallback={
              <>
                <Mast board={board.data} />
                <main>{list()}</main>
              </>
            }
          >
            <nav aria-label={t('app.places')}>
              <A class="board-back" href={unit() ? `/notices?unit=${encodeURIComponent(unit() ?? '')}` : '/notices'}>
                <ChevronLeft class="icon" aria-hidden="true" />
                {t('board.back')}
              </A>
            </nav>
            <main>{detail()}</main>
          </Show>
        }
      >
        <Mast board={board.data} />
        <div class="board-columns">
          <aside>{list()}</aside>
          <main>
            <Show when={items().length > 0 || props.chosen !== undefined}>{detail()}</Show>
          </main>
        </div>
      </Show>
    </div>
  )
}

/** Whose board it is: the unit asked for, else the only one that has notices. */
function title(board: NoticeBoard | undefined): string {
  const unit = board?.unit ?? (board?.units.length === 1 ? board.units[0] : null)
  return unit ? t('board.title', { unit: unit.name }) : t('board.titlePlain')
}

function Mast(props: { board: NoticeBoard | undefined }) {
  const navigate = useNavigate()
  const units = () => props.board?.units ?? []
  return (
    <header class="mast">
      <div class="mast-in">
        <div>
          <h1>{title(props.board)}</h1>
          <p>{t('board.intro')}</p>
        </div>
        <nav>
          <Show when={units().length > 1}>
            <select
              class="mast-units"
              aria-label={t('board.choose')}
              value={props.board?.unit?.id ?? ''}
              onChange={(event) => {
                const unit = event.currentTarget.value
                navigate(unit === '' ? '/notices' : `/notices?unit=${encodeURIComponent(unit)}`)
              }}
            >
              <option value="" selected={props.board?.unit === null}>
                {t('board.allUnits')}
              </option>
              <For each={units()}>
                {(unit) => (
                  <option value={unit.id} selected={unit.id === props.board?.unit?.id}>
                    {unit.name}
                  </option>
                )}
              </For>
            </select>
          </Show>
          <A class="btn secondary small" href="/">
            <LogIn class="icon s" aria-hidden="true" />
            {t('board.toWork')}
          </A>
        </nav>
      </div>
    </header>
  )
}
