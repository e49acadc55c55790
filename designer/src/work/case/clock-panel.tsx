import { For, Show } from 'solid-js'
import { dayText, deadlineText } from '../../i18n/dates.ts'
import { t } from '../../i18n/i18n.ts'
import { type CaseClock, MAX_CELLS } from './case-clock.ts'
import './clock-panel.css'

/** The clock of a case: a cell a day for a month at most, else a bar; used days are filled, the last one is the limit. */
export function ClockPanel(props: { clock: CaseClock; now: string }) {
  const clock = () => props.clock
  const days = () => Math.max(clock().total, clock().used)
  const until = () => deadlineText(clock().until)
  const title = () =>
    clock().step === null
      ? t('case.clockCase', { days: clock().total })
      : t('case.clockStep', { name: clock().step ?? '', days: clock().total })
  return (
    <section class={`clock-panel ${clock().tone}`}>
      <header>
        <b>{title()}</b>
        <span class="num">{t('case.clockOf', { used: clock().used, total: clock().total })}</span>
      </header>
      <div
        role="img"
        aria-label={t('case.clockLabel', { from: dayText(clock().from), used: clock().used, until: until() })}
      >
        <Show when={days() <= MAX_CELLS} fallback={<Bar used={clock().used / days()} />}>
          <div class="clock-cells" style={{ 'grid-template-columns': `repeat(${days()}, minmax(0, 1fr))` }}>
            <For each={Array.from({ length: days() }, (_, index) => index)}>
              {(index) => (
                <i
                  classList={{
                    used: index < clock().used,
                    today: index === Math.min(clock().used, days() - 1),
                    limit: index === clock().total - 1,
                  }}
                />
              )}
            </For>
          </div>
        </Show>
      </div>
      <footer>
        <span>{dayText(clock().from)}</span>
        <span classList={{ late: clock().late }}>
          {clock().late ? t('case.clockLate', { day: until() }) : t('case.clockUntil', { day: until() })}
        </span>
      </footer>
    </section>
  )
}

function Bar(props: { used: number }) {
  return (
    <div class="clock-bar">
      <i style={{ width: `${Math.round(props.used * 1000) / 10}%` }} />
      <em />
    </div>
  )
}
