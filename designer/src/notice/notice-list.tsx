import type { Notice } from '@bihuan/runtime/contract'
import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Ring } from '../ui/ring.tsx'
import { periodRing } from '../ui/ring-view.ts'
import { kindWords, paragraphs, untilWords } from './notice-words.ts'

interface NoticeListProps {
  items: readonly Notice[]
  now: string
  /** The unit chosen in the address, carried along. */
  unit: string | undefined
  /** Says whose each notice is, when several units are shown. */
  withUnit: boolean
  chosen: string | undefined
}

const metaWords = (notice: Notice, withUnit: boolean): string =>
  [...(withUnit ? [notice.unit.name] : []), kindWords(notice), untilWords(notice)].join(t('app.separator'))

/** Notices in two groups: those to be seen now, and those whose time is over. */
export function NoticeList(props: NoticeListProps) {
  const group = (state: Notice['state']) => props.items.filter((notice) => notice.state === state)
  return (
    <>
      <Group {...props} items={group('open')} title={t('board.open')} hint={t('board.openHint')} />
      <Group {...props} items={group('past')} title={t('board.past')} />
    </>
  )
}

function Group(props: NoticeListProps & { title: string; hint?: string }) {
  const address = (notice: Notice) =>
    `/notices/${notice.key}${props.unit ? `?unit=${encodeURIComponent(props.unit)}` : ''}`
  return (
    <Show when={props.items.length > 0}>
      <section class="board-group">
        <h2>
          {props.title}
          <Show when={props.hint}>
            <span>{props.hint}</span>
          </Show>
        </h2>
        <ul>
          <For each={props.items}>
            {(notice) => (
              <li>
                <A
                  class="board-row"
                  href={address(notice)}
                  aria-current={notice.key === props.chosen ? 'true' : undefined}
                >
                  <Ring view={periodRing(notice.publishedAt, notice.until, props.now)} size="row" label="" />
                  <div>
                    <h3>{notice.title}</h3>
                    <p class="board-first">{paragraphs(notice.text)[0] ?? ''}</p>
                    <p class="board-meta">{metaWords(notice, props.withUnit)}</p>
                  </div>
                </A>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
