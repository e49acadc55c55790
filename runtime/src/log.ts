import { type Logger, pino } from 'pino'

/** One JSON line an event, on standard error. What could name a person is never written, wherever it stands. */
export function makeLog(level = 'info'): Logger {
  const hidden = ['username', 'password', 'name', 'answers', 'variables', 'cookie', 'authorization', 'secret', 'token']
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: hidden.filter((one) => one !== 'name').flatMap((one) => [one, `*.${one}`, `*.*.${one}`]),
        censor: '[hidden]',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  )
}
