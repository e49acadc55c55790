import { type Problem, sayProblem } from '@bihuan/engine'
import FileX from 'lucide-solid/icons/file-x'
import { createMemo, createSignal, For } from 'solid-js'
import { language } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'

interface BrokenFileProps {
  title: string
  /** What the box holds, for a screen reader. */
  label: string
  save: string
  text: string
  judge: (text: string) => readonly Problem[]
  onMend: (text: string) => void
}

/** A file of the package that cannot be read: what is wrong, and the text to mend. Nothing is written before it can be. */
export function BrokenFile(props: BrokenFileProps) {
  const [text, setText] = createSignal(props.text)
  const faults = createMemo(() => props.judge(text()))
  return (
    <section class="fields-broken">
      <h2>
        <FileX class="icon" aria-hidden="true" />
        {props.title}
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
        aria-label={props.label}
        spellcheck={false}
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button size="small" disabled={faults().length > 0} onClick={() => props.onMend(text())}>
        {props.save}
      </Button>
    </section>
  )
}
