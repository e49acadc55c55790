import Check from 'lucide-solid/icons/check'
import Minus from 'lucide-solid/icons/minus'
import Pause from 'lucide-solid/icons/pause'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import Undo2 from 'lucide-solid/icons/undo-2'
import { createMemo, For, type JSX, Match, Show, Switch } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { t } from '../i18n/i18n.ts'
import './ring.css'
import { arcBetween, divide, RING_BOX } from './ring-geometry.ts'
import type { RingCentre, RingView } from './ring-view.ts'

/** `mini` holds no words and stands in dense lists; `row` 52 px; `large` on the desk case page; `hero` on a phone's. */
export type RingSize = 'mini' | 'small' | 'row' | 'large' | 'hero'

/** Stroke and gap in hundredths of the side, for each size. */
const SHAPE: Record<RingSize, { stroke: number; gap: number }> = {
  mini: { stroke: 13, gap: 7 },
  small: { stroke: 10, gap: 6 },
  row: { stroke: 9.6, gap: 5.4 },
  large: { stroke: 8.8, gap: 3 },
  hero: { stroke: 6.6, gap: 5 },
}

const SIGNS = { pause: Pause, return: Undo2, stop: Minus, check: Check, alert: TriangleAlert }

interface RingProps {
  view: RingView
  size?: RingSize
  /** Words for a screen reader in place of those made from the view; empty when the words stand beside the ring. */
  label?: string
  /** Stands in the middle in place of days or sign. */
  children?: JSX.Element
}

/**
 * The ring of a case: an arc a stage, clockwise from twelve o'clock; its colour is the clock, the middle says it in
 * days or a sign. A closed ring is ink all round with a small seal where it meets.
 */
export function Ring(props: RingProps) {
  const size = () => props.size ?? 'row'
  const shape = () => SHAPE[size()]
  const radius = () => (RING_BOX - shape().stroke) / 2
  const parts = createMemo(() => drawnArcs(props.view, radius(), shape().gap))
  const label = () => props.label ?? ringLabel(props.view)
  return (
    <span
      class={`ring ${size()} tone-${props.view.tone} look-${props.view.look}`}
      role="img"
      aria-label={label()}
      aria-hidden={label() === '' ? 'true' : undefined}
    >
      <svg viewBox={`0 0 ${RING_BOX} ${RING_BOX}`} aria-hidden="true">
        <Show when={props.view.look !== 'closed'} fallback={<ClosedRing radius={radius()} stroke={shape().stroke} />}>
          <For each={parts()}>
            {(part) => <path class={`arc ${part.kind}`} d={part.path} stroke-width={shape().stroke} />}
          </For>
        </Show>
      </svg>
      <Show when={size() !== 'mini'}>
        <span class="ring-middle" aria-hidden="true">
          {props.children ?? <Centre centre={props.view.centre} />}
        </span>
      </Show>
    </span>
  )
}

function ClosedRing(props: { radius: number; stroke: number }) {
  const side = () => props.stroke * 1.42
  return (
    <>
      <circle class="arc done" cx={RING_BOX / 2} cy={RING_BOX / 2} r={props.radius} stroke-width={props.stroke} />
      <rect
        class="clasp"
        x={(RING_BOX - side()) / 2}
        y={(props.stroke - side()) / 2}
        width={side()}
        height={side()}
        rx={props.stroke / 5}
      />
    </>
  )
}

/** What stands in the middle of a ring: days, a number or a sign. */
export function Centre(props: { centre: RingCentre }) {
  const is = <K extends RingCentre['kind']>(kind: K) =>
    props.centre.kind === kind ? (props.centre as Extract<RingCentre, { kind: K }>) : undefined
  return (
    <Switch>
      <Match when={is('days')}>
        {(centre) => (
          <b>
            {centre().days}
            <i>{t('ring.day')}</i>
          </b>
        )}
      </Match>
      <Match when={is('late')}>
        {(centre) => (
          <b class={centre().days > 9 ? 'long' : ''}>
            <i>{t('ring.late')}</i>
            {centre().days}
            <i>{t('ring.day')}</i>
          </b>
        )}
      </Match>
      <Match when={is('today')}>
        <b class="word">{t('ring.today')}</b>
      </Match>
      <Match when={is('lateToday')}>
        <b class="word">{t('ring.today')}</b>
      </Match>
      <Match when={is('count')}>{(centre) => <b class="count">{centre().count}</b>}</Match>
      <Match when={is('step')}>
        {(centre) => (
          <b>
            {centre().step}
            <i>/{centre().total}</i>
          </b>
        )}
      </Match>
      <Match when={is('sign')}>{(centre) => <Dynamic component={SIGNS[centre().sign]} class="ring-sign" />}</Match>
    </Switch>
  )
}

interface DrawnArc {
  readonly kind: 'done' | 'current' | 'ahead' | 'bed'
  readonly path: string
}

/** The paths of a ring: what is ahead, then beds of open arcs, then what is filled, so that colour lies on top. */
function drawnArcs(view: RingView, radius: number, gap: number): DrawnArc[] {
  const arcs = divide(view.arcs.length, radius, gap).map((arc, index) => ({
    ...arc,
    state: view.arcs[index] ?? 'ahead',
  }))
  const beds: DrawnArc[] = arcs
    .filter((arc) => arc.state !== 'done')
    .map((arc) => ({
      kind: arc.state === 'current' ? 'bed' : 'ahead',
      path: arcBetween(arc.from, arc.to, radius).path,
    }))
  const filled: DrawnArc[] = arcs.flatMap((arc): DrawnArc[] => {
    if (arc.state === 'done') return [{ kind: 'done', path: arcBetween(arc.from, arc.to, radius).path }]
    // An arc just begun still shows a sliver, else an open case looks like one not begun.
    const fill = Math.max(view.fill, 0.12)
    if (arc.state !== 'current' || view.look === 'stopped') return []
    return [{ kind: 'current', path: arcBetween(arc.from, arc.from + (arc.to - arc.from) * fill, radius).path }]
  })
  return [...beds, ...filled]
}

/** A ring in words: how many steps, at which, how long. */
export function ringLabel(view: RingView): string {
  const total = view.arcs.length
  const where =
    view.step !== null && view.look !== 'closed'
      ? t('ring.stage', { total, step: view.step, name: view.stageName ?? '' })
      : t('ring.stages', { total })
  return [where, stateWords(view)].join(t('ring.separator'))
}

function stateWords(view: RingView): string {
  const centre = view.centre
  if (centre.kind === 'days') return t('ring.daysLeft', { days: centre.days })
  if (centre.kind === 'late') return t('ring.daysLate', { days: centre.days })
  if (centre.kind === 'today') return t('ring.dueToday')
  if (centre.kind === 'lateToday') return t('ring.lateToday')
  return t(`ring.${view.look}`)
}
