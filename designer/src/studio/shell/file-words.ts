import type { PackageFiles } from '@bihuan/engine'
import { st } from '../../i18n/studio.ts'
import { decisionNames, formTitle } from './file-names.ts'

/** What a file of a package is, in words of those who keep it. `versions` are searched for the name its maker gave it. */
export function fileWords(name: string, ...versions: readonly PackageFiles[]): string {
  if (name === 'fields.yaml') return st('shell.file.fields')
  if (name === 'parameters.yaml') return st('shell.file.parameters')
  if (name === 'package.yaml') return st('shell.file.package')
  if (name.startsWith('scenarios/')) return st('shell.file.scenario', { name: name.slice('scenarios/'.length) })
  const base = name.replace(/\.[a-z]+$/, '')
  if (name.endsWith('.bpmn')) return st('shell.file.process')
  const texts = versions.flatMap((files) => files[name] ?? [])
  if (name.endsWith('.form')) return st('shell.file.form', { name: texts.flatMap(formTitle)[0]?.[1] ?? base })
  if (name.endsWith('.dmn')) return st('shell.file.decision', { name: texts.flatMap(decisionNames)[0]?.[1] ?? base })
  return st('shell.file.other', { name })
}
