// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of template strings
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** Files of the decision editor with words that pass no translate service, and what stands there instead. */
const FILES: { readonly [end: string]: readonly [before: string, after: string] } = {
  '/dmn-js-decision-table/lib/features/drag-and-drop/DragAndDrop.js': [
    "`Move ${isInput(col) ? 'Input' : 'Output'}`",
    "__word(isInput(col) ? 'Move Input' : 'Move Output')",
  ],
  '/dmn-js-decision-table/lib/features/context-menu/ContextMenu.js': [
    '"aria-label": "Decision table context menu"',
    '"aria-label": __word("Decision table context menu")',
  ],
  '/dmn-js-decision-table/lib/features/simple-duration-edit/components/InputDurationEdit.js': [
    'createTextVNode("Value")',
    'createTextVNode(__word("Value"))',
  ],
  // A type is chosen by its word, not typed.
  '/dmn-js-decision-table/lib/features/type-ref/components/TypeRefCellContextMenu.js': [
    '"className": "type-ref-edit-select"',
    '"noInput": true, "className": "type-ref-edit-select"',
  ],
  '/dmn-js-literal-expression/lib/features/literal-expression-properties/components/LiteralExpressionPropertiesEditorComponent.js':
    ['"className": "variable-type-select', '"noInput": true, "className": "variable-type-select'],
  '/dmn-js-shared/lib/components/List.js': ['"title": "Remove item"', '"title": __word("Remove item")'],
}

/** The decision editor in the language of the app. A build fails when a text that is replaced here is gone. */
export const decisionEditor: Plugin = {
  name: 'decision-editor',
  enforce: 'pre',
  transform(code, id) {
    const patch = Object.entries(FILES).find(([end]) => id.split('?')[0]?.endsWith(end))?.[1]
    if (!patch) return undefined
    const [before, after] = patch
    if (!code.includes(before)) this.error(`${id} no longer holds ${before}`)
    const words = JSON.stringify(here('src/i18n/bpmn-io/decision-words.ts'))
    return {
      code: `import { decisionWord as __word } from ${words}\n${code.replaceAll(before, after)}`,
      map: null,
    }
  },
}
