import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { holdsSm2 } from '../../verifier/verify-bihuan.mjs'
import { holdsSignature, newPrivateKey, pemOf, signerOf } from './signing.ts'

const folder = mkdtempSync(join(tmpdir(), 'bihuan-sign-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const text = 'bihuan.checkpoint.1\n回执\n'
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const openssl = (...given: string[]): Buffer => execFileSync('openssl', given, { stdio: ['ignore', 'pipe', 'pipe'] })
/** SM2 with an identifier needs OpenSSL 3. */
const hasSm2 = (() => {
  try {
    return /^OpenSSL [3-9]/.test(openssl('version').toString())
  } catch {
    return false
  }
})()
const DIST = ['-pkeyopt', 'distid:1234567812345678']

describe.each(['ed25519', 'sm2'] as const)('a signature (%s)', (algorithm) => {
  const signer = signerOf(newPrivateKey(algorithm))

  it('holds for its text and key, and for no other', () => {
    const signature = signer.sign(text)
    const other = signerOf(newPrivateKey(algorithm))
    const holds = (keyId: string, key: string, of: string, by: string) => holdsSignature(keyId, key, of, by)
    expect(holds(signer.keyId, signer.publicKey, text, signature)).toBe(true)
    expect(holds(signer.keyId, signer.publicKey, `${text} `, signature)).toBe(false)
    expect(holds(other.keyId, other.publicKey, text, signature)).toBe(false)
    expect(holds(signer.keyId, other.publicKey, text, signature)).toBe(false)
    expect(holds(signer.keyId, signer.publicKey, text, 'AAAA')).toBe(false)
    expect(holds(signer.keyId, 'AAAA', text, signature)).toBe(false)
    expect(holds(signer.keyId, signer.publicKey, text, '')).toBe(false)
  })

  it('never uses a nonce twice', () => {
    if (algorithm === 'sm2') expect(new Set([1, 2, 3, 4].map(() => signer.sign(text))).size).toBe(4)
  })
})

describe('SM2 in the verifier that stands alone', () => {
  const bytes = (encoded: string) => new Uint8Array(Buffer.from(encoded, 'base64'))
  const signer = signerOf(newPrivateKey('sm2'))
  const key = bytes(signer.publicKey)
  /** The bytes with one bit of one of them turned. */
  const turned = (of: Uint8Array, at: number) => of.map((one, i) => (i === at ? one ^ 1 : one))

  it('takes what the signer signs, whatever the numbers', () => {
    for (let i = 0; i < 20; i += 1) expect(holdsSm2(key, `${text}${i}`, bytes(signer.sign(`${text}${i}`)))).toBe(true)
  })

  it('takes neither another text, nor a changed signature, nor another key', () => {
    const signature = bytes(signer.sign(text))
    expect(holdsSm2(key, `${text} `, signature)).toBe(false)
    for (let at = 0; at < signature.length; at += 1) expect(holdsSm2(key, text, turned(signature, at))).toBe(false)
    for (let at = 0; at < key.length; at += 9) expect(holdsSm2(turned(key, at), text, signature)).toBe(false)
    expect(holdsSm2(bytes(signerOf(newPrivateKey('sm2')).publicKey), text, signature)).toBe(false)
    for (const none of [new Uint8Array(), signature.subarray(1), Uint8Array.from([48, 6, 2, 1, 0, 2, 1, 0])])
      expect(holdsSm2(key, text, none)).toBe(false)
  })
})

describe.skipIf(!hasSm2)('T07 SM2 and another house', () => {
  it('openssl checks our signature with the default identifier, and refuses another text', () => {
    const signer = signerOf(newPrivateKey('sm2'))
    const key = file('ours.pem', pemOf(signer.publicKey))
    const signature = file('ours.sig', Buffer.from(signer.sign(text), 'base64'))
    const check = (of: string) =>
      openssl(
        'pkeyutl',
        '-verify',
        '-rawin',
        '-digest',
        'sm3',
        '-pubin',
        '-inkey',
        key,
        '-in',
        of,
        '-sigfile',
        signature,
        ...DIST,
      )
    expect(check(file('text', text)).toString()).toContain('Verified Successfully')
    expect(() => check(file('other', `${text} `))).toThrow()
  })

  it('we check the signature of openssl', () => {
    const secret = join(folder, 'theirs.pem')
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-out', secret)
    const signed = file('text', text)
    const signature = openssl('pkeyutl', '-sign', '-rawin', '-digest', 'sm3', '-inkey', secret, '-in', signed, ...DIST)
    const publicKey = openssl('pkey', '-in', secret, '-pubout', '-outform', 'DER').toString('base64')
    const { keyId } = signerOf(openssl('pkcs8', '-topk8', '-nocrypt', '-in', secret).toString())
    expect(holdsSignature(keyId, publicKey, text, signature.toString('base64'))).toBe(true)
    expect(holdsSm2(Buffer.from(publicKey, 'base64'), text, signature)).toBe(true)
    expect(holdsSignature(keyId, publicKey, `${text} `, signature.toString('base64'))).toBe(false)
  })
})

it('openssl checks an Ed25519 signature too', () => {
  const signer = signerOf(newPrivateKey('ed25519'))
  const key = file('ed.pem', pemOf(signer.publicKey))
  const signature = file('ed.sig', Buffer.from(signer.sign(text), 'base64'))
  const out = openssl(
    'pkeyutl',
    '-verify',
    '-rawin',
    '-pubin',
    '-inkey',
    key,
    '-in',
    file('text', text),
    '-sigfile',
    signature,
  )
  expect(out.toString()).toContain('Verified Successfully')
})
