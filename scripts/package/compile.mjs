// TypeScript sources to JavaScript, file by file: what runs has the layout of what was written.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

const tests = /(\.test\.tsx?|[/\\]route[/\\]test-[\w-]+\.ts)$/
/** A file beside this one, named by its address: a child process or a worker. */
const sibling = /new URL\((['"])(\.{1,2}\/[^'"]+)\.ts\1, import\.meta\.url\)/g

/** The JavaScript of one TypeScript file. */
export function compileText(text) {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  })
  return outputText.replace(sibling, 'new URL($1$2.js$1, import.meta.url)')
}

/** Compiles `from/src` into `to/src`; files that are no TypeScript go along as they are. The package's exports follow. */
export function compileFolder(from, to) {
  const visit = (path) => {
    for (const entry of readdirSync(join(from, path), { withFileTypes: true })) {
      const inner = join(path, entry.name)
      if (entry.isDirectory()) visit(inner)
      else if (!entry.name.endsWith('.ts')) put(inner, readFileSync(join(from, inner)))
      else if (!tests.test(inner) && !entry.name.endsWith('.d.ts'))
        put(inner.replace(/\.ts$/, '.js'), compileText(readFileSync(join(from, inner), 'utf8')))
    }
  }
  const put = (path, content) => {
    mkdirSync(dirname(join(to, path)), { recursive: true })
    writeFileSync(join(to, path), content)
  }
  visit('src')
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'))
  for (const [name, path] of Object.entries(manifest.exports)) manifest.exports[name] = path.replace(/\.ts$/, '.js')
  put('package.json', `${JSON.stringify(manifest, null, 2)}\n`)
}
