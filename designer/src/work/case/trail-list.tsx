import type { Trail, TrailEntry } from '@bihuan/runtime/contract'
import X from 'lucide-solid/icons/x'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { momentText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import { Segments } from '../../ui/segments.tsx'
import { TrailBody } from './trail-line.tsx'
import { isKey, sayEntry } from './trail-sentence.ts'
import './trail-list.css'

interface TrailListProps {
  trail: Trail
  now: string
  /** Only what happened at this element of the drawing, with its name; null for everything. */
  at?: { elementId: string; name: string } | null
  onClear?: () => void
}

/** What happened, newest first: first what matters, everything on request. */
export function TrailList(props: TrailListProps) {
  const [all, setAll] = createSignal(false)
  const shown = createMemo(() => entriesOf(props.trail.entries, all(), props.at?.elementId ?? null))
  return (
    <section class="trail" aria-labelledby="trail-title">
      <header class="trail-head">
        <h2 id="trail-title">{t('case.trail')}</h2>
        <Show
          when={props.at}
          fallback={
            <Segments
              label={t('case.trail')}
              value={all() ? 'all' : 'important'}
              options={[
                { value: 'important', label: t('case.trailImportant') },
                { value: 'all', label: t('case.trailAll', { count: props.trail.entries.length }) },
              ]}
              onChange={(value) => setAll(value === 'all')}
            />
          }
        >
          {(at) => (
            <button type="button" class="trail-filter" onClick={() => props.onClear?.()}>
              {t('case.trailOf', { name: at().name })}
              <X class="icon s" aria-hidden="true" />
              <span class="sr">{t('case.trailOfClear')}</span>
            </button>
          )}
        </Show>
      </header>
      <Show when={shown().length > 0} fallback={<p class="trail-empty">{t('case.trailEmpty')}</p>}>
        <ol class="trail-entries">
          <For each={shown()}>
            {(entry) => (
              <li class={`trail-entry ${toneOf(entry)}`}>
                <i class="trail-mark" aria-hidden="true" />
                <div>
                  <h3>
                    {sayEntry(entry).head}
                    <time dateTime={entry.at}>{momentText(entry.at, props.now)}</time>
                  </h3>
                  <TrailBody entry={entry} />
                </div>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </section>
  )
}

function entriesOf(entries: readonly TrailEntry[], all: boolean, elementId: string | null): TrailEntry[] {
  const wanted = entries.filter((entry) => (elementId === null ? all || isKey(entry) : entry.elementId === elementId))
  return wanted
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => b.entry.sequence - a.entry.sequence || b.index - a.index)
    .map(({ entry }) => entry)
}

/** What an entry looks like: trouble red, an official publication sealed, the quiet rest grey. */
function toneOf(entry: TrailEntry): string {
  if (entry.kind === 'incident.created' || entry.kind === 'job.failed') return 'bad'
  if (entry.facts.notice) return 'sealed'
  return entry.important ? 'key' : 'quiet-entry'
}
