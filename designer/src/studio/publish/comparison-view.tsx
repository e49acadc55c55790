import { createMemo, createSignal, For, type JSX, Show, Suspense } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { st } from '../../i18n/studio.ts'
import { latePart } from '../../ui/late.tsx'
import { Loading } from '../../ui/state.tsx'
import { fileWords } from '../shell/file-words.ts'
import { accessWords, detailLine, kindWords, type Names, typeWords } from './change-words.ts'
import type { Change, ChangeKind, Comparison } from './compare/comparison.ts'
import { countOfModel } from './compare/comparison.ts'
import './comparison-view.css'

const ModelCompare = latePart(() => import('./model-compare.tsx'))

/** All that differs between two versions, part by part: the drawings side by side, the rest in words. */
export function ComparisonView(props: { comparison: Comparison; names: Names; before: string; after: string }) {
  return (
    <div class="comparison">
      <For each={props.comparison.models}>
        {(model) => {
          const [selected, setSelected] = createSignal<string | null>(null)
          const moved = () => model.moved.length
          return (
            <Part
              title={
                props.comparison.models.length > 1 ? `${st('publish.models')} ${model.resource}` : st('publish.models')
              }
              count={countOfModel(model)}
            >
              <Show
                when={!model.unreadable}
                fallback={<p>{st('publish.unreadable', { file: fileWords(model.resource) })}</p>}
              >
                <Suspense fallback={<Loading rows={2} />}>
                  <ModelCompare
                    model={model}
                    before={props.before}
                    after={props.after}
                    selected={selected()}
                    onSelect={setSelected}
                  />
                </Suspense>
                <ul class="changes">
                  <For each={model.changes}>
                    {(change) => (
                      <Line
                        kind={change.kind}
                        selected={selected() === change.id}
                        onPress={() => setSelected(change.id)}
                      >
                        <b>{change.name}</b> <span class="quiet">{typeWords(change.type ?? '')}</span>
                        <Details change={change} names={props.names} />
                      </Line>
                    )}
                  </For>
                  <Show when={moved() > 0}>
                    <Line kind="changed">
                      <span class="quiet">{st('publish.moved', { count: moved() })}</span>
                    </Line>
                  </Show>
                </ul>
              </Show>
            </Part>
          )
        }}
      </For>
      <Things title={st('publish.fields')} changes={props.comparison.fields} names={props.names} />
      <Show when={props.comparison.access.length > 0}>
        <Part
          title={st('publish.access')}
          count={props.comparison.access.reduce((sum, step) => sum + step.cells.length, 0)}
        >
          <dl class="access-changes">
            <For each={props.comparison.access}>
              {(step) => (
                <div>
                  <dt>{step.name}</dt>
                  <For each={step.cells}>
                    {(cell) => (
                      <dd>
                        {st('publish.cell', {
                          name: cell.name,
                          before: accessWords(cell.before),
                          after: accessWords(cell.after),
                        })}
                      </dd>
                    )}
                  </For>
                </div>
              )}
            </For>
          </dl>
        </Part>
      </Show>
      <Show when={props.comparison.forms.length > 0}>
        <Part title={st('publish.forms')} count={props.comparison.forms.length}>
          <For each={props.comparison.forms}>
            {(form) => (
              <ul class="form-change">
                <Line kind={form.kind}>
                  <b>{form.title}</b>
                  <Show when={form.details.length > 0}>
                    <span class="details">{detailLine(form.details, props.names)}</span>
                  </Show>
                </Line>
                <Show when={form.components.length > 0}>
                  <li>
                    <ul class="changes inner">
                      <For each={form.components}>{(change) => <ThingLine change={change} names={props.names} />}</For>
                    </ul>
                  </li>
                </Show>
              </ul>
            )}
          </For>
        </Part>
      </Show>
      <Show when={props.comparison.decisions.length > 0}>
        <Part title={st('publish.decisions')} count={props.comparison.decisions.length}>
          <ul class="changes">
            <For each={props.comparison.decisions}>
              {(decision) => (
                <Line kind={decision.kind}>
                  <b>{decision.name}</b>
                  <span class="details">
                    {[
                      detailLine(decision.details, props.names),
                      ...(['added', 'removed', 'changed'] as const).map((kind) =>
                        decision.rows[kind] > 0 ? st(`publish.rows.${kind}`, { count: decision.rows[kind] }) : '',
                      ),
                    ]
                      .filter(Boolean)
                      .join(t('app.separator'))}
                  </span>
                </Line>
              )}
            </For>
          </ul>
        </Part>
      </Show>
      <Things title={st('publish.parameters')} changes={props.comparison.parameters} names={props.names} />
      <Show when={props.comparison.others.length > 0}>
        <Part title={st('publish.others')} count={props.comparison.others.length}>
          <ul class="changes">
            <For each={props.comparison.others}>
              {({ kind, resource }) => (
                <Line kind={kind}>
                  <b>{fileWords(resource)}</b>
                </Line>
              )}
            </For>
          </ul>
        </Part>
      </Show>
    </div>
  )
}

function Part(props: { title: string; count: number; children: JSX.Element }) {
  return (
    <section class="comparison-part">
      <h3>
        {props.title} <span class="num">{props.count}</span>
      </h3>
      {props.children}
    </section>
  )
}

function Things(props: { title: string; changes: readonly Change[]; names: Names }) {
  return (
    <Show when={props.changes.length > 0}>
      <Part title={props.title} count={props.changes.length}>
        <ul class="changes">
          <For each={props.changes}>{(change) => <ThingLine change={change} names={props.names} />}</For>
        </ul>
      </Part>
    </Show>
  )
}

function ThingLine(props: { change: Change; names: Names }) {
  const type = createMemo(() => (props.change.type ? kindWords(props.change.type) : ''))
  return (
    <Line kind={props.change.kind}>
      <b>{props.change.name}</b>
      {/* A type without a word of its own is not shown. */}
      <Show when={type() !== props.change.type}>
        {' '}
        <span class="quiet">{type()}</span>
      </Show>
      <Details change={props.change} names={props.names} />
    </Line>
  )
}

function Details(props: { change: Change; names: Names }) {
  return (
    <Show when={props.change.details.length > 0}>
      <span class="details">{detailLine(props.change.details, props.names)}</span>
    </Show>
  )
}

function Line(props: { kind: ChangeKind; selected?: boolean; onPress?: () => void; children: JSX.Element }) {
  const content = () => (
    <>
      <span class={`change-kind ${props.kind}`}>{st(`publish.kind.${props.kind}`)}</span>
      <span class="change-words">{props.children}</span>
    </>
  )
  return (
    <li class="change">
      <Show when={props.onPress} fallback={<div class="change-line">{content()}</div>}>
        {(press) => (
          <button type="button" class="change-line" aria-pressed={props.selected ?? false} onClick={() => press()()}>
            {content()}
          </button>
        )}
      </Show>
    </li>
  )
}
