import { createSignal, Show } from 'solid-js'
import { render } from 'solid-js/web'
import '../../../src/ui/tokens.css'
import '../../../src/ui/base.css'
import { type EditorHandle, FormEditor } from '../../../src/studio/form/form-editor.tsx'
import { FormPreview } from '../../../src/studio/form/form-preview.tsx'

type Schema = Record<string, unknown>
type Shown = { readonly schema: Schema; readonly view: 'editor' | 'desk' | 'phone' }

/** What the test asks of the page. */
export interface FormPages {
  show(schema: Schema, view: Shown['view']): void
  /** The schema as the editor gave it last. */
  changed(): Schema | null
  editor(): EditorHandle | null
  /** What the policy of the page refused. */
  readonly violations: string[]
}

const [shown, setShown] = createSignal<Shown>()
let changed: Schema | null = null
let editor: EditorHandle | null = null
const violations: string[] = []
document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.effectiveDirective} ${event.blockedURI}`)
})

const pages: FormPages = {
  show(schema, view) {
    changed = null
    setShown({ schema, view })
  },
  changed: () => changed,
  editor: () => editor,
  violations,
}
Object.assign(window, { pages })

const none = () => []
render(
  () => (
    <main style={{ height: '100vh' }}>
      <Show when={shown()} keyed>
        {({ schema, view }) => (
          <Show
            when={view === 'editor'}
            fallback={
              <FormPreview
                schema={schema}
                step={null}
                dictionary={{ fields: [], access: {} }}
                phone={view === 'phone'}
              />
            }
          >
            <FormEditor
              schema={schema}
              onChange={(next) => {
                changed = next
              }}
              onOpenField={() => undefined}
              facts={{ roles: none, levels: none }}
              handle={(handle) => {
                editor = handle
              }}
            />
          </Show>
        )}
      </Show>
    </main>
  ),
  document.getElementById('app') as HTMLElement,
)
