import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import BetweenVerticalEnd from 'lucide-solid/icons/between-vertical-end'
import BetweenVerticalStart from 'lucide-solid/icons/between-vertical-start'
import CopyPlus from 'lucide-solid/icons/copy-plus'
import Plus from 'lucide-solid/icons/plus'
import Redo2 from 'lucide-solid/icons/redo-2'
import Trash from 'lucide-solid/icons/trash'
import Undo2 from 'lucide-solid/icons/undo-2'
import { For, type JSX, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Choice } from '../../ui/choice.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Tip } from '../../ui/tooltip.tsx'
import { dmnPolicy, type HitPolicy, hitPolicies, hitPolicyOf, policyWords } from './hit-policies.ts'
import type { TableHandle } from './table-handle.ts'

export interface TableHeadProps {
  readonly name: string
  readonly handle: TableHandle | null
  readonly onAddColumn: (kind: 'input' | 'output') => void
  readonly onDelete: () => void
}

interface Tool {
  readonly label: string
  readonly icon: () => JSX.Element
  readonly on: boolean
  readonly act: () => void
}

/** The line above a decision: its name, how its rows are counted as a sentence, and what can be done to it. */
export function TableHead(props: TableHeadProps) {
  const table = () => props.handle?.table() ?? null
  const policy = () => {
    const found = table()
    return found ? hitPolicyOf(found) : null
  }
  const inRow = () => Boolean(props.handle?.cell()?.row)
  const inColumn = () => Boolean(props.handle?.cell()?.col)

  const rows = (): readonly Tool[] => [
    {
      label: st('decisions.addRule'),
      icon: () => <Plus class="icon s" aria-hidden="true" />,
      on: table() !== null,
      act: () => props.handle?.addRule(),
    },
    {
      label: st('decisions.repeatRule'),
      icon: () => <CopyPlus class="icon s" aria-hidden="true" />,
      on: inRow(),
      act: () => props.handle?.repeatRule(),
    },
    {
      label: st('decisions.up'),
      icon: () => <ArrowUp class="icon s" aria-hidden="true" />,
      on: props.handle?.canMoveRule(-1) ?? false,
      act: () => props.handle?.moveRule(-1),
    },
    {
      label: st('decisions.down'),
      icon: () => <ArrowDown class="icon s" aria-hidden="true" />,
      on: props.handle?.canMoveRule(1) ?? false,
      act: () => props.handle?.moveRule(1),
    },
    {
      label: st('decisions.removeRule'),
      icon: () => <Trash class="icon s" aria-hidden="true" />,
      on: inRow(),
      act: () => props.handle?.removeRule(),
    },
  ]
  const steps = (): readonly Tool[] => [
    {
      label: st('forms.undo'),
      icon: () => <Undo2 class="icon s" aria-hidden="true" />,
      on: props.handle?.canUndo() ?? false,
      act: () => props.handle?.undo(),
    },
    {
      label: st('forms.redo'),
      icon: () => <Redo2 class="icon s" aria-hidden="true" />,
      on: props.handle?.canRedo() ?? false,
      act: () => props.handle?.redo(),
    },
  ]

  return (
    <header class="desk-head table-head">
      <div class="desk-head-words">
        <Show when={table()} fallback={<h1>{props.name}</h1>}>
          <h1>
            <input
              class="name-input"
              aria-label={st('decisions.name')}
              value={props.name}
              onChange={(event) => {
                const name = event.currentTarget.value.trim()
                if (name === '') event.currentTarget.value = props.name
                else if (name !== props.name) props.handle?.rename(name)
              }}
            />
          </h1>
        </Show>
        <Show when={policy()}>
          {(found) => (
            <p class="policy">
              {st('decisions.policyStart')}
              <Choice<HitPolicy>
                label={st('decisions.policyLabel')}
                value={found()}
                options={hitPolicies.map((each) => ({ value: each, ...policyWords(each) }))}
                onChange={(each) => props.handle?.setHitPolicy(...dmnPolicy(each))}
              />
              {st('decisions.policyEnd')}
            </p>
          )}
        </Show>
      </div>
      <Tools label={st('decisions.steps')} tools={steps()} />
      <Show when={table()}>
        <Tools label={st('decisions.rows')} tools={rows()} />
        <Menu
          label={st('decisions.columns')}
          class="btn secondary small"
          trigger={
            <>
              <Plus class="icon s" aria-hidden="true" />
              {st('decisions.columns')}
            </>
          }
          items={[
            {
              label: st('decisions.addInput'),
              icon: <BetweenVerticalStart class="icon s" aria-hidden="true" />,
              onSelect: () => props.onAddColumn('input'),
            },
            {
              label: st('decisions.addOutput'),
              icon: <BetweenVerticalEnd class="icon s" aria-hidden="true" />,
              onSelect: () => props.onAddColumn('output'),
            },
            {
              label: st('decisions.removeColumn'),
              apart: true,
              disabled: !inColumn(),
              onSelect: () => props.handle?.removeColumn(),
            },
            { label: st('decisions.delete'), danger: true, apart: true, onSelect: props.onDelete },
          ]}
        />
      </Show>
    </header>
  )
}

function Tools(props: { label: string; tools: readonly Tool[] }) {
  return (
    <div class="desk-tools" role="toolbar" aria-label={props.label}>
      <For each={props.tools}>
        {(tool) => (
          <Tip text={tool.label}>
            <button
              type="button"
              class="desk-tool"
              aria-label={tool.label}
              disabled={!tool.on}
              // The table keeps its selected cell, which the act is about.
              onMouseDown={(event) => event.preventDefault()}
              onClick={tool.act}
            >
              {tool.icon()}
            </button>
          </Tip>
        )}
      </For>
    </div>
  )
}
