import { type LookupAddress, lookup } from 'node:dns'
import ipaddr from 'ipaddr.js'

/** Finds the addresses of a name: the system's resolver, or a test's. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** One entry of the allow-list: a host, with one port or any; or a network. */
export type EgressRule =
  | { readonly kind: 'host'; readonly host: string; readonly port: string | null }
  | { readonly kind: 'network'; readonly address: Address; readonly bits: number }

/**
 * A call that may not leave the house. `code` says which rule it broke; the text names host and rule and nothing
 * else.
 */
export class EgressRefused extends Error {
  readonly code: 'URL_INVALID' | 'SCHEME_REFUSED' | 'CREDENTIALS_IN_URL' | 'EGRESS_REFUSED'

  constructor(code: EgressRefused['code'], message: string) {
    super(message)
    this.name = 'EgressRefused'
    this.code = code
  }
}

/** A host as addresses are compared: Punycode, lower case, no dot at the end. Null when it is none, as a pattern is. */
function canonicalHost(text: string): string | null {
  if (!/^[^\s/?#@:\\*]+$/u.test(text)) return null
  const url = URL.canParse(`http://${text}/`) ? new URL(`http://${text}/`) : null
  return url && url.hostname !== '' ? url.hostname.replace(/\.$/, '') : null
}

function readRule(entry: string): EgressRule | null {
  if (ipaddr.isValidCIDR(entry)) {
    const [address, bits] = ipaddr.parseCIDR(entry)
    return { kind: 'network', address, bits }
  }
  const [, name, port = null] = /^(.+?)(?::([1-9]\d{0,4}))?$/u.exec(entry) ?? []
  const host = canonicalHost(name ?? '')
  // An address alone would be read as "this address, even a private one": a network says so outright.
  if (host === null || ipaddr.isValid(host) || Number(port ?? 0) > 65535) return null
  return { kind: 'host', host, port }
}

/**
 * Reads `BIHUAN_EGRESS`: hosts (`api.example.gov.cn`, `api.example.gov.cn:8443`) and networks (`10.20.0.0/16`) with
 * commas between them. `unread` holds the entries that are neither.
 */
export function readEgress(text: string): {
  readonly rules: readonly EgressRule[]
  readonly unread: readonly string[]
} {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  const read = entries.map((entry) => ({ entry, rule: readRule(entry) }))
  return {
    rules: read.flatMap(({ rule }) => rule ?? []),
    unread: read.flatMap(({ entry, rule }) => (rule ? [] : [entry])),
  }
}

/**
 * Lookups under way. Those of one name share one: the system has few threads for them, and a dead name server holds
 * each for long.
 */
const lookups = new Map<string, Promise<readonly LookupAddress[]>>()

const systemResolve: Resolve = (host) => {
  const running = lookups.get(host)
  if (running) return running
  const found = new Promise<readonly LookupAddress[]>((done, failed) => {
    lookup(host, { all: true }, (error, addresses) => (error ? failed(error) : done(addresses)))
  }).finally(() => lookups.delete(host))
  lookups.set(host, found)
  return found
}

/** The address inside an IPv6 address that only wraps one of IPv4; else the address itself. */
function unwrapped(address: Address): Address {
  return address.kind() === 'ipv6' && (address as ipaddr.IPv6).isIPv4MappedAddress()
    ? (address as ipaddr.IPv6).toIPv4Address()
    : address
}

/**
 * Name of the range of an address. Of IPv6 only 2000::/3 is given out to the public; the rest that has no use of its own is
 * `unassigned`, with it `::127.0.0.1`.
 */
function rangeAt(address: Address): string {
  const range = address.range()
  const isPublic = address.kind() === 'ipv4' || (address.toByteArray()[0]! & 0xe0) === 0x20
  return range === 'unicast' && !isPublic ? 'unassigned' : range
}

/** Name of the special range that all of a network lies in; `mixed` when it reaches beyond one. */
function rangeOf(address: Address, bits: number): string {
  const make = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  const cidr = `${address.toString()}/${bits}`
  const first = rangeAt(make.networkAddressFromCIDR(cidr))
  const bytes = make.networkAddressFromCIDR(cidr).toByteArray()
  const last = bytes.map((byte, i) => {
    const fixed = Math.max(0, Math.min(8, bits - i * 8))
    return byte | (0xff >> fixed)
  })
  return rangeAt(ipaddr.fromByteArray(last)) === first ? first : 'mixed'
}

/**
 * What may be called: `http` and `https` to hosts on the list whose address is a public one, and to addresses of a
 * listed network. Private, loopback, link-local and other special addresses (RFC 6890) are reached only through a
 * network on the list that lies within that special range, so that `0.0.0.0/0` opens the world and not the house.
 */
export class Egress {
  readonly #hosts: readonly Extract<EgressRule, { kind: 'host' }>[]
  readonly #networks: readonly { readonly address: Address; readonly bits: number; readonly range: string }[]
  readonly #resolve: Resolve

  constructor(rules: readonly EgressRule[], resolve: Resolve = systemResolve) {
    this.#hosts = rules.flatMap((rule) => (rule.kind === 'host' ? [rule] : []))
    this.#networks = rules.flatMap((rule) =>
      rule.kind === 'network' ? [{ ...rule, range: rangeOf(rule.address, rule.bits) }] : [],
    )
    this.#resolve = resolve
  }

  /**
   * Reads an address to call, as the WHATWG does: decimal, octal and short forms of IPv4 become what they are. Throws
   * `EgressRefused`.
   */
  read(text: string): URL {
    if (!URL.canParse(text)) throw new EgressRefused('URL_INVALID', 'expected an absolute address')
    const url = new URL(text)
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw new EgressRefused('SCHEME_REFUSED', `expected http or https, but found ${url.protocol.slice(0, 20)}`)
    if (url.username !== '' || url.password !== '')
      throw new EgressRefused('CREDENTIALS_IN_URL', 'expected no user name or password in the address')
    return url
  }

  /**
   * Whether a call to the address could be allowed, as far as can be told without asking for the addresses of its
   * name.
   */
  couldAllow(url: URL): boolean {
    const literal = literalOf(url)
    if (literal) return this.#allowsAddress(url, literal)
    return this.#isListed(url) || this.#networks.length > 0
  }

  /**
   * The addresses a call may connect to: the name is asked for once, and only what was judged is connected to. Throws
   * `EgressRefused`.
   */
  async addresses(url: URL): Promise<readonly LookupAddress[]> {
    const literal = literalOf(url)
    const found = literal
      ? [{ address: literal.toString(), family: literal.kind() === 'ipv4' ? 4 : 6 }]
      : await this.#resolve(hostOf(url))
    const allowed = found.filter(({ address }) => this.#allowsAddress(url, ipaddr.parse(address)))
    if (allowed.length === 0)
      throw new EgressRefused(
        'EGRESS_REFUSED',
        `expected ${url.host} to be on the list of BIHUAN_EGRESS, but it is not`,
      )
    return allowed
  }

  #allowsAddress(url: URL, given: Address): boolean {
    const address = unwrapped(given)
    const range = rangeAt(address)
    const inNetwork = this.#networks.some(
      (network) =>
        network.address.kind() === address.kind() &&
        address.match(network.address as never, network.bits) &&
        (range === 'unicast' || network.range === range),
    )
    return inNetwork || (range === 'unicast' && this.#isListed(url))
  }

  #isListed(url: URL): boolean {
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
    return this.#hosts.some((rule) => rule.host === hostOf(url) && (rule.port === null || rule.port === port))
  }
}

const hostOf = (url: URL): string => url.hostname.replace(/\.$/, '')

/** The address of a URL that names no host but an address; null for a name. */
function literalOf(url: URL): Address | null {
  const bare = hostOf(url).replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) ? ipaddr.parse(bare) : null
}
