import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the parameters OWASP's password storage sheet names first for servers with little memory to spare. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hash of a password, as a PHC string. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost)

/** Whether a password is the one that was hashed. */
export const verifyPassword = (input: { hash: string; password: string }): Promise<boolean> =>
  verify(input.hash, input.password).catch(() => false)

// No 0 and o, 1 and l: these are read from a screen and typed on a phone.
const letters = 'abcdefghijkmnpqrstuvwxyz23456789'

/** A password of three groups of four characters, about 60 bits. */
export function makePassword(): string {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return `${group()}-${group()}-${group()}`
}
