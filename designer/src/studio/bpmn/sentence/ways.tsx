import type { Connection, Element, Shape } from 'bpmn-js/lib/model/Types'
import Plus from 'lucide-solid/icons/plus'
import Split from 'lucide-solid/icons/split'
import { createMemo, Index, Match, Show, Switch } from 'solid-js'
import { st } from '../../../i18n/studio.ts'
import { Choice } from '../../../ui/choice.tsx'
import { isType, objectOf } from '../pieces/extension.ts'
import { askables, askFirst } from './askable.ts'
import { ClauseWords } from './clause-words.tsx'
import { TargetWord } from './disagree.tsx'
import { type Clause, type Condition, writeCondition } from './feel/condition.ts'
import { askedBy, type Way, waysOf } from './model-facts.ts'
import { Expert, Say, Section, TextWord, Words } from './parts.tsx'
import { CountWords, RatioWords } from './pass.tsx'
import { useSentences } from './sentence-context.tsx'

/** 走哪条路: each way out of a gateway with the sentence that takes it. */
export function Ways(props: { gateway: Element }) {
  const { version } = useSentences()
  const ways = createMemo(() => {
    version()
    const all = waysOf(props.gateway)
    return [
      ...all.filter((way) => way.asked.kind !== 'otherwise'),
      ...all.filter((way) => way.asked.kind === 'otherwise'),
    ]
  })
  return (
    <Section title={st('pieces.section.ways')} icon={<Split class="icon" aria-hidden="true" />}>
      <Show when={ways().length > 0} fallback={<p class="sentence-note">{st('pieces.ways.none')}</p>}>
        <Index each={ways()}>{(way) => <WayWords way={way()} />}</Index>
      </Show>
    </Section>
  )
}

/** One way that is chosen on the drawing. */
export function OneWay(props: { flow: Connection }) {
  const { version } = useSentences()
  const way = createMemo((): Way => {
    version()
    return { flow: props.flow, target: props.flow.target as Shape, asked: askedBy(props.flow) }
  })
  const asks = () => isType(props.flow.source as Element, 'bpmn:ExclusiveGateway')
  return (
    <Section title={st('pieces.section.ways')} icon={<Split class="icon" aria-hidden="true" />}>
      <Show
        when={asks()}
        fallback={
          <Say>
            <Words text={st('pieces.ways.straight')} parts={{ target: () => <TargetWord flow={props.flow} /> }} />
          </Say>
        }
      >
        <WayWords way={way()} />
      </Show>
    </Section>
  )
}

function WayWords(props: { way: Way }) {
  const { edit, fields, parameters } = useSentences()
  const flow = () => props.way.flow
  const ratio = () => (props.way.asked.kind === 'ratio' ? props.way.asked.ratio : undefined)
  const count = () => (props.way.asked.kind === 'count' ? props.way.asked.count : undefined)
  const condition = () => (props.way.asked.kind === 'condition' ? props.way.asked.condition : undefined)
  const formula = () => (props.way.asked.kind === 'formula' ? props.way.asked.text : undefined)
  const begin = (path: string) => {
    const asked = askables(fields(), parameters()).find((one) => one.path === path)
    if (asked) edit.condition(flow(), writeCondition({ join: 'and', clauses: [askFirst(asked)] }))
  }
  return (
    <div class="way">
      <Say>
        <Words
          text={st('pieces.ways.named')}
          parts={{
            name: () => (
              <TextWord
                label={st('pieces.ways.name')}
                placeholder={st('pieces.ways.noName')}
                value={objectOf(flow()).name ?? ''}
                onChange={(name) => edit.rename(flow(), name)}
              />
            ),
          }}
        />
      </Say>
      <Switch>
        <Match when={props.way.asked.kind === 'otherwise'}>
          <Say>
            <span class="way-other">{st('pieces.ways.otherwise')}</span>
            {st('pieces.ways.comma')}
            <TargetWord flow={flow()} />
          </Say>
        </Match>
        <Match when={props.way.asked.kind === 'open'}>
          <Say>
            <Words
              text={st('pieces.ways.open')}
              parts={{
                field: () => (
                  <Choice
                    label={st('pieces.ways.field')}
                    placeholder={st('pieces.ways.pickField')}
                    value={undefined}
                    options={askables(fields(), parameters()).map((one) => ({ value: one.path, label: one.name }))}
                    onChange={begin}
                  />
                ),
                target: () => <TargetWord flow={flow()} />,
              }}
            />
          </Say>
        </Match>
        <Match when={ratio()}>
          {(found) => (
            <Say>
              <RatioWords ratio={found()} flow={flow()} />
              {st('pieces.ways.comma')}
              <TargetWord flow={flow()} />
            </Say>
          )}
        </Match>
        <Match when={count()}>
          {(found) => (
            <Say>
              <CountWords count={found()} flow={flow()} />
              {st('pieces.ways.comma')}
              <TargetWord flow={flow()} />
            </Say>
          )}
        </Match>
        <Match when={condition()}>{(found) => <ConditionWords condition={found()} flow={flow()} />}</Match>
        <Match when={formula()}>
          {(text) => (
            <>
              <Expert text={text()} />
              <Say>
                {st('pieces.ways.formulaTo')}
                <TargetWord flow={flow()} />
              </Say>
            </>
          )}
        </Match>
      </Switch>
      <Show when={props.way.asked.kind !== 'otherwise'}>
        <button type="button" class="link" onClick={() => edit.otherwise(flow())}>
          {st('pieces.ways.makeOtherwise')}
        </button>
      </Show>
    </div>
  )
}

/** 当 … 并且 …，走 … */
function ConditionWords(props: { condition: Condition; flow: Connection }) {
  const { edit, fields, parameters } = useSentences()
  const write = (condition: Condition) => edit.condition(props.flow, writeCondition(condition))
  const clauses = () => props.condition.clauses
  const setAt = (index: number, clause: Clause) =>
    write({ ...props.condition, clauses: clauses().map((one, at) => (at === index ? clause : one)) })
  const add = () => {
    const [first] = askables(fields(), parameters())
    if (first) write({ ...props.condition, clauses: [...clauses(), askFirst(first)] })
  }
  return (
    <>
      <Index each={clauses()}>
        {(clause, index) => (
          <Say>
            <Show when={index > 0} fallback={st('pieces.ways.when')}>
              <Choice<'and' | 'or'>
                label={st('pieces.ways.join')}
                value={props.condition.join}
                options={[
                  { value: 'and', label: st('pieces.ways.and') },
                  { value: 'or', label: st('pieces.ways.or') },
                ]}
                onChange={(join) => write({ ...props.condition, join })}
              />{' '}
            </Show>
            <ClauseWords clause={clause()} onChange={(next) => setAt(index, next)} />
            <Show when={clauses().length > 1}>
              <button
                type="button"
                class="link"
                onClick={() => write({ ...props.condition, clauses: clauses().filter((_, at) => at !== index) })}
              >
                {st('pieces.ways.dropClause')}
              </button>
            </Show>
          </Say>
        )}
      </Index>
      <Say>
        {st('pieces.ways.go')}
        <TargetWord flow={props.flow} />
      </Say>
      <button type="button" class="link way-add" onClick={add}>
        <Plus class="icon" aria-hidden="true" />
        {st('pieces.ways.addClause')}
      </button>
    </>
  )
}
