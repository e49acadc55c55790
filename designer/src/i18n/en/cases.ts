import type { Words } from '../words.ts'
import type { cases as source } from '../zh-cn/cases.ts'

export const cases: Words<typeof source> = {
  title: 'Cases',
  search: 'Title or number',
  filter: 'Which ones',
  all: 'All',
  open: 'Open',
  ended: 'Closed',
  none: 'No cases yet',
  noneText: 'A case shows here once you start it or work on one of its steps.',
  noneFound: 'Nothing found',
  noneFoundText: 'Try other words, or see all.',
  showAll: 'See all',
  archived: 'Archived',
  searchArchived: 'Look among archived cases',
  started: 'received {{ day }}',
  endedOn: 'closed {{ day }}',
  stoppedOn: 'stopped {{ day }}',
  columns: { title: 'Case', process: 'Process', unit: 'Unit', stage: 'Where it is', started: 'Received', due: 'Limit' },
  running: 'under way',
  suspended: 'suspended',
}
