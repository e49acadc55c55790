import History from 'lucide-solid/icons/rotate-ccw-clock'
import { Show } from 'solid-js'
import { momentText } from '../../i18n/dates.ts'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import type { OpenWorkspace } from '../workspace/opened-workspace.ts'
import { fileWords } from './file-words.ts'

/** What was not saved when the package was last open on this device: to go on with, or to drop. */
export function KeptOffer(props: { workspace: OpenWorkspace }) {
  return (
    <Show when={props.workspace.kept()}>
      {(kept) => {
        const words = () => {
          const first = kept()
            .files.slice(0, 2)
            .map(({ name }) => fileWords(name, props.workspace.files))
            .join(st('shell.comma'))
          const time = momentText(kept().at, new Date().toISOString())
          const count = kept().files.length
          return count > 2
            ? st('shell.keptMore', { files: first, count, time })
            : st('shell.keptText', { files: first, time })
        }
        return (
          <section class="kept-offer" aria-label={st('shell.keptTitle')}>
            <History class="icon" aria-hidden="true" />
            <p>
              <b>{st('shell.keptTitle')}</b> {words()}
            </p>
            <Button size="small" onClick={() => props.workspace.takeKept()}>
              {st('shell.keptTake')}
            </Button>
            <Button size="small" kind="plain" onClick={() => props.workspace.dropKept()}>
              {st('shell.keptDrop')}
            </Button>
          </section>
        )
      }}
    </Show>
  )
}
