import { compile } from '../compile/compile.ts'
import { line, model, node } from './model.ts'

const ends = node('startEvent', 'start') + node('endEvent', 'end')

/** A model with one element, `x`, between its start and its end. */
export const around = (element: string, roots = ''): string => model(ends + element + line('start', 'x', 'end'), roots)

/** Codes of the errors of a model, each with its element. Throws when it is executed in spite of one, or not without. */
export async function errorsOf(xml: string): Promise<string[]> {
  const { problems, processes } = await compile(xml, 'a.bpmn')
  const errors = problems.filter((problem) => problem.severity === 'error')
  if (processes.length > 0 !== (errors.length === 0)) throw new Error('CO1: errors and processes do not fit together')
  return errors.map((problem) => `${problem.code} ${problem.elementId}`)
}
