import Check from 'lucide-solid/icons/check'
import { For, Show } from 'solid-js'
import { dayText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import type { StageStory } from './stage-story.ts'
import { TrailBody } from './trail-line.tsx'
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
            <For each={story.entries}>
              {(entry) => (
                <div class="stage-entry">
                  <TrailBody entry={entry} headless />
                </div>
              )}
            </For>
          </li>
        )}
      </For>
    </ol>
  )
}

function span(story: StageStory): string | null {
  if (story.from === null || story.to === null || story.stage.state === 'ahead') return null
  const from = dayText(story.from)
  if (story.stage.state === 'current') return t('case.stageFrom', { day: from })
  const to = dayText(story.to)
  return from === to ? from : t('case.stageSpan', { from, to })
}
