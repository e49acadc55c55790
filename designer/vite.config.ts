import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import solid from 'vite-plugin-solid'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const api = process.env.BIHUAN_API ?? 'http://127.0.0.1:8080'

/** Words that form-js 2.0.0 writes without asking its translate service, and what stands there instead. */
const UNTRANSLATED: readonly [string, string][] = [
  ["children: valueLabel || 'Select'", "children: valueLabel || __word('Select')"],
  ["placeholder: 'Search',", "placeholder: __word('Search'),"],
  ['children: "Browse"', 'children: __word("Browse")'],
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

/** Sends those words through our dictionary and leaves out those fields; a build fails when the text it knows is gone. */
const formJs: Plugin = {
  name: 'form-js-lean',
  enforce: 'pre',
  resolveId(source, importer) {
    // Everybody but our own door gets the browser's Temporal where there is one.
    return source === 'temporal-polyfill' && !importer?.endsWith('/lean/temporal.ts')
      ? here('src/work/form/lean/temporal.ts')
      : undefined
  },
  transform(code, id) {
    if (!id.includes('@bpmn-io/form-js-viewer/dist/index.es.js')) return undefined
    let patched = code
    for (const [before, after] of [...UNTRANSLATED, ...FIELDS]) {
      if (!patched.includes(before)) this.error(`form-js-viewer no longer holds ${before}`)
      patched = patched.replaceAll(before, after)
    }
    return {
      code: `import { formWord as __word } from ${JSON.stringify(here('src/i18n/form-words.ts'))}\n${patched}`,
      map: null,
    }
  },
}

export default defineConfig({
  root: here('.'),
  plugins: [formJs, solid()],
  resolve: {
    alias: [
      // What a phone need not load for a form: our own date field takes the place of the one that needs a calendar.
      { find: /^flatpickr$/, replacement: here('src/work/form/lean/calendar.ts') },
      { find: /^luxon$/, replacement: here('src/work/form/lean/luxon.ts') },
      { find: /^marked$/, replacement: here('src/work/form/lean/markdown.ts') },
      { find: /^@lezer\/highlight$/, replacement: here('src/work/form/lean/highlight.ts') },
      { find: /^lodash\/isEqual$/, replacement: here('src/work/form/lean/is-equal.ts') },
      // One FEEL in the browser and on the server: the engine's.
      { find: /^@bpmn-io\/feelin$/, replacement: here('src/work/form/lean/feel.ts') },
    ],
  },
  build: { target: 'chrome111', manifest: true, outDir: 'dist', chunkSizeWarningLimit: 700 },
  server: { host: '127.0.0.1', proxy: { '/api': { target: api, changeOrigin: false } } },
})
