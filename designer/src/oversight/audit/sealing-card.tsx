import Hourglass from 'lucide-solid/icons/hourglass'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import { Match, Show, Switch } from 'solid-js'
import { readCheckpoints, useSealing } from '../../api/audit.ts'
import { au } from '../../i18n/audit.ts'
import { momentText } from '../../i18n/dates.ts'
import { ErrorState, Loading } from '../../ui/state.tsx'
import { CopyCode } from '../copy-code.tsx'
import { SaveButton } from '../save-button.tsx'
import { countText } from './count-text.ts'

/** The name that `bihuan verify` and the stand-alone verifier know such a file by. */
const FILE = 'checkpoints.jsonl'

/** How far the trail is sealed, what that proves and what not, and the checkpoints to be kept elsewhere. */
export function SealingCard() {
  const sealing = useSealing()
  return (
    <section class="sealing" aria-label={au('seal.label')}>
      <Switch>
        <Match when={sealing.isError && !sealing.data}>
          <ErrorState error={sealing.error} onRetry={() => void sealing.refetch()} />
        </Match>
        <Match when={sealing.isPending}>
          <Loading rows={1} />
        </Match>
        <Match when={sealing.data}>
          {(shown) => (
            <>
              {/* What is not sealed yet bears no mark of being so. */}
              <Show when={shown().last} fallback={<Hourglass class="icon sealing-sign open" aria-hidden="true" />}>
                <ShieldCheck class="icon sealing-sign" aria-hidden="true" />
              </Show>
              <Show
                when={shown().last}
                fallback={
                  <div class="sealing-words">
                    <h2>{au('seal.none')}</h2>
                    <p>{au('seal.noneText', { count: countText(shown().waiting) })}</p>
                  </div>
                }
              >
                {(last) => (
                  <>
                    <div class="sealing-words">
                      <h2>{au('seal.title', { number: last().number })}</h2>
                      <p>
                        {au('seal.at', {
                          time: momentText(last().at, shown().now),
                          count: countText(shown().sealed),
                        })}
                      </p>
                      <p>
                        {shown().waiting > 0
                          ? au('seal.waiting', { count: countText(shown().waiting) })
                          : au('seal.allSealed')}
                      </p>
                    </div>
                    <dl class="sealing-key">
                      <dt>{au('seal.key')}</dt>
                      <dd>
                        <CopyCode name={au('seal.key')} text={last().keyId} />
                      </dd>
                    </dl>
                    <SaveButton label={au('seal.file')} name={FILE} read={checkpointFile} />
                  </>
                )}
              </Show>
              <details class="sealing-about">
                <summary>{au('seal.about')}</summary>
                <ul>
                  <li>{au('seal.provenRows')}</li>
                  <li>{au('seal.provenOutside')}</li>
                  <li>{au('seal.notProven')}</li>
                  <li>
                    {au('seal.how')} <code>npx bihuan verify --checkpoint {FILE}</code>
                    {au('seal.howFile')}
                  </li>
                </ul>
              </details>
            </>
          )}
        </Match>
      </Switch>
    </section>
  )
}

/** The checkpoints as the server keeps them: a line of JSON each. */
async function checkpointFile(): Promise<Blob> {
  const { items } = await readCheckpoints()
  const lines = items.map(({ body, signature }) => `${JSON.stringify({ body, signature })}\n`)
  return new Blob(lines, { type: 'application/jsonl' })
}
