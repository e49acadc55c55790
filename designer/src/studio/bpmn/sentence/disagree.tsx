import type { Connection, Shape } from 'bpmn-js/lib/model/Types'
import Undo from 'lucide-solid/icons/undo-2'
import { createMemo, For, Show } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Choice } from '../../../ui/choice.tsx'
import { isType, objectOf } from '../pieces/extension.ts'
import { wayBack } from '../pieces/way-back.ts'
import { questionsAfter, stepsBeside, waysOf } from './model-facts.ts'
import { Say, Section, Words } from './parts.tsx'
import { type Sentences, useSentences } from './sentence-context.tsx'

const END = 'end'

/** 不同意怎么办: where the ways lead that are taken in all other cases. */
export function Disagree(props: { element: Shape }) {
  const sentences = useSentences()
  const others = createMemo(() => {
    sentences.version()
    return questionsAfter(props.element).flatMap((gateway) => {
      const ways = waysOf(gateway)
      return ways.length > 1 ? ways.filter((way) => way.asked.kind === 'otherwise') : []
    })
  })
  return (
    <Show when={others().length > 0}>
      <Section title={st('pieces.section.disagree')} icon={<Undo class="icon" aria-hidden="true" />}>
        <For each={others()}>
          {(way) => (
            <Say>
              <Words
                text={st('pieces.disagree.leads')}
                parts={{
                  case: () => objectOf(way.flow).name || st('pieces.ways.otherwise'),
                  target: () => <TargetWord flow={way.flow} />,
                }}
              />
            </Say>
          )}
        </For>
      </Section>
    </Show>
  )
}

/** Where a way leads: back to a step, on to another, or to an end. */
export function TargetWord(props: { flow: Connection }) {
  const sentences = useSentences()
  const target = createMemo(() => {
    sentences.version()
    return props.flow.target as Shape
  })
  const options = createMemo(() => {
    sentences.version()
    const source = props.flow.source as Shape
    const steps = stepsBeside(source).map((step) => ({
      value: step.id,
      label: st(step.x < source.x ? 'pieces.disagree.back' : 'pieces.disagree.on', { step: sentences.stepName(step) }),
    }))
    const current = target()
    const isKnown = steps.some((step) => step.value === current.id)
    const own = isType(current, 'bpmn:EndEvent')
      ? st('pieces.disagree.end', { name: sentences.stepName(current) })
      : st('pieces.disagree.on', { step: sentences.stepName(current) })
    return [
      ...(isKnown ? [] : [{ value: current.id, label: own }]),
      ...steps,
      ...(isType(current, 'bpmn:EndEvent') ? [] : [{ value: END, label: st('pieces.disagree.newEnd') }]),
    ]
  })
  return (
    <Choice
      label={st('pieces.disagree.target')}
      value={target().id}
      options={options()}
      onChange={(value) => leadTo(sentences, props.flow, value)}
    />
  )
}

/** Leads a flow to another step, or to a new end below its gateway. The end it leaves goes when nothing else leads there. */
function leadTo({ modeler, edit }: Sentences, flow: Connection, value: string): void {
  const modeling = modeler.get('modeling')
  const source = flow.source as Shape
  const before = flow.target as Shape
  edit.together(() => {
    const target =
      value === END
        ? modeling.createShape(
            modeler.get('elementFactory').createShape({ type: 'bpmn:EndEvent' }),
            { x: source.x + source.width / 2, y: source.y + source.height + 85 },
            source.parent as Shape,
          )
        : (modeler.get('elementRegistry').get(value) as Shape | undefined)
    if (!target) return
    const middle = { x: target.x + target.width / 2, y: target.y + target.height / 2 }
    modeling.reconnectEnd(flow, target, middle)
    const way = wayBack(source, target)
    if (way) modeling.updateWaypoints(flow, way)
    else modeling.layoutConnection(flow)
    if (isType(before, 'bpmn:EndEvent') && before.incoming.length === 0) modeling.removeElements([before])
  })
}
