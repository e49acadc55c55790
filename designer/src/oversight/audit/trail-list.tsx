import type { AuditedRow } from '@bihuan/runtime/contract'
import { For } from 'solid-js'
import { au } from '../../i18n/audit.ts'
import { Chip } from '../../ui/chip.tsx'
import { exactText } from '../moment.ts'
import { kindText } from './kinds.ts'
import { aboutText, actorText } from './words.ts'

interface ListProps {
  readonly rows: readonly AuditedRow[]
  readonly chosen?: AuditedRow | null
  readonly onChoose: (row: AuditedRow) => void
}

/** Rows of the trail on a desk. */
export function TrailTable(props: ListProps) {
  return (
    <table class="ledger-table">
      <thead>
        <tr>
          <th scope="col">{au('columns.time')}</th>
          <th scope="col">{au('columns.who')}</th>
          <th scope="col">{au('columns.what')}</th>
          <th scope="col">{au('columns.about')}</th>
          <th scope="col">{au('columns.hash')}</th>
          <th scope="col">{au('columns.seal')}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            // The whole row can be pressed; the button in it is what keyboard and screen reader use.
            <tr aria-current={row === props.chosen ? 'true' : undefined} onClick={() => props.onChoose(row)}>
              <td class="num">
                <time dateTime={row.at}>{exactText(row.at)}</time>
              </td>
              <td>{actorText(row.actor)}</td>
              <td>
                <button type="button" class="ledger-link">
                  {kindText(row.kind)}
                </button>
              </td>
              <td class="ledger-what">{aboutText(row)}</td>
              <td>
                <code class="ledger-hash" title={row.hash}>
                  {row.hash.slice(-8)}
                </code>
              </td>
              <td>
                <Seal row={row} />
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}

/** The same on a phone. */
export function TrailRows(props: ListProps) {
  return (
    <ul class="ledger-rows">
      <For each={props.rows}>
        {(row) => (
          <li>
            <button type="button" class="ledger-row" onClick={() => props.onChoose(row)}>
              <b>{[actorText(row.actor), kindText(row.kind)].join(' ')}</b>
              <span>{aboutText(row)}</span>
              <small>
                <time class="num" dateTime={row.at}>
                  {exactText(row.at)}
                </time>
                <Seal row={row} />
              </small>
            </button>
          </li>
        )}
      </For>
    </ul>
  )
}

function Seal(props: { row: AuditedRow }) {
  return (
    <Chip tone={props.row.checkpoint === null ? 'plain' : 'green'}>
      {props.row.checkpoint === null ? au('unsealed') : au('sealed', { number: props.row.checkpoint })}
    </Chip>
  )
}
