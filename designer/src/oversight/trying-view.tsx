import CircleCheck from 'lucide-solid/icons/circle-check'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { useDeliveries, useFailingJobs } from '../api/operate.ts'
import { momentText } from '../i18n/dates.ts'
import { ot, otMaybe } from '../i18n/oversight.ts'
import { EmptyState, ErrorState, Loading } from '../ui/state.tsx'

/** The names of a table's columns. */
function Columns(props: { readonly names: readonly string[] }) {
  return (
    <thead>
      <tr>
        <For each={props.names}>{(name) => <th scope="col">{name}</th>}</For>
      </tr>
    </thead>
  )
}

/** What failed and is tried again by itself, and what has still to be sent. */
export default function TryingView() {
  const jobs = useFailingJobs()
  const deliveries = useDeliveries()
  return (
    <div class="oversight-body">
      <Part
        title={ot('jobs')}
        about={ot('jobsText')}
        query={jobs}
        none={ot('jobsNone')}
        count={jobs.data?.items.length}
      >
        <table class="oversight-table">
          <Columns
            names={[
              ot('columnCases'),
              ot('columnStep'),
              ot('columnJob'),
              ot('columnError'),
              ot('columnLeft'),
              ot('columnNext'),
            ]}
          />
          <tbody>
            <For each={jobs.data?.items}>
              {(job) => (
                <tr>
                  <td data-name={ot('columnCases')}>{[job.unit.name, job.caseNumber ?? ot('noNumber')].join(' ')}</td>
                  <td data-name={ot('columnStep')}>{job.elementName ?? ot('untitled')}</td>
                  <td data-name={ot('columnJob')}>{workWords(job.type)}</td>
                  <td data-name={ot('columnError')} class="told">
                    {job.error}
                  </td>
                  <td data-name={ot('columnLeft')}>{ot('times', { count: job.retries })}</td>
                  <td data-name={ot('columnNext')}>{job.nextAt === null ? ot('soon') : momentText(job.nextAt)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Part>
      <Part
        title={ot('deliveries')}
        about={ot('deliveriesText')}
        query={deliveries}
        none={ot('deliveriesNone')}
        count={deliveries.data?.items.length}
      >
        <table class="oversight-table">
          <Columns
            names={[
              ot('columnCases'),
              ot('columnStep'),
              ot('columnTarget'),
              ot('columnError'),
              ot('columnTries'),
              ot('columnNext'),
            ]}
          />
          <tbody>
            <For each={deliveries.data?.items}>
              {(one) => (
                <tr>
                  <td data-name={ot('columnCases')}>{one.caseNumber ?? ot('noNumber')}</td>
                  <td data-name={ot('columnStep')}>{one.elementName ?? ot('untitled')}</td>
                  <td data-name={ot('columnTarget')} class="told">
                    {one.target}
                  </td>
                  <td data-name={ot('columnError')} class="told">
                    {one.error ?? ''}
                  </td>
                  <td data-name={ot('columnTries')}>{ot('times', { count: one.attempts })}</td>
                  <td data-name={ot('columnNext')}>{momentText(one.nextAt)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Part>
    </div>
  )
}

/** Kind of the work: the built-in ones have names of their own, another worker's is shown as it is drawn. */
const workWords = (type: string): string =>
  type.startsWith('bihuan.') ? (otMaybe(`builtIn.${type.slice('bihuan.'.length)}`) ?? ot('builtIn.other')) : type

function Part(props: {
  title: string
  about: string
  none: string
  count: number | undefined
  query: { isError: boolean; isPending: boolean; error: unknown; data: unknown; refetch: () => unknown }
  children: JSX.Element
}) {
  return (
    <section class="part">
      <h2>{props.title}</h2>
      <p class="oversight-about">{props.about}</p>
      <Switch>
        <Match when={props.query.isError && !props.query.data}>
          <ErrorState error={props.query.error} onRetry={() => void props.query.refetch()} />
        </Match>
        <Match when={props.query.isPending}>
          <Loading rows={2} />
        </Match>
        <Match when={props.count === 0}>
          <EmptyState sign={<CircleCheck class="icon" />} title={props.none} />
        </Match>
        <Match when={true}>
          <Show when={props.query.data}>{props.children}</Show>
        </Match>
      </Switch>
    </section>
  )
}
