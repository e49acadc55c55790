import { type Logger, pino } from 'pino'

/** What could name a person, or open a door, is never written, wherever it stands. */
const HIDDEN = ['username', 'password', 'answers', 'variables', 'cookie', 'authorization', 'secret', 'token']

/**
 * What a terminal or a log reader acts on although JSON lets it stand: controls beyond ASCII (an escape sequence may begin
 * with U+009B), line separators, marks that turn the direction of text around or have no width.
 */
const ACTED_ON = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

const encoded = (mark: string): string => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`

/** One line of the log so that it is one line, whatever names, file names and user agents hold (I18). */
export const encodeLine = (line: string): string => line.replace(ACTED_ON, encoded)

/** Text for a terminal: the same, with every other control but the ends of lines and tabs. */
export const encodeText = (text: string): string => encodeLine(text).replace(/[^\P{Cc}\n\t]/gu, encoded)

/** Bytes that may wait for whoever reads the log: beyond them lines are dropped, for nobody's answer waits for a log. */
const BACKLOG = 16 * 1024 * 1024

/** One JSON line an event, on standard error; `write` takes the lines elsewhere. */
export function makeLog(level = 'info', write?: (line: string) => void): Logger {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: HIDDEN.flatMap((one) => [one, `*.${one}`, `*.*.${one}`]),
        censor: '[hidden]',
      },
      hooks: { streamWrite: encodeLine },
    },
    write === undefined ? pino.destination({ fd: 2, sync: false, maxLength: BACKLOG }) : { write },
  )
}
