import { isIP } from 'node:net'

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/

/**
 * Where a request came from, for the limits on guessing: the socket's address, or behind a proxy on this machine the one
 * that the proxy saw (the last of `X-Forwarded-For`; those before it anybody can write). Of IPv6 the network of one
 * customer, since its holder has all addresses in it.
 */
export function addressOf(
  { publicHost }: { readonly publicHost: string | null },
  remote: string | undefined,
  headers: Headers,
): string {
  if (remote === undefined) return 'unknown'
  const isProxy = publicHost !== null && LOOPBACK.test(remote)
  const seen = isProxy ? headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  const address = seen !== undefined && isIP(seen) > 0 ? seen : remote
  const plain = address.replace(/^::ffff:/i, '')
  return isIP(plain) === 6 ? networkOf(plain) : plain
}

/** The first 64 bits of an IPv6 address. */
function networkOf(address: string): string {
  const [head = '', tail = ''] = address.split('%')[0]!.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === '' ? [] : tail.split(':')
  const gap = address.includes('::')
    ? Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0')
    : []
  return `${[...groups, ...gap, ...rest].slice(0, 4).join(':')}::/64`
}
