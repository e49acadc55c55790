import { st } from '../../i18n/studio.ts'

/** What a file of a package is, in words of those who keep it. */
export function fileWords(name: string): string {
  if (name === 'fields.yaml') return st('shell.file.fields')
  if (name === 'parameters.yaml') return st('shell.file.parameters')
  if (name === 'package.yaml') return st('shell.file.package')
  if (name.startsWith('scenarios/')) return st('shell.file.scenario', { name: name.slice('scenarios/'.length) })
  const base = name.replace(/\.[a-z]+$/, '')
  if (name.endsWith('.bpmn')) return st('shell.file.process')
  if (name.endsWith('.form')) return st('shell.file.form', { name: base })
  if (name.endsWith('.dmn')) return st('shell.file.decision', { name: base })
  return st('shell.file.other', { name })
}
