import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

const EDITOR = '/@bpmn-io/form-js-editor/'
const RUNTIME = /import \{([^}]*)\} from (['"][^'"]*jsx-runtime['"]);/

/** What our own parts of the editor need of its libraries; it keeps older copies of its own of all three. */
const LIBRARIES = `
export * as editorPreact from 'preact'
export * as editorHooks from 'preact/hooks'
export * as editorViewer from '@bpmn-io/form-js-viewer'
`

/** Words of the editor that pass neither a translate service nor the JSX of its library, with what stands there instead. */
const OUTSIDE_JSX: readonly [string, string][] = [
  [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of the editor
    '`Create ${getIndefiniteArticle(type)} ${label} element`',
    "__word('Create {name}').replace('{name}', __word(label))",
  ],
  [
    '.includes(simplifiedSearchTerm) || simplifiedEntryType',
    '.includes(simplifiedSearchTerm) || simplifyString(__word(entry.label)).includes(simplifiedSearchTerm) || simplifiedEntryType',
  ],
  ["'aria-label': label", "'aria-label': __word(label)"],
  ["            'aria-label': title", "            'aria-label': __word(title)"],
]

/** The style sheets of the editor and of the viewer that it brings, as one. */
const STYLES = 'virtual:form-editor.css'
const STYLES_FILE = here('src/studio/look/form-editor-libraries.css')

/**
 * Rules that count inside the editor only: the form viewer at work and the panel of the process editor are newer and
 * use the same class names. Animations have no place in a nested rule and stand before it.
 */
function scoped(css: string): string {
  const animations: string[] = []
  const rules = css.replace(/@(-webkit-)?keyframes [\w-]+ \{(?:[^{}]*\{[^{}]*\})*\s*\}/g, (animation) => {
    animations.push(animation)
    return ''
  })
  return `${animations.join('\n')}\n.form-editor {\n${rules}\n}\n`
}

const isEditor = (id: string): boolean => id.includes(EDITOR) && id.includes('dist/index.es.js')

/**
 * The form editor in the language of the app. It has no translate service: what its JSX shows goes through our
 * dictionary. A build fails when the text that is replaced here is gone.
 */
export const formEditor: Plugin = {
  name: 'form-editor',
  enforce: 'pre',
  resolveId(source) {
    return source === STYLES ? STYLES_FILE : undefined
  },
  async load(id) {
    if (id !== STYLES_FILE) return undefined
    const editor = await this.resolve('@bpmn-io/form-js-editor', here('src/main.tsx'))
    // Named from the editor, so that its own viewer is found.
    const viewer = editor && (await this.resolve('@bpmn-io/form-js-viewer/dist/assets/form-js.css', editor.id))
    const own = editor && (await this.resolve('@bpmn-io/form-js-editor/dist/assets/form-js-editor.css', editor.id))
    if (!viewer || !own) this.error('form-js-editor has no style sheets')
    const sheets = await Promise.all([viewer, own].map((sheet) => readFile(sheet.id, 'utf8')))
    return scoped(sheets.join('\n'))
  },
  transform(code, id) {
    if (!isEditor(id)) return undefined
    const runtime = RUNTIME.exec(code)
    if (!runtime) this.error(`${id} no longer imports a jsx-runtime`)
    const names = runtime[1]!.replace(/\bjsx\b/, 'jsx as __jsx').replace(/\bjsxs\b/, 'jsxs as __jsxs')
    const words = JSON.stringify(here('src/studio/form/editor-words.ts'))
    let patched = code.replace(
      runtime[0],
      `import {${names}} from ${runtime[2]}; import { editorWord as __word, inWords as __in } from ${words}; const jsx = (type, props, key) => __jsx(type, __in(props), key); const jsxs = (type, props, key) => __jsxs(type, __in(props), key);`,
    )
    if (id.includes(`${EDITOR}node_modules/`)) return { code: patched, map: null }
    for (const [before, after] of OUTSIDE_JSX) {
      if (!patched.includes(before)) this.error(`form-js-editor no longer holds ${before}`)
      patched = patched.replaceAll(before, after)
    }
    return { code: patched + LIBRARIES, map: null }
  },
}
