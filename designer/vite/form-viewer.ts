import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { leanDecimal } from './lean-decimal.ts'

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** Words that form-js 2.0.0 writes without asking its translate service, and what stands there instead. */
const UNTRANSLATED: readonly [string, string][] = [
  ["children: valueLabel || 'Select'", "children: valueLabel || __word('Select')"],
  ["placeholder: 'Search',", "placeholder: __word('Search'),"],
  ['children: "Browse"', 'children: __word("Browse")'],
  [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of the viewer
    '`Remove list item ${itemIndex + 1}`',
    "__word('Remove list item {index}', { index: itemIndex + 1 })",
  ],
]

/** Lists that form-js 2.0.0 lets a reader take rows from, and counts wrongly when some are folded away. */
const LISTS: readonly [string, string][] = [
  [
    'const showRemove = repeaterField.allowAddRemove && hasChildren;',
    'const showRemove = repeaterField.allowAddRemove && hasChildren && !props.readonly && !props.disabled;',
  ],
  [
    'const showAdd = repeaterField.allowAddRemove && hasChildren;',
    'const showAdd = repeaterField.allowAddRemove && hasChildren && !readonly && !disabled;',
  ],
  ['value: values.length - 1\n', 'value: values.length - nonCollapsedItems\n'],
]

/**
 * Fields that no form of ours holds (the engine refuses their types at deploy) or that ours replace (date, file): left
 * out of the list that form-js registers, so that their code is not shipped to phones.
 */
const FIELDS: readonly [string, string][] = [
  ['Numberfield, Datetime, ExpressionField, FilePicker,', 'Numberfield, ExpressionField,'],
  ['Text, Image, Table, Html, DocumentPreview, Spacer, Separator,', 'Text, Table, Spacer, Separator,'],
  ['Group, DynamicList, IFrame,', 'Group, DynamicList,'],
]

const VIEWER = '/@bpmn-io/form-js-viewer/'
/** Texts with expressions in them, of the viewer; the editors of the studio read them by a grammar, with colours. */
const FEELERS = '/feelers/lib/'

const DECIMAL = '/decimal.js/decimal.mjs'
/** Patterns of FEEL in the engine, matched by the browser instead of a library. */
const PATTERN = '/engine/src/feel/builtin/pattern.ts'

/**
 * What a phone need not load for a form, by what it asks for: our own date field takes the place of the one that needs
 * a calendar.
 */
const LEAN: { readonly [source: string]: string } = {
  flatpickr: 'calendar.ts',
  luxon: 'luxon.ts',
  marked: 'markdown.ts',
  'lodash/isEqual': 'is-equal.ts',
}

/**
 * Sends those words through our dictionary, mends those lists and leaves out those fields; a build fails when the text it
 * knows is gone.
 */
export const formViewer: Plugin = {
  name: 'form-viewer',
  enforce: 'pre',
  resolveId(source, importer) {
    // One FEEL in the browser and on the server, the engine's: also for templates, and for the viewer of the editor.
    if (source === '@bpmn-io/feelin') return here('src/work/form/lean/feel.ts')
    if (source === 're2js' && importer?.endsWith(PATTERN)) return here('src/work/form/lean/re2js.ts')
    if (source === '@bpmn-io/lezer-feelers' && importer?.includes(FEELERS))
      return here('src/work/form/lean/template.ts')
    // The editor of the studio brings a viewer of its own, whole but for that.
    const lean = importer?.includes(VIEWER) && !importer?.includes('/form-js-editor/') ? LEAN[source] : undefined
    return lean && here(`src/work/form/lean/${lean}`)
  },
  transform(code, id) {
    if (id.includes(DECIMAL)) return { code: leanDecimal(code), map: null }
    if (!id.includes(VIEWER) || !id.includes('dist/index.es.js') || id.includes('/form-js-editor/')) return undefined
    let patched = code
    for (const [before, after] of [...UNTRANSLATED, ...LISTS, ...FIELDS]) {
      if (!patched.includes(before)) this.error(`form-js-viewer no longer holds ${before}`)
      patched = patched.replaceAll(before, after)
    }
    return {
      code: `import { formWord as __word } from ${JSON.stringify(here('src/i18n/form-words.ts'))}\n${patched}`,
      map: null,
    }
  },
}
