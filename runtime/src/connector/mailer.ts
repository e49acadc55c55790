import { createTransport } from 'nodemailer'

/** Sends one mail; fails when the server did not take it. */
export type SendMail = (mail: {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The same at every attempt, so that a mail sent twice is seen to be one. */
  readonly messageId: string
}) => Promise<void>

const ADDRESS = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,190}$/u

/** Whether a text is one address and nothing more: no list, no name, no second line. */
export const isAddress = (text: string): boolean => ADDRESS.test(text)

/**
 * Mail over the server of `smtpUrl` (`smtps://user:password@mail.example.gov.cn`). Nothing in a mail is read from a
 * file or an address. Waits are bounded.
 */
export function mailer(smtpUrl: string, from: string): SendMail {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return async ({ to, subject, text, messageId }) => {
    await transport.sendMail({ from, to, subject, text, messageId, headers: { 'auto-submitted': 'auto-generated' } })
  }
}
