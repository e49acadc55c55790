import type { AuditedRow } from '@bihuan/runtime/contract'
import { For, Show } from 'solid-js'
import { readCasePackage, readProof } from '../../api/audit.ts'
import { au } from '../../i18n/audit.ts'
import { Button } from '../../ui/button.tsx'
import { wide } from '../../ui/wide.ts'
import { CopyCode } from '../copy-code.tsx'
import { Fact } from '../ledger.tsx'
import { exactText } from '../moment.ts'
import { SaveButton } from '../save-button.tsx'
import { kindText } from './kinds.ts'
import { actorText, factsOf } from './words.ts'

/** One row of the trail: who did what when, where it stands in its chain, and what proves it to an outsider. */
export function RowDetail(props: { row: AuditedRow; onOnly: (actor: AuditedRow['actor']) => void }) {
  return (
    <article class="ledger-one">
      <Show when={wide()}>
        <h2>{kindText(props.row.kind)}</h2>
      </Show>
      <dl class="ledger-facts">
        <Fact name={au('columns.time')}>{exactText(props.row.at)}</Fact>
        <Fact name={au('columns.who')}>
          {actorText(props.row.actor)}
          <Button size="small" kind="plain" class="only-his" onClick={() => props.onOnly(props.row.actor)}>
            {au('only')}
          </Button>
        </Fact>
        <Fact name={au('part')}>{au(`parts.${props.row.part}`)}</Fact>
        <Show when={props.row.case}>
          {(of) => (
            <Fact name={au('facts.case')}>
              {[of().number ?? au('noNumber'), of().processName, of().unitName].join(' ')}
            </Fact>
          )}
        </Show>
        <For each={factsOf(props.row)}>
          {({ name, text }) => (
            <Fact name={name}>
              <span classList={{ machine: /^[\x20-\x7e]+$/.test(text) }}>{text}</span>
            </Fact>
          )}
        </For>
      </dl>
      <Show when={props.row.part === 'cases'}>
        <p class="ledger-about">{au('contentHidden')}</p>
      </Show>
      <h3>{au('chain')}</h3>
      <dl class="ledger-facts">
        <Fact name={au('stream')}>{au('streamPlace', { stream: props.row.stream, sequence: props.row.sequence })}</Fact>
        <Fact name={au('hash')}>
          <CopyCode name={au('hash')} text={props.row.hash} />
        </Fact>
        <Fact name={au('previousHash')}>
          <CopyCode name={au('previousHash')} text={props.row.previousHash} />
        </Fact>
      </dl>
      <h3>{au('proof')}</h3>
      <Proof row={props.row} />
    </article>
  )
}

/** What a person hands on so that an outsider can check the row, or why there is nothing yet. */
function Proof(props: { row: AuditedRow }) {
  const file = () => `row-${props.row.stream}-${props.row.sequence}.json`
  return (
    <div class="proof">
      <Show when={props.row.checkpoint} fallback={<p class="ledger-about">{au('proofWaiting')}</p>}>
        {(number) => (
          <>
            <p class="ledger-about">{au('proofSealed', { number: number() })}</p>
            <SaveButton
              label={au('proofFile')}
              name={file()}
              read={async () => new Blob([JSON.stringify(await readProof(props.row), null, 2)], { type: TYPE })}
            />
            <CopyCode name={au('proofCommand')} text={`npx bihuan verify ${file()}`} />
            <p class="ledger-about">{au('proofChecked')}</p>
          </>
        )}
      </Show>
      <Show when={props.row.case}>
        {(of) => (
          <>
            <SaveButton
              label={au('casePackage')}
              name={au('packageName', { number: of().number ?? of().key })}
              read={() => readCasePackage(of().key)}
            />
            <p class="ledger-about">{au('casePackageText')}</p>
          </>
        )}
      </Show>
    </div>
  )
}

const TYPE = 'application/json'
