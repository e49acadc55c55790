import { compileExpression, type FieldDictionary, type FieldEntry } from '@bihuan/engine'
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { NewColumn } from './table-handle.ts'

type ColumnType = NewColumn['type']

/** The type of a column that reads a field. */
export function columnType({ kind }: FieldEntry): ColumnType {
  if (kind === 'number' || kind === 'money') return 'number'
  if (kind === 'yesNo') return 'boolean'
  return kind === 'date' ? 'date' : 'string'
}

/** What a condition on a field reads: money is kept as a text. */
const expressionOf = ({ key, kind }: FieldEntry): string => (kind === 'money' ? `number(${key})` : key)

/** Kinds a condition can be written on; a file or a signature has nothing to compare. */
const COMPARED = new Set(['text', 'number', 'money', 'date', 'choice', 'choices', 'yesNo'])

/** A new column: of the fields of the package, or an expression or name of one's own. */
export function ColumnSheet(props: {
  kind: 'input' | 'output' | null
  dictionary: FieldDictionary
  /** Names that results have already. */
  taken: readonly string[]
  onClose: () => void
  onAdd: (column: NewColumn) => void
}) {
  const [label, setLabel] = createSignal('')
  const [name, setName] = createSignal('')
  const [type, setType] = createSignal<ColumnType>('string')
  createEffect(
    on(
      () => props.kind,
      () => {
        setLabel('')
        setName('')
        setType('string')
      },
    ),
  )
  const fields = () => props.dictionary.fields.filter((field) => COMPARED.has(field.kind))
  const fault = (): string | null => {
    const text = name().trim()
    if (text === '') return null
    const compiled = compileExpression(text)
    if ('error' in compiled) return st('decisions.notFeel')
    if (props.kind === 'input') return null
    if (compiled.expression.names.length !== 1 || compiled.expression.names[0] !== text) return st('decisions.notName')
    return props.taken.includes(text) ? st('decisions.taken') : null
  }
  const ready = () => label().trim() !== '' && name().trim() !== '' && fault() === null
  const add = () => ready() && props.onAdd({ label: label().trim(), name: name().trim(), type: type() })

  return (
    <Sheet
      open={props.kind !== null}
      onClose={props.onClose}
      title={props.kind === 'output' ? st('decisions.addOutput') : st('decisions.addInput')}
      foot={
        <div class="sheet-acts">
          <Button size="small" onClick={props.onClose}>
            {st('decisions.cancel')}
          </Button>
          <Button size="small" disabled={!ready()} onClick={add}>
            {st('decisions.add')}
          </Button>
        </div>
      }
    >
      <form
        class="column-sheet"
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <Show when={props.kind === 'input' && fields().length > 0}>
          <h3>{st('decisions.fromFields')}</h3>
          <ul>
            <For each={fields()}>
              {(field) => (
                <li>
                  <button
                    type="button"
                    class="field-put"
                    aria-pressed={name() === expressionOf(field)}
                    onClick={() => {
                      setLabel(field.name)
                      setName(expressionOf(field))
                      setType(columnType(field))
                    }}
                  >
                    {field.name}
                  </button>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <label>
          <span class="label">{st('decisions.columnLabel')}</span>
          <input class="control" value={label()} onInput={(event) => setLabel(event.currentTarget.value)} />
        </label>
        <label>
          <span class="label">{props.kind === 'output' ? st('decisions.resultName') : st('decisions.expression')}</span>
          <input
            class="control"
            value={name()}
            spellcheck={false}
            aria-invalid={fault() !== null}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <small classList={{ bad: fault() !== null }}>
            {fault() ?? (props.kind === 'output' ? st('decisions.resultHelp') : st('decisions.expressionHelp'))}
          </small>
        </label>
        <div>
          <span class="label">{st('decisions.columnType')}</span>
          <Choice<ColumnType>
            look="control"
            label={st('decisions.columnType')}
            value={type()}
            options={(['string', 'number', 'boolean', 'date'] as const).map((value) => ({
              value,
              label: st(`decisions.type.${value}`),
            }))}
            onChange={setType}
          />
        </div>
        <button type="submit" class="sr" tabIndex={-1} aria-hidden="true" />
      </form>
    </Sheet>
  )
}
