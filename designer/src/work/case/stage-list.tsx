import Check from 'lucide-solid/icons/check'
import { For, Show } from 'solid-js'
import { dayText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import type { StageStory } from './stage-story.ts'
import { TrailBody } from './trail-line.tsx'
import { sayEntry, saySentence } from './trail-sentence.ts'
import './stage-list.css'

/** The stages of the ring from top to bottom, each with what happened in it; what is ahead is dashed. */
export function StageList(props: { stories: readonly StageStory[] }) {
  return (
    <ol class="stages">
      <For each={props.stories}>
        {(story) => (
          <li class={`stage ${story.stage.state}`} aria-current={story.stage.state === 'current' ? 'step' : undefined}>
            <i class="stage-mark" aria-hidden="true">
              <Show when={story.stage.state === 'done'}>
                <Check />
              </Show>
            </i>
            <h3>
              {story.stage.name}
              <Show when={span(story)}>{(words) => <time>{words()}</time>}</Show>
              <Show when={story.stage.state === 'ahead'}>
                <span class="sr">{t('case.stageAhead')}</span>
              </Show>
            </h3>
            <Show when={isLong(story)} fallback={<Entries entries={story.entries} />}>
              <details class="stage-fold">
                <summary>
                  {outcome(story)}{' '}
                  <span class="stage-count">{t('case.stageEntries', { count: story.entries.length })}</span>
                </summary>
                <Entries entries={story.entries} />
              </details>
            </Show>
          </li>
        )}
      </For>
    </ol>
  )
}

function Entries(props: { entries: StageStory['entries'] }) {
  return (
    <For each={props.entries}>
      {(entry) => (
        <div class="stage-entry">
          <TrailBody entry={entry} headless />
        </div>
      )}
    </For>
  )
}

/** A finished stage in which much happened says how it came out, and the rest on request. */
const isLong = ({ stage, entries }: StageStory): boolean => stage.state === 'done' && entries.length > 1

/** How a stage came out: what somebody did in it last. */
function outcome({ entries }: StageStory): string {
  const last = entries.findLast((entry) => sayEntry(entry).who !== null) ?? entries.at(-1)
  return last ? saySentence(sayEntry(last)) : ''
}

function span(story: StageStory): string | null {
  if (story.from === null || story.to === null || story.stage.state === 'ahead') return null
  const from = dayText(story.from)
  if (story.stage.state === 'current') return t('case.stageFrom', { day: from })
  const to = dayText(story.to)
  return from === to ? from : t('case.stageSpan', { from, to })
}
