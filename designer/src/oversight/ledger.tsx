import { type JSX, Show } from 'solid-js'
import { au } from '../i18n/audit.ts'
import { DateBox } from '../ui/date-box.tsx'
import { Page } from '../ui/page.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { wide } from '../ui/wide.ts'
import './ledger.css'

/** A page of records that are only read: its head, and below it what it lists. */
export function LedgerPage(props: { title: string; children: JSX.Element }) {
  return (
    <Page class="ledger">
      <header class="ledger-head">
        <h1>{props.title}</h1>
      </header>
      {props.children}
    </Page>
  )
}

/** A list and the one that is chosen in it: beside it on a desk, in a sheet on a phone. */
export function Ledger(props: {
  list: JSX.Element
  /** The chosen one; what stands in its place on a desk while none is. */
  detail: JSX.Element
  isChosen: boolean
  title: string
  onLeave: () => void
}) {
  return (
    <div class="ledger-body">
      <section class="ledger-list" aria-label={au('list')}>
        {props.list}
      </section>
      <Show
        when={wide()}
        fallback={
          <Sheet open={props.isChosen} onClose={props.onLeave} title={props.title}>
            <div class="ledger-sheet">{props.detail}</div>
          </Sheet>
        }
      >
        <aside class="ledger-detail" aria-label={au('detail')}>
          {props.detail}
        </aside>
      </Show>
    </div>
  )
}

/** A name and what it is, in the detail of a record. */
export function Fact(props: { name: string; children: JSX.Element }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}

/** Two days that a search lies between. */
export function Days(props: { from: string; to: string; onChange: (days: { from?: string; to?: string }) => void }) {
  const Day = (day: { name: string; value: string; onChange: (value: string) => void }) => (
    <label class="ledger-day">
      <span>{day.name}</span>
      <DateBox type="date" value={day.value} onChange={(event) => day.onChange(event.currentTarget.value)} />
    </label>
  )
  return (
    <>
      <Day name={au('from')} value={props.from} onChange={(from) => props.onChange({ from })} />
      <Day name={au('to')} value={props.to} onChange={(to) => props.onChange({ to })} />
    </>
  )
}
