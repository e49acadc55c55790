import { createEffect, createMemo, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { DiagramCanvas, type DiagramHandle, type DiagramMarks } from '../bpmn/diagram-canvas.tsx'
import type { ModelChange } from './compare/comparison.ts'

/** Two drawings side by side: what is gone is marked on the left, what came on the right, what changed on both. */
export default function ModelCompare(props: {
  model: ModelChange
  before: string
  after: string
  selected: string | null
  onSelect: (id: string | null) => void
}) {
  const marks = (side: 'before' | 'after') =>
    createMemo((): DiagramMarks => {
      const shown = props.model.changes.filter(({ kind }) => kind !== (side === 'before' ? 'added' : 'removed'))
      return Object.fromEntries(shown.map(({ id, kind }) => [id, kind]))
    })
  const [before, after] = [marks('before'), marks('after')]
  return (
    <div class="model-compare">
      <Side
        name={props.before}
        label={st('publish.beforeDrawing')}
        xml={props.model.before}
        marks={before()}
        selected={props.selected}
        onSelect={props.onSelect}
      />
      <Side
        name={props.after}
        label={st('publish.afterDrawing')}
        xml={props.model.after}
        marks={after()}
        selected={props.selected}
        onSelect={props.onSelect}
      />
    </div>
  )
}

function Side(props: {
  name: string
  label: string
  xml: string | null
  marks: DiagramMarks
  selected: string | null
  onSelect: (id: string | null) => void
}) {
  let handle: DiagramHandle | undefined
  createEffect(() => {
    if (props.selected) handle?.show(props.selected, true)
  })
  return (
    <div class="model-side">
      <p>{props.name}</p>
      <Show when={props.xml} fallback={<p class="model-none">{st('publish.noDrawing')}</p>}>
        {(xml) => (
          <DiagramCanvas
            xml={xml()}
            marks={props.marks}
            selected={props.selected}
            label={props.label}
            onSelect={(element) => props.onSelect(element?.elementId ?? null)}
            handle={(given) => {
              handle = given
            }}
          />
        )}
      </Show>
    </div>
  )
}
