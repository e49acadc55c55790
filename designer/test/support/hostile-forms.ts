/** Where a form that gets its way would lead: the test sees every request to it. */
export const ELSEWHERE = 'http://elsewhere.invalid'

type Component = Record<string, unknown>
const form = (...components: Component[]) => ({
  type: 'default',
  schemaVersion: 19,
  id: 'hostile',
  components: components.map((component, i) => ({ id: `Field_${i}`, ...component })),
})

const SCRIPT = `window.ran = true`
const MARKUP = [
  `<script>${SCRIPT}</script>`,
  `<img src=x onerror="${SCRIPT}">`,
  `<img src="${ELSEWHERE}/pixel.png">`,
  `<svg onload="${SCRIPT}"><a xlink:href="javascript:${SCRIPT}"><text>x</text></a></svg>`,
  `<iframe src="${ELSEWHERE}/frame"></iframe>`,
  `<iframe srcdoc="<script>parent.ran = true</script>"></iframe>`,
  `<form action="${ELSEWHERE}/post" method="post"><button id="post">go</button></form>`,
  `<style>body { background: url(${ELSEWHERE}/style.png) }</style>`,
  `<div style="background:url(${ELSEWHERE}/inline.png)">x</div>`,
  `<link rel="stylesheet" href="${ELSEWHERE}/sheet.css">`,
  `<meta http-equiv="refresh" content="0;url=${ELSEWHERE}/refresh">`,
  `<object data="${ELSEWHERE}/object"></object><embed src="${ELSEWHERE}/embed">`,
  `<math><mtext><table><mglyph><style><img src=x onerror="${SCRIPT}">`,
  `<a href="javascript:${SCRIPT}">press</a>`,
  `<video poster="${ELSEWHERE}/poster.png"><source src="${ELSEWHERE}/movie"></video>`,
  `<base href="${ELSEWHERE}/"><img src="base.png">`,
]

/** Forms that try to run a script, to ask elsewhere, to post, or to stop the browser. */
export const hostileForms: { readonly [name: string]: ReturnType<typeof form> } = {
  ...Object.fromEntries(
    MARKUP.map((markup, i) => [`text ${i}: ${markup.slice(0, 24)}`, form({ type: 'text', text: markup })]),
  ),
  ...Object.fromEntries(
    MARKUP.map((markup, i) => [`html ${i}: ${markup.slice(0, 24)}`, form({ type: 'html', content: markup })]),
  ),
  'markdown links': form({
    type: 'text',
    text: `[press](javascript:${SCRIPT}) ![x](${ELSEWHERE}/markdown.png) <${ELSEWHERE}> [x]: javascript:${SCRIPT}`,
  }),
  'labels and help': form(
    ...['textfield', 'number', 'checkbox', 'radio', 'group', 'datetime'].map((type, i) => ({
      type,
      key: `k${i}`,
      label: MARKUP[1],
      description: MARKUP[2],
      values: [{ label: MARKUP[1], value: 'a' }],
      appearance: { prefixAdorner: MARKUP[1], suffixAdorner: MARKUP[2] },
      validate: { patternErrorMessage: MARKUP[1] },
      ...(type === 'group' ? { components: [] } : {}),
    })),
  ),
  'our own fields': form(
    { type: 'attachments', key: 'a', label: MARKUP[1], items: [{ name: MARKUP[1], required: true }] },
    {
      type: 'rows',
      key: 'r',
      label: MARKUP[2],
      columns: [{ key: 'c', name: MARKUP[1], kind: 'text', unit: MARKUP[2] }],
    },
    { type: 'votes', key: 'v', label: MARKUP[1], attendance: MARKUP[1] },
    { type: 'person', key: 'p', label: MARKUP[1], role: MARKUP[1] },
  ),
  image: form({ type: 'image', source: `${ELSEWHERE}/image.png`, alt: 'x' }),
  'image of a script': form({ type: 'image', source: `javascript:${SCRIPT}` }),
  iframe: form({ type: 'iframe', url: `${ELSEWHERE}/page`, security: { allowScripts: true, allowSameOrigin: true } }),
  'document preview': form({ type: 'documentPreview', dataSource: `=[{"endpoint": "${ELSEWHERE}/document"}]` }),
  button: form({ type: 'button', action: `javascript:${SCRIPT}`, label: 'x' }),
  expressions: form({
    type: 'textfield',
    key: 'a',
    label: `=${'"<img src=x onerror=window.ran=true>"'}`,
    conditional: { hide: '=false' },
  }),
  'templates of data': form({
    type: 'text',
    text: '{{ "<img src=x onerror=window.ran=true>" }} {{#loop a}}{{this}}{{/loop}}',
  }),
  'endless expression': form(
    { type: 'textfield', key: 'a', label: 'a', readonly: '=count(for i in 1..1000000000 return i) > 0' },
    { type: 'select', key: 'b', label: 'b', valuesExpression: '=for i in 1..1000000000 return i' },
    { type: 'text', text: '{{ count(for i in 1..1000000000 return i) }}' },
  ),
  'a pattern that never ends': form({ type: 'textfield', key: 'a', label: 'a', validate: { pattern: '^(a+)+$' } }),
  'names every object has': form(
    { type: 'constructor', key: 'a', label: 'a' },
    { type: '__proto__', key: 'b', label: 'b' },
    { type: 'toString', label: 'c' },
  ),
  'types nobody knows': form({ type: 'custom-map', key: 'a', label: '地图' }, { key: 'b' }),
  'a reference elsewhere': { ...form(), $ref: `${ELSEWHERE}/schema.json` } as ReturnType<typeof form>,
}
