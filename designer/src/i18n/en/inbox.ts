import type { Words } from '../words.ts'
import type { inbox as source } from '../zh-cn/inbox.ts'

export const inbox: Words<typeof source> = {
  title: 'Inbox',
  today: '{{ count }} due today',
  nothingToday: 'Nothing urgent today',
  views: { mine: 'Mine', claimable: 'To claim', waiting: 'Waiting', done: 'Done' },
  viewsLabel: 'Which ones',
  group: { late: 'Overdue', today: 'Today', week: 'Within seven days', later: 'Later', none: 'No limit' },
  search: 'Search title, number, village',
  clear: 'Clear',
  todo: 'To do: {{ name }}',
  claim: 'Up for claiming: {{ name }}',
  wait: 'Waiting for: {{ name }}',
  did: '{{ name }}',
  doneAt: 'done {{ when }}',
  empty: {
    mine: 'All done',
    mineText: 'New matters will show here.',
    claimable: 'Nothing to claim',
    claimableText: 'New matters for your position come here first.',
    waiting: 'Nothing waits',
    waitingText: 'Matters you took part in and others now handle are here.',
    done: 'Nothing done yet',
    doneText: 'What you have done stays here.',
    found: 'Nothing found',
    foundText: 'Try another word, or clear the search.',
  },
  seeDone: 'See what is done',
  choose: 'Choose a matter on the left and work on it here',
  chooseText: 'J and K move, Enter opens.',
  keys: { title: 'Keys', move: 'move', open: 'open', search: 'search', views: 'switch list', help: 'all keys', submit: 'submit' },
}
