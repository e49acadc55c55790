import type { Words } from '../words.ts'
import type { signIn as source } from '../zh-cn/sign-in.ts'

export const signIn: Words<typeof source> = {
  title: 'Sign in',
  lead: 'Whatever is received goes its way until it is answered.',
  username: 'User name',
  password: 'Password',
  show: 'Show password',
  hide: 'Hide password',
  submit: 'Sign in',
  again: 'Your session has ended. Sign in again and go on; what you filled in is still there.',
  both: 'Enter both user name and password.',
  board: 'See the public board without signing in',
}
