// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of template strings
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

type Patch = readonly [before: string, after: string]

/** Files of the diagram libraries with words that pass no translate service, and what stands there instead. */
const FILES: { readonly [end: string]: readonly Patch[] } = {
  '/diagram-js/lib/features/popup-menu/PopupMenuComponent.js': [
    ["title || 'Search'", "title || __word('Search')"],
    ["title || 'Results'", "title || __word('Results')"],
    [
      "${ entriesToShow.length } ${ entriesToShow.length === 1 ? 'result' : 'results' } found",
      "${ __word(entriesToShow.length === 1 ? '{count} result found' : '{count} results found', { count: entriesToShow.length }) }",
    ],
    [
      "`Open entry documentation for ${ selectedEntry.label }` : 'Open entry documentation'",
      "__word('Open entry documentation for {label}', { label: selectedEntry.label }) : __word('Open entry documentation')",
    ],
    ['>\n                Open entry documentation\n', ">\n                ${ __word('Open entry documentation') }\n"],
  ],
  '/diagram-js/lib/features/popup-menu/PopupMenuBreadcrumbs.js': [
    ['title="Back"', "title=${ __word('Back') }"],
    ['aria-label="Back"', "aria-label=${ __word('Back') }"],
  ],
  '/diagram-js/lib/features/popup-menu/PopupMenuItem.js': [
    ['title="Open entry documentation"', "title=${ __word('Open entry documentation') }"],
  ],
  '/@bpmn-io/properties-panel/dist/index.esm.js': [
    // Most of its parts are called without the translate service of the modeller.
    [
      'function translateFallback(template, replacements) {',
      'function translateFallback(template, replacements) {\n  return __word(template, replacements);',
    ],
    ['children: "Opened in popup"', 'children: __word("Opened in popup")'],
  ],
  '/bpmn-js-element-templates/dist/index.esm.js': [
    ['title: "Select a template"', 'title: __word("Select a template")'],
  ],
  '/bpmn-js-properties-panel/dist/index.esm.js': [
    [
      "'Written in ' + variable.origin.map(origin => origin.name || origin.id).join(', ')",
      "__word('Written in {elements}', { elements: variable.origin.map(origin => origin.name || origin.id).join(', ') })",
    ],
  ],
}

/** The diagram libraries in the language of the app. A build fails when a text that is replaced here is gone. */
export const diagrams: Plugin = {
  name: 'diagrams',
  enforce: 'pre',
  transform(code, id) {
    const file = id.split('?')[0]!
    const patches = Object.entries(FILES).find(([end]) => file.endsWith(end))?.[1]
    if (!patches || file.includes('/form-js-editor/node_modules/')) return undefined
    let patched = code
    for (const [before, after] of patches) {
      if (!patched.includes(before)) this.error(`${file} no longer holds ${before}`)
      patched = patched.replaceAll(before, after)
    }
    const words = JSON.stringify(here('src/i18n/bpmn-io/diagram-words.ts'))
    return { code: `import { diagramWord as __word } from ${words}\n${patched}`, map: null }
  },
}
