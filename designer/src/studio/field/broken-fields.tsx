import { type Problem, readDictionary, sayProblem } from '@bihuan/engine'
import FileX from 'lucide-solid/icons/file-x'
import { createSignal, For } from 'solid-js'
import { language } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { FIELDS_FILE } from './editor.ts'

/** `fields.yaml` cannot be read: what is wrong, and the text to mend. Nothing is written before it can be read. */
export function BrokenFields(props: { text: string; faults: readonly Problem[]; onMend: (text: string) => void }) {
  const [text, setText] = createSignal(props.text)
  const [faults, setFaults] = createSignal(props.faults)
  function mend(): void {
    const left = readDictionary(text(), FIELDS_FILE).problems
    setFaults(left)
    if (left.length === 0) props.onMend(text())
  }
  return (
    <section class="fields-broken">
      <h2>
        <FileX class="icon" aria-hidden="true" />
        {st('fields.broken')}
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
        aria-label={st('fields.brokenText')}
        spellcheck={false}
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button size="small" onClick={mend}>
        {st('fields.brokenSave')}
      </Button>
    </section>
  )
}
