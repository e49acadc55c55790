import { readParametersFile } from '@bihuan/engine'
import { useSearchParams } from '@solidjs/router'
import FileX from 'lucide-solid/icons/file-x'
import { createMemo, createSignal, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Choice } from '../../ui/choice.tsx'
import { EmptyState } from '../../ui/state.tsx'
import { processFiles } from '../workspace/process-files.ts'
import { useWorkspace } from '../workspace/workspace.ts'
import { Drawing } from './drawing.tsx'
import { knownVariables } from './variables.ts'
import './process-page.css'

const PARAMETERS = 'parameters.yaml'

/** The process of a package: pieces, drawing and what is asked about the step that is selected. */
export default function ProcessPage() {
  const workspace = useWorkspace()
  const [search, setSearch] = useSearchParams<{ file?: string; element?: string }>()
  const [chosenFile, setChosenFile] = createSignal<string>()
  const files = createMemo(() => processFiles(workspace.files))
  const file = createMemo(() => {
    const wanted = search.file ?? chosenFile()
    return wanted && files().includes(wanted) ? wanted : workspace.processFile()
  })
  const parameters = createMemo(() => {
    const text = workspace.files[PARAMETERS]
    return text === undefined ? [] : (readParametersFile(PARAMETERS, text).value ?? [])
  })
  const variables = createMemo(() =>
    knownVariables(
      workspace.dictionary(),
      parameters().map(({ name, title }) => ({ name, title: title.zh ?? name })),
    ),
  )

  return (
    <Show
      when={file()}
      fallback={<EmptyState sign={<FileX class="icon" />} title={st('bpmn.empty')} text={st('bpmn.emptyText')} />}
    >
      <Drawing
        file={file()}
        variables={variables}
        element={search.element}
        onShown={() => setSearch({ element: undefined }, { replace: true })}
        chooser={
          <Show when={files().length > 1}>
            <Choice
              label={st('bpmn.file')}
              value={file()}
              options={files().map((name) => ({ value: name, label: name.replace(/\.bpmn$/, '') }))}
              onChange={(name) => {
                setChosenFile(name)
                setSearch({ file: undefined, element: undefined }, { replace: true })
              }}
            />
          </Show>
        }
      />
    </Show>
  )
}
