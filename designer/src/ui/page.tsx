import { type JSX, Show } from 'solid-js'
import { BottomBar } from './bottom-bar.tsx'
import './page.css'
import { wide } from './wide.ts'

/**
 * The frame of a page inside the app. On a phone it holds the bottom bar unless the page has its own foot
 * (`foot`: a sticky bar); on a desk the rail stands beside it already.
 */
export function Page(props: { children: JSX.Element; foot?: JSX.Element; noBar?: boolean; class?: string }) {
  return (
    <div class={`page ${props.class ?? ''}`}>
      <main id="content" class="page-main" tabindex="-1">
        {props.children}
      </main>
      <Show when={!wide()} fallback={props.foot}>
        <Show when={props.foot} fallback={<Show when={!props.noBar}>{<BottomBar />}</Show>}>
          {props.foot}
        </Show>
      </Show>
    </div>
  )
}
