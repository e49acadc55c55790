import { Show } from 'solid-js'
import { type ArchivedCase, readArchivedPackage } from '../../api/archived.ts'
import { useSession } from '../../api/session.ts'
import { au } from '../../i18n/audit.ts'
import { wide } from '../../ui/wide.ts'
import { CopyCode } from '../copy-code.tsx'
import { Fact } from '../ledger.tsx'
import { exactText } from '../moment.ts'
import { SaveButton } from '../save-button.tsx'

/** One archived case: what is known of it outside its package, and the package. */
export function ArchivedDetail(props: { one: ArchivedCase }) {
  const session = useSession()
  const name = () => au('packageName', { number: props.one.number ?? props.one.key })
  return (
    <article class="ledger-one">
      <Show when={wide()}>
        <h2 class="num">{props.one.number ?? au('noNumber')}</h2>
      </Show>
      <dl class="ledger-facts">
        <Fact name={au('archive.columns.process')}>{props.one.processName}</Fact>
        <Fact name={au('archive.columns.unit')}>{props.one.unit.name}</Fact>
        <Fact name={au('archive.columns.started')}>{exactText(props.one.startedAt)}</Fact>
        <Fact name={au(`archive.states.${props.one.state}`)}>{exactText(props.one.endedAt)}</Fact>
        <Fact name={au('archive.columns.archived')}>{exactText(props.one.archivedAt)}</Fact>
        <Fact name={au('archive.rows')}>{au('archive.rowsCount', { count: props.one.rows })}</Fact>
      </dl>
      <h3>{au('archive.package')}</h3>
      <dl class="ledger-facts">
        <Fact name={au('archive.packageName')}>
          <code class="ledger-file">{name()}</code>
        </Fact>
        <Fact name={au('archive.size')}>{sizeText(props.one.bytes)}</Fact>
        <Fact name={au('archive.digest')}>
          <CopyCode name={au('archive.digest')} text={props.one.digest} />
          <small>{au('archive.digestHint')}</small>
        </Fact>
      </dl>
      <SaveButton label={au('archive.download')} name={name()} read={() => readArchivedPackage(props.one.key)} />
      <p class="ledger-about">{session.data?.can.audit ? au('archive.forAuditor') : au('archive.forWorker')}</p>
      <p class="ledger-about">{au('archive.whoElse')}</p>
      <p class="ledger-about">{au('archive.verify')}</p>
    </article>
  )
}

function sizeText(bytes: number): string {
  const kilobytes = bytes / 1024
  return kilobytes < 1024 ? `${Math.max(1, Math.round(kilobytes))} KB` : `${(kilobytes / 1024).toFixed(1)} MB`
}
