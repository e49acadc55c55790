import { readParametersFile, sayProblem } from '@bihuan/engine'
import FileX from 'lucide-solid/icons/file-x'
import { createMemo, createSignal, For } from 'solid-js'
import { language } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { PARAMETERS_FILE } from './parameter-file.ts'

/** `parameters.yaml` cannot be read: what is wrong, and the text to mend. */
export function BrokenParameters(props: { text: string; onMend: (text: string) => void }) {
  const [text, setText] = createSignal(props.text)
  const faults = createMemo(() => readParametersFile(PARAMETERS_FILE, text()).problems)
  return (
    <section class="fields-broken">
      <h2>
        <FileX class="icon" aria-hidden="true" />
        {st('parameters.broken')}
      </h2>
      <ul role="alert">
        <For each={faults()}>
          {(fault) => {
            const words = sayProblem(fault, language())
            return (
              <li>
                <b>{words.text}</b> {words.todo}
              </li>
            )
          }}
        </For>
      </ul>
      <textarea
        class="detail-control code"
        aria-label={st('parameters.brokenText')}
        spellcheck={false}
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button size="small" disabled={faults().length > 0} onClick={() => props.onMend(text())}>
        {st('parameters.brokenSave')}
      </Button>
    </section>
  )
}
