import type { Trail } from '@bihuan/runtime/contract'
import ShieldAlert from 'lucide-solid/icons/shield-alert'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import { Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import './chain-line.css'

/** Whether the chain of the case's records holds, and the digest of its last row. */
export function ChainLine(props: { chain: Trail['chain'] }) {
  return (
    <div class={`chain ${props.chain.intact ? 'intact' : 'broken'}`} role={props.chain.intact ? undefined : 'alert'}>
      {props.chain.intact ? (
        <ShieldCheck class="icon" aria-hidden="true" />
      ) : (
        <ShieldAlert class="icon" aria-hidden="true" />
      )}
      <p>
        {props.chain.intact
          ? t('case.chainIntact', { rows: props.chain.rows })
          : t('case.chainBroken', { row: props.chain.brokenAt ?? 0 })}
        <Show when={props.chain.unchecked > 0}> {t('case.chainUnchecked', { rows: props.chain.unchecked })}</Show>
        <Show when={props.chain.intact && props.chain.head}>
          <small title={props.chain.head}>
            {t('case.chainHead')} <span class="num">{shortDigest(props.chain.head)}</span>
          </small>
        </Show>
      </p>
    </div>
  )
}

/** First and last eight characters of a digest. */
export const shortDigest = (digest: string): string =>
  digest.length > 20 ? `${digest.slice(0, 8)} … ${digest.slice(-8)}` : digest
