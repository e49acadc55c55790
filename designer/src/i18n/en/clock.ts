import type { Words } from '../words.ts'
import type { clock as source } from '../zh-cn/clock.ts'

export const clock: Words<typeof source> = {
  day: '{{ day }} {{ monthName }}',
  dayOfYear: '{{ day }} {{ monthName }} {{ year }}',
  weekdays: { '1': 'Monday', '2': 'Tuesday', '3': 'Wednesday', '4': 'Thursday', '5': 'Friday', '6': 'Saturday', '7': 'Sunday' },
  months: { '1': 'Jan', '2': 'Feb', '3': 'Mar', '4': 'Apr', '5': 'May', '6': 'Jun', '7': 'Jul', '8': 'Aug', '9': 'Sep', '10': 'Oct', '11': 'Nov', '12': 'Dec' },
  today: 'today',
  yesterday: 'yesterday',
  tomorrow: 'tomorrow',
  before: 'by {{ when }}',
  left: '{{ days }} d left',
  dueToday: 'due today',
  late: '{{ days }} d late',
  lateToday: 'past due',
  wasDue: 'was due {{ day }}',
  noLimit: 'no limit',
  dueLong: 'Due {{ day }}, {{ days }} days left',
  dueTodayLong: 'Due today by {{ time }}',
  lateLong: 'Was due {{ day }}, {{ days }} days late',
}
