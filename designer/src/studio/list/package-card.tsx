import type { PackageRow } from '@bihuan/runtime/contract'
import { useNavigate } from '@solidjs/router'
import CirclePause from 'lucide-solid/icons/circle-pause'
import Copy from 'lucide-solid/icons/copy'
import Download from 'lucide-solid/icons/download'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import Pencil from 'lucide-solid/icons/pencil'
import History from 'lucide-solid/icons/rotate-ccw-clock'
import Trash from 'lucide-solid/icons/trash'
import { Show } from 'solid-js'
import { exportAddress } from '../../api/packages.ts'
import { momentText } from '../../i18n/dates.ts'
import { st } from '../../i18n/studio.ts'
import { Chip } from '../../ui/chip.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Ring } from '../../ui/ring.tsx'
import { emptyRing, processRing } from '../../ui/ring-view.ts'

interface CardProps {
  row: PackageRow
  /** Time of the server. */
  now: string
  onCopy: () => void
  onDrop: () => void
}

/** A package as a card: its ring (ink once it is published), which version is in use, how many cases run, its draft. */
export function PackageCard(props: CardProps) {
  const navigate = useNavigate()
  const href = () => `/studio/${encodeURIComponent(props.row.id)}`
  const arcs = () => props.row.stages.length || props.row.steps
  const menu = () => [
    { label: st('list.copy'), icon: <Copy class="icon s" aria-hidden="true" />, onSelect: props.onCopy },
    {
      label: st('list.exportIt'),
      icon: <Download class="icon s" aria-hidden="true" />,
      onSelect: () => location.assign(exportAddress(props.row.id)),
    },
    ...(props.row.published
      ? [
          {
            label: st('list.versions'),
            icon: <History class="icon s" aria-hidden="true" />,
            onSelect: () => navigate(`${href()}/history`),
          },
        ]
      : []),
    ...(props.row.draft
      ? [
          {
            label: st(props.row.published ? 'list.dropDraft' : 'list.remove'),
            icon: <Trash class="icon s" aria-hidden="true" />,
            danger: true,
            apart: true,
            onSelect: props.onDrop,
          },
        ]
      : []),
  ]
  return (
    <article class="package-card">
      <header>
        <Ring view={props.row.published ? processRing(arcs()) : emptyRing(arcs())} size="row" label="">
          {''}
        </Ring>
        <div class="package-title">
          <h2>
            <a href={href()}>{props.row.name}</a>
          </h2>
          <p>{about(props.row)}</p>
        </div>
        <Menu
          label={st('list.more', { name: props.row.name })}
          trigger={<Ellipsis class="icon s" aria-hidden="true" />}
          items={menu()}
        />
      </header>
      <dl>
        <div>
          <dt>{st('list.inUse')}</dt>
          <dd>
            <Show when={props.row.published} fallback={<span class="quiet">{st('list.notYet')}</span>}>
              {(version) => (
                <>
                  <b class="num">{st('list.version', { version: version().version })}</b>
                  {props.row.unit.name}
                </>
              )}
            </Show>
          </dd>
        </div>
        <div>
          <dt>{st('list.running')}</dt>
          <dd>
            <b class="num">{props.row.running.toLocaleString('en')}</b>
            {st('list.cases')}
          </dd>
        </div>
      </dl>
      <footer>
        <Show when={props.row.retired}>
          <Chip>
            <CirclePause class="icon" aria-hidden="true" />
            {st('list.isRetired')}
          </Chip>
        </Show>
        <Show
          when={props.row.draft}
          fallback={<span class="quiet">{st(props.row.retired ? 'list.noNewCases' : 'list.unchanged')}</span>}
        >
          {(draft) => (
            <>
              <Chip tone="line">
                <Pencil class="icon" aria-hidden="true" />
                {st('list.draft')}
              </Chip>
              <Show
                when={(draft().errors ?? 0) + (draft().warnings ?? 0)}
                fallback={
                  <span class="quiet">
                    {st('list.saved', { name: draft().savedBy.name, when: momentText(draft().savedAt, props.now) })}
                  </span>
                }
              >
                {(count) => <span class="amber-text">{st('list.toLook', { count: count() })}</span>}
              </Show>
            </>
          )}
        </Show>
        <a
          class="btn secondary small"
          href={href()}
          aria-label={st('list.named', { act: st(word(props.row)), name: props.row.name })}
        >
          {st(word(props.row))}
        </a>
      </footer>
    </article>
  )
}

const word = (row: PackageRow) => (row.draft ? 'list.goOn' : 'list.open')

const about = (row: PackageRow): string =>
  row.department
    ? st('list.departmentSteps', { department: row.department, count: row.steps })
    : st('list.steps', { count: row.steps })
