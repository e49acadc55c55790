import type { Words } from '../words.ts'
import type { start as source } from '../zh-cn/start.ts'

export const start: Words<typeof source> = {
  title: 'What is it about?',
  search: 'Say it in your words: a road, a wedding',
  ringHint: 'The number is how many steps',
  other: 'Other',
  step: ' steps',
  nowFill: 'to fill in now',
  begin: 'Start filling in',
  goOn: 'Go on with the draft',
  draft: 'Draft kept {{ when }}',
  forUnit: 'For which place',
  submit: 'Submit',
  submitting: 'Submitting',
  started: 'Submitted, number {{ number }}',
  startedPlain: 'Submitted',
  first: 'Step 1 of {{ count }}',
  none: 'Nothing that you may start',
  noneText: 'Ask the process designer to add your position.',
  notFound: 'No such matter',
  notFoundText: 'Say it differently, or look at all of them.',
}
