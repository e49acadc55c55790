import type { FieldDictionary } from '@bihuan/engine'
import type { DmnCell, DmnElement, DmnModeling, DmnRenderer, DmnSelection } from './dmn-parts.ts'

/** Options of the field that a column reads or is called as: labels by value; empty for any other column. */
export function optionsOf(dictionary: FieldDictionary, key: string | undefined): ReadonlyMap<string, string> {
  const field = dictionary.fields.find((each) => each.key === key?.trim())
  return new Map((field?.options ?? []).map(({ value, label }) => [value, label]))
}

const SEPARATOR = /[,\uff0c\u3001]/
const QUOTED = /^["\u201c\u201d](.*)["\u201c\u201d]$/s

/**
 * A cell written in the words of options as it is to be kept: answers hold values, and a cell shows their labels.
 * @returns null when it is no list of options, or written in values already
 */
export function valuesFor(text: string, options: ReadonlyMap<string, string>): string | null {
  const cell = text.trim()
  if (cell === '' || options.size === 0) return null
  const byLabel = new Map([...options].map(([value, label]) => [label, value]))
  const meant = (part: string): string | undefined => {
    const word = QUOTED.exec(part.trim())?.[1] ?? part.trim()
    return options.has(word) ? word : byLabel.get(word)
  }
  const parts = meant(cell) === undefined ? cell.split(SEPARATOR) : [cell]
  const values = parts.map(meant)
  if (values.includes(undefined)) return null
  const written = values.map((value) => JSON.stringify(value)).join(', ')
  return written === cell ? null : written
}

interface Changed {
  readonly context: { readonly element: DmnElement | DmnCell }
}
interface Events {
  on<T>(event: string, listener: (event: T) => void): void
}

/** The options of the column that a cell stands in. */
function optionsAt(cell: DmnElement, dictionary: FieldDictionary): ReadonlyMap<string, string> {
  const rule = cell.$parent
  const table = rule?.$parent
  const input = rule?.inputEntry?.indexOf(cell) ?? -1
  const output = rule?.outputEntry?.indexOf(cell) ?? -1
  const key = input >= 0 ? table?.input?.[input]?.inputExpression?.text : table?.output?.[output]?.name
  return optionsOf(dictionary, key)
}

/**
 * The module that puts values in place of labels in the cells people have written in, once they are done with a cell:
 * the text under somebody's cursor is left alone.
 */
export function optionWordsModule(dictionary: () => FieldDictionary): object {
  class OptionWords {
    static $inject = ['eventBus', 'selection', 'modeling', 'renderer']
    constructor(events: Events, selection: DmnSelection, modeling: DmnModeling, renderer: DmnRenderer) {
      const written = new Set<DmnElement>()
      const settle = (): void => {
        const at = document.activeElement
        const isWriting = at !== null && renderer.getContainer().contains(at) && at.closest('.feel-editor') !== null
        const open = isWriting ? selection.get()?.businessObject : undefined
        for (const cell of [...written].filter((one) => one !== open)) {
          written.delete(cell)
          const text = valuesFor(cell.text ?? '', optionsAt(cell, dictionary()))
          if (text !== null) modeling.updateProperties(cell, { text })
        }
      }
      events.on<Changed>('commandStack.element.updateProperties.postExecuted', ({ context: { element } }) => {
        const cell = 'businessObject' in element ? element.businessObject : element
        if (cell.text !== undefined) written.add(cell)
      })
      events.on<{ trigger?: string }>('commandStack.changed', ({ trigger }) => {
        // What is taken back is not to be put there again.
        if (trigger === 'undo' || trigger === 'redo' || trigger === 'clear') written.clear()
        else settle()
      })
      events.on('selection.changed', settle)
      // The cell keeps being the selected one when people go on elsewhere.
      renderer.getContainer().addEventListener('focusout', () => queueMicrotask(settle))
    }
  }
  return { __init__: ['studioOptionWords'], studioOptionWords: ['type', OptionWords] }
}
