export const signIn = {
  title: '登录',
  lead: '收到的每一件事，都走到有答复为止。',
  username: '用户名',
  password: '密码',
  show: '看密码',
  hide: '遮密码',
  submit: '登录',
  again: '登录到期了。再登录一次，接着办，填的都在。',
  both: '用户名和密码都要填。',
  board: '不登录，看村务公示',
} as const
