import type { Words } from '../words.ts'
import type { ring as zh } from '../zh-cn/ring.ts'

export const ring: Words<typeof zh> = {
  day: 'd',
  late: '+',
  today: 'today',
  stage: 'step {{ step }} of {{ total }}, {{ name }}',
  stages: '{{ total }} step[|s]',
  daysLeft: '{{ days }} day[|s] left',
  daysLate: '{{ days }} day[|s] late',
  dueToday: 'due today',
  lateToday: 'past its time',
  idle: 'not started',
  running: 'under way',
  paused: 'paused',
  returned: 'returned',
  stopped: 'stopped',
  closed: 'closed',
  incident: 'stuck',
  separator: ', ',
}
