import Copy from 'lucide-solid/icons/copy'
import { au } from '../i18n/audit.ts'
import { showToast } from '../ui/toast.tsx'
import './copy-code.css'

/** A digest, or another text for machines, with a button that copies the whole of it. */
export function CopyCode(props: { name: string; text: string }) {
  let code!: HTMLElement
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(props.text)
      showToast(au('copied'))
    } catch {
      // Browsers keep the clipboard from pages that came without TLS: the person copies what is selected for him.
      getSelection()?.selectAllChildren(code)
      showToast(au('selected'), 'plain')
    }
  }
  return (
    <span class="copy-code">
      <code ref={code} title={props.text}>
        {props.text}
      </code>
      <button
        type="button"
        class="copy-code-act"
        aria-label={`${au('copy')} ${props.name}`}
        onClick={() => void copy()}
      >
        <Copy class="icon s" aria-hidden="true" />
      </button>
    </span>
  )
}
