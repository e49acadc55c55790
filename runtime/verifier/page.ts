/** The page around the verifier: files are dropped or chosen, and never leave the machine. */
const PAGE = `
const at = (id) => document.getElementById(id)
const language = /^zh/.test(navigator.language) ? 0 : 1
document.documentElement.lang = language === 0 ? 'zh-CN' : 'en'
for (const one of document.querySelectorAll('[data-zh]')) one.textContent = language === 0 ? one.dataset.zh : one.dataset.en
const checked = async () => {
  const [file] = at('package').files
  if (!file) return
  const [kept] = at('kept').files
  const key = at('key').value.trim()
  const found = await verifyPackage(new Uint8Array(await file.arrayBuffer()), {
    ...(key && { key: await fingerprintOf(key) }),
    ...(kept && { checkpoints: readKept(await kept.text()) }),
  })
  at('found').dataset.holds = String(found.holds)
  at('found').replaceChildren(...say(found, language).map((line) => Object.assign(document.createElement('p'), { textContent: line })))
}
for (const id of ['package', 'kept', 'key']) at(id).addEventListener('change', checked)
addEventListener('dragover', (event) => event.preventDefault())
addEventListener('drop', (event) => {
  event.preventDefault()
  const [file] = event.dataTransfer.files
  if (!file) return
  at(file.name.endsWith('.jsonl') ? 'kept' : 'package').files = event.dataTransfer.files
  checked()
})
`

const STYLE = `
body { font: 16px/1.6 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color: #1c1b19; background: #faf8f3 }
label { display: block; margin: 1rem 0; font-weight: 600 }
input { display: block; width: 100%; box-sizing: border-box; margin-top: .25rem; padding: .75rem; font: inherit; border: 1px solid #8a857b; background: #fff }
#found { border-left: 4px solid #8a857b; padding: .25rem 1rem; overflow-wrap: anywhere }
#found[data-holds='true'] { border-color: #2b6b45 }
#found[data-holds='false'] { border-color: #a8321f }
`

const field = (id: string, zh: string, en: string, input: string): string =>
  `<label for="${id}"><span data-zh="${zh}" data-en="${en}">${zh}</span><input id="${id}" ${input}></label>`

/** The page of the verifier, with its source in it. It asks nobody for anything: its own policy forbids that. */
export function verifierPage(source: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>核对归档包</title>
<style>${STYLE}</style>
</head>
<body>
<h1 data-zh="核对归档包" data-en="Verify an archive package">核对归档包</h1>
<p data-zh="文件只在这台机器上核对，不会上传。" data-en="Files are checked on this machine and sent nowhere.">文件只在这台机器上核对，不会上传。</p>
${field('package', '归档包（.zip），也可以拖到这里', 'Archive package (.zip), or drop it here', 'type="file" accept=".zip"')}
${field('key', '主管部门公布的密钥指纹', 'Fingerprint of the key the authority has published', 'type="text" autocomplete="off" spellcheck="false"')}
${field('kept', '另行留存的检查点（checkpoints.jsonl）', 'Checkpoints kept elsewhere (checkpoints.jsonl)', 'type="file" accept=".jsonl"')}
<div id="found" role="status"></div>
<script type="module">
${source.replaceAll('</script', '<\\/script')}
${PAGE}</script>
</body>
</html>
`
}
