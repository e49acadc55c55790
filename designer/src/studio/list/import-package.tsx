import { isProblemCode, type Problem, sayProblem } from '@bihuan/engine'
import type { PackageMade, PackageProblem } from '@bihuan/runtime/contract'
import { useNavigate } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import FileUp from 'lucide-solid/icons/file-up'
import { createSignal, For, Show } from 'solid-js'
import { importPackage, packagesKey } from '../../api/packages.ts'
import { language } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { errorWords } from '../../ui/state.tsx'
import { showToast } from '../../ui/toast.tsx'
import { drawnFile } from './drawn-file.ts'

/** Brings a BPMN file or an exported package along, and says what of it is not understood. Nothing of it is dropped. */
export function ImportButton() {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [busy, setBusy] = createSignal(false)
  const [made, setMade] = createSignal<PackageMade | null>(null)
  const [drawn, setDrawn] = createSignal(false)
  const errors = () => made()?.problems.filter(({ severity }) => severity === 'error').length ?? 0
  let picker!: HTMLInputElement

  async function take(file: File | undefined): Promise<void> {
    picker.value = ''
    if (!file) return
    setBusy(true)
    try {
      const given = await drawnFile(file)
      setDrawn(given !== file)
      setMade(await importPackage(given))
      void queries.invalidateQueries({ queryKey: packagesKey })
    } catch (error) {
      const { title, text } = errorWords(error)
      showToast(text === '' ? title : `${title} ${text}`, 'problem')
    } finally {
      setBusy(false)
    }
  }

  const open = () => {
    const id = made()?.id
    setMade(null)
    if (id) navigate(`/studio/${encodeURIComponent(id)}`)
  }

  return (
    <>
      <Button size="small" busy={busy()} title={st('list.importAbout')} onClick={() => picker.click()}>
        <FileUp class="icon s" aria-hidden="true" />
        {st(busy() ? 'list.importing' : 'list.import')}
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={st('list.importAbout')}
        accept=".bpmn,.zip,.xml,application/zip"
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
      <Sheet
        open={made() !== null}
        onClose={() => setMade(null)}
        title={st('list.importTitle')}
        foot={
          <div class="sheet-acts">
            <Button size="small" kind="primary" onClick={open}>
              {st('list.importOpen')}
            </Button>
          </div>
        }
      >
        <div class="import-report">
          <Show when={drawn()}>
            <p>{st('list.importDrawn')}</p>
          </Show>
          <Show when={made()?.problems.length} fallback={<p>{st('list.importClean')}</p>}>
            {(count) => (
              <>
                <p>
                  {errors() > 0
                    ? st('list.importProblems', { count: count(), errors: errors() })
                    : st('list.importWarnings', { count: count() })}
                </p>
                <ul>
                  <For each={made()?.problems}>{(problem) => <Finding problem={problem} />}</For>
                </ul>
              </>
            )}
          </Show>
        </div>
      </Sheet>
    </>
  )
}

function Finding(props: { problem: PackageProblem }) {
  const words = () =>
    isProblemCode(props.problem.code)
      ? sayProblem(props.problem as Problem, language())
      : { text: props.problem.code, todo: '' }
  return (
    <li class={props.problem.severity}>
      <b>{words().text}</b>
      <span>{words().todo}</span>
    </li>
  )
}
