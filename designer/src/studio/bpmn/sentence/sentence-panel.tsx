import { lawsOf } from '@bihuan/engine'
import type { Connection, Element, Shape } from 'bpmn-js/lib/model/Types'
import Hourglass from 'lucide-solid/icons/hourglass'
import Info from 'lucide-solid/icons/info'
import Scale from 'lucide-solid/icons/scale'
import User from 'lucide-solid/icons/user'
import { createMemo, Match, type ParentProps, Show, Switch } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { useWorkspace } from '../../workspace/workspace.ts'
import { eventOf, extensionOf, isFlow, isType, objectOf } from '../pieces/extension.ts'
import type { StudioModeler } from '../services.ts'
import { Disagree } from './disagree.tsx'
import { Due } from './due.tsx'
import { FormSection } from './form.tsx'
import { Head } from './head.tsx'
import { jobOf, timerOf } from './model-facts.ts'
import { NoticeSections } from './notice.tsx'
import { Expert, Say, Section } from './parts.tsx'
import { Pass } from './pass.tsx'
import { ProcessSections } from './process.tsx'
import { SentencesProvider, useSentences } from './sentence-context.tsx'
import { Stage } from './stage.tsx'
import { Limit, Limits, Wait } from './wait.tsx'
import { OneWay, Ways } from './ways.tsx'
import { LookedUp, Starters, Who } from './who.tsx'
import '../../../ui/field.css'
import './sentence.css'

interface SentencePanelProps {
  modeler: StudioModeler
  /** What is chosen alone; nothing speaks of the process. */
  selected: Element | undefined
}

/** 业务 mode: what is chosen, said in sentences whose blue words can be changed. */
export function SentencePanel(props: SentencePanelProps) {
  return (
    <SentencesProvider modeler={props.modeler}>
      <Panel selected={props.selected} />
    </SentencesProvider>
  )
}

function Panel(props: { selected: Element | undefined }) {
  const { modeler, version } = useSentences()
  const element = createMemo((): Element => {
    version()
    const chosen = props.selected as (Element & { labelTarget?: Element }) | undefined
    return chosen?.labelTarget ?? chosen ?? modeler.get('canvas').getRootElement()
  })
  return (
    <aside class="sentence-panel" aria-label={st('pieces.panel')}>
      <Show when={element()} keyed>
        {(chosen) => (
          <>
            <Head element={chosen} />
            <Sections element={chosen} />
          </>
        )}
      </Show>
      <Basis />
    </aside>
  )
}

function Sections(props: { element: Element }) {
  const { version } = useSentences()
  const is = (type: string) => isType(props.element, type)
  const shape = () => props.element as Shape
  const isStart = () => {
    version()
    return is('bpmn:StartEvent') && !objectOf(props.element).eventDefinitions?.length
  }
  const isOwnStart = () => isStart() && !isType(shape().parent as Element, 'bpmn:SubProcess')
  const acts = () => {
    version()
    return extensionOf(objectOf(props.element), 'bihuan:CaseAction') !== undefined
  }
  return (
    <Switch fallback={<Other element={props.element} />}>
      <Match when={is('bpmn:Process') || is('bpmn:Collaboration') || is('bpmn:Participant')}>
        <ProcessSections root={props.element} />
      </Match>
      <Match when={isFlow(props.element)}>
        <OneWay flow={props.element as Connection} />
      </Match>
      <Match when={is('bpmn:UserTask')}>
        <Who element={shape()} />
        <Pass element={shape()} />
        <Due element={shape()} />
        <FormSection element={shape()} />
        <Disagree element={shape()} />
        <Limits element={shape()} />
        <Stage element={shape()} />
      </Match>
      <Match when={isOwnStart()}>
        <Starters element={shape()} type="bihuan:Starters" title={st('pieces.section.starters')} />
        <FormSection element={shape()} />
        <Stage element={shape()} />
      </Match>
      <Match when={jobOf(props.element) === 'bihuan.notice'}>
        <NoticeSections element={shape()} />
        <Limits element={shape()} />
        <Stage element={shape()} />
      </Match>
      <Match when={jobOf(props.element) === 'bihuan.people'}>
        <Section title={st('pieces.section.lookUp')} icon={<User class="icon" aria-hidden="true" />}>
          <LookedUp service={shape()} />
        </Section>
      </Match>
      <Match when={is('bpmn:BoundaryEvent') && timerOf(props.element)}>
        <Section title={st('pieces.section.limit')} icon={<Hourglass class="icon" aria-hidden="true" />}>
          <Limit event={shape()} />
        </Section>
      </Match>
      <Match when={acts()}>
        <Wait element={shape()} />
        <Starters element={shape()} type="bihuan:CaseAction" title={st('pieces.section.actors')} />
        <FormSection element={shape()} type="bihuan:CaseAction" />
      </Match>
      <Match
        when={is('bpmn:IntermediateCatchEvent') || eventOf(objectOf(props.element), 'bpmn:MessageEventDefinition')}
      >
        <Wait element={shape()} />
      </Match>
      <Match when={is('bpmn:ExclusiveGateway')}>
        <Ways gateway={shape()} />
      </Match>
      <Match when={is('bpmn:ParallelGateway')}>
        <Note text={st('pieces.other.parallel')} />
      </Match>
      <Match when={(['inclusive', 'eventBased', 'adHoc', 'call'] as const).find((kind) => is(DRAWN[kind]))}>
        {(kind) => (
          <Note text={st(`pieces.other.${kind()}`)}>
            <Expert text={undefined} />
          </Note>
        )}
      </Match>
      <Match when={is('bpmn:SubProcess')}>
        <Note text={st('pieces.other.subProcess')} />
        <Limits element={shape()} />
        <Stage element={shape()} />
      </Match>
      <Match when={is('bpmn:EndEvent') && !objectOf(props.element).eventDefinitions?.length}>
        <Note text={st('pieces.other.end')} />
      </Match>
      <Match when={isStart()}>
        <Note text={st('pieces.other.innerStart')} />
      </Match>
    </Switch>
  )
}

/** What is drawn in 专业 and explained here. */
const DRAWN = {
  inclusive: 'bpmn:InclusiveGateway',
  eventBased: 'bpmn:EventBasedGateway',
  adHoc: 'bpmn:AdHocSubProcess',
  call: 'bpmn:CallActivity',
} as const

const Note = (props: ParentProps<{ text: string }>) => (
  <Section title={st('pieces.section.about')} icon={<Info class="icon" aria-hidden="true" />}>
    <Say>{props.text}</Say>
    {props.children}
  </Section>
)

/** What only 专业 can say. */
const Other = (_props: { element: Element }) => (
  <Section title={st('pieces.section.about')} icon={<Info class="icon" aria-hidden="true" />}>
    <Expert text={undefined} />
  </Section>
)

/** 依据: the laws that the package names. */
function Basis() {
  const workspace = useWorkspace()
  const laws = createMemo(() => lawsOf({ ...workspace.files }))
  return (
    <Show when={laws().length > 0}>
      <footer class="sentence-foot">
        <Scale class="icon" aria-hidden="true" />
        <span>
          {st('pieces.basis', { laws: laws().slice(0, 2).join(st('pieces.comma')) })}
          <Show when={laws().length > 2}>{st('pieces.basisMore', { count: laws().length })}</Show>
        </span>
      </footer>
    </Show>
  )
}
