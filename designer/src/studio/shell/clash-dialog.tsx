import { useNavigate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { momentText } from '../../i18n/dates.ts'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { errorWords } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { ClashChoice, OpenClash, OpenWorkspace } from '../workspace/opened-workspace.ts'
import { fileWords } from './file-words.ts'
import { nameOf } from './package-name.tsx'
import { partAddress } from './parts.ts'

const choices: readonly ClashChoice[] = ['mine', 'theirs', 'both']

/** Two versions of the same files, of which one is chosen; the other becomes a package of its own. */
export function ClashDialog(props: {
  workspace: OpenWorkspace
  clash: OpenClash
  me: string
  open: boolean
  onClose: () => void
}) {
  const navigate = useNavigate()
  const [busy, setBusy] = createSignal<ClashChoice | null>(null)
  const [failed, setFailed] = createSignal<string | null>(null)
  const now = () => new Date().toISOString()
  const who = () => props.clash.by ?? st('shell.clash.somebody')
  const at = () => props.clash.at ?? now()

  /** Name of the copy that keeps the version not chosen. */
  const copyName = (choice: ClashChoice): string =>
    choice === 'mine'
      ? st('shell.clash.copyName', { name: nameOf(props.workspace), who: who(), time: momentText(at()) })
      : st('shell.clash.copyName', { name: nameOf(props.workspace), who: props.me, time: momentText(now()) })

  const words = (choice: ClashChoice) =>
    ({
      mine: { label: st('shell.clash.mine'), text: st('shell.clash.mineText', { name: copyName('mine') }) },
      theirs: { label: st('shell.clash.theirs'), text: st('shell.clash.theirsText', { name: copyName('theirs') }) },
      both: { label: st('shell.clash.keepBoth'), text: st('shell.clash.keepBothText', { name: copyName('both') }) },
    })[choice]

  async function choose(choice: ClashChoice): Promise<void> {
    if (busy()) return
    setBusy(choice)
    setFailed(null)
    const name = copyName(choice)
    try {
      const made = await props.workspace.settle(choice, name)
      showToast(st('shell.clash.made', { name }))
      if (choice === 'both') navigate(partAddress(made.id, 'process'))
    } catch (error) {
      setFailed(errorWords(error).title)
    } finally {
      setBusy(null)
    }
  }

  return (
    <Sheet open={props.open} onClose={props.onClose} title={st('shell.clash.title')}>
      <div class="clash">
        <p>
          {props.clash.by
            ? st('shell.clash.text', { who: props.clash.by, time: momentText(at(), now()) })
            : st('shell.clash.textNoWho')}
        </p>
        <p class="clash-files">
          <b>{st('shell.clash.both')}</b>
          <For each={props.clash.files}>{({ name }) => <span>{fileWords(name, props.workspace.files)}</span>}</For>
        </p>
        <ul class="clash-choices">
          <For each={choices}>
            {(choice) => (
              <li>
                <Button wide busy={busy() === choice} onClick={() => void choose(choice)}>
                  {words(choice).label}
                </Button>
                <small>{words(choice).text}</small>
              </li>
            )}
          </For>
        </ul>
        <Show when={failed()}>
          {(text) => (
            <p class="note red" role="alert">
              {text()}
            </p>
          )}
        </Show>
        <p class="clash-later">
          <button type="button" class="link" onClick={() => props.onClose()}>
            {st('shell.clash.later')}
          </button>{' '}
          {st('shell.clash.laterText')}
        </p>
      </div>
    </Sheet>
  )
}
