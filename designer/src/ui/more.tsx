import { Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button } from './button.tsx'
import { Refusal } from './refusal.tsx'

/** A list that is read page by page. */
interface Paged {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly isFetchNextPageError: boolean
  readonly error: unknown
  fetchNextPage(): Promise<unknown>
}

/** The button that fetches the next page of a list, and what kept it from coming; nothing when there is none. */
export function More(props: { of: Paged; class?: string; small?: boolean; wide?: boolean }) {
  return (
    <Show when={props.of.hasNextPage}>
      <div class={props.class ?? 'more'}>
        <Button
          size={props.small ? 'small' : undefined}
          wide={props.wide}
          busy={props.of.isFetchingNextPage}
          onClick={() => void props.of.fetchNextPage()}
        >
          {t('app.more')}
        </Button>
        <Refusal error={props.of.isFetchNextPageError && props.of.error} />
      </div>
    </Show>
  )
}
