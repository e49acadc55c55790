import type { Words } from '../../words.ts'
import type { problems as zh } from '../zh-cn/problems.ts'

export const problems: Words<typeof zh> = {
  title: 'To look at',
  none: 'Nothing to look at',
  noneText: 'It can be tried and published',
  judging: 'Checking',
  count: '{{ count }} to look at',
  heading: '{{ count }} to look at',
  blocking: 'To try and to publish it, deal with the red ones',
  passing: 'It can be published; better look first',
  failed: 'The check did not finish; it runs again with the next change',
  go: 'Show',
  all: 'Show all {{ count }}',
  fewer: 'Show the first few',
  error: 'Must change',
  warning: 'Note',
  field: 'Field {{ name }}',
  form: 'Form {{ name }}',
  decision: 'Decision {{ name }}',
  parameters: 'Parameters',
  package: 'Description of the process',
  process: 'Process drawing',
}
