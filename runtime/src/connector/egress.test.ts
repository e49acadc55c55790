import { describe, expect, it } from 'vitest'
import { Egress, EgressRefused, readEgress } from './egress.ts'

const over = (list: string, addresses: readonly string[] = ['93.184.216.34']) =>
  new Egress(readEgress(list).rules, async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  )
const attempt = async (egress: Egress, text: string): Promise<string> => {
  try {
    return (await egress.addresses(egress.read(text))).map(({ address }) => address).join(' ')
  } catch (error) {
    if (error instanceof EgressRefused) return error.code
    throw error
  }
}

describe('I15 what may be called', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[4000::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://169.254.169.254/latest/meta-data',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://10.0.0.8/',
    'http://192.168.1.1/',
    'http://172.16.0.1/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://0/',
    'http://255.255.255.255/',
    'http://224.0.0.1/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
  ])('refuses %s even when the world is open', async (text) => {
    expect(await attempt(over('0.0.0.0/0, ::/0'), text)).toBe('EGRESS_REFUSED')
  })

  it.each([
    ['file:///etc/passwd', 'SCHEME_REFUSED'],
    ['gopher://127.0.0.1:70/', 'SCHEME_REFUSED'],
    ['ftp://api.example.cn/', 'SCHEME_REFUSED'],
    ['data:text/plain,x', 'SCHEME_REFUSED'],
    ['//api.example.cn/', 'URL_INVALID'],
    ['http://', 'URL_INVALID'],
    ['http://a@api.example.cn/', 'CREDENTIALS_IN_URL'],
    ['http://api.example.cn@127.0.0.1/', 'CREDENTIALS_IN_URL'],
  ])('refuses %s with %s', async (text, code) => {
    expect(await attempt(over('api.example.cn'), text)).toBe(code)
  })

  it('lets a listed host go to its public address, under every spelling of its name', async () => {
    const egress = over('API.example.cn, 数据.中国')
    for (const text of [
      'http://api.example.cn/',
      'https://API.EXAMPLE.CN.:8443/x',
      'http://数据.中国/',
      'http://xn--vxup8b.xn--fiqs8s/',
    ])
      expect(await attempt(egress, text), text).toBe('93.184.216.34')
    expect(await attempt(egress, 'http://api.example.cn.evil.cn/')).toBe('EGRESS_REFUSED')
    expect(await attempt(egress, 'http://other.cn/')).toBe('EGRESS_REFUSED')
  })

  it('judges the address and not the name: a listed name that points inside is refused', async () => {
    expect(await attempt(over('api.example.cn', ['127.0.0.1']), 'http://api.example.cn/')).toBe('EGRESS_REFUSED')
    expect(await attempt(over('api.example.cn', ['::ffff:10.0.0.1']), 'http://api.example.cn/')).toBe('EGRESS_REFUSED')
    expect(await attempt(over('api.example.cn', ['10.0.0.1', '93.184.216.34']), 'http://api.example.cn/')).toBe(
      '93.184.216.34',
    )
  })

  it('opens the house only by a network that lies within it', async () => {
    const inside = over('10.20.0.0/16', ['10.20.3.4'])
    expect(await attempt(inside, 'http://intranet/')).toBe('10.20.3.4')
    expect(await attempt(inside, 'http://10.20.9.9/')).toBe('10.20.9.9')
    expect(await attempt(inside, 'http://10.21.0.1/')).toBe('EGRESS_REFUSED')
    expect(await attempt(over('8.0.0.0/5'), 'http://10.0.0.1/')).toBe('EGRESS_REFUSED')
    expect(await attempt(over('127.0.0.0/8'), 'http://2130706433/')).toBe('127.0.0.1')
  })

  it('takes a port where the list says one', async () => {
    const egress = over('api.example.cn:8443')
    expect(await attempt(egress, 'https://api.example.cn:8443/')).toBe('93.184.216.34')
    expect(await attempt(egress, 'https://api.example.cn/')).toBe('EGRESS_REFUSED')
    expect(await attempt(over('api.example.cn:443'), 'https://api.example.cn/')).toBe('93.184.216.34')
  })

  it('allows nothing with an empty list, and reads no list that would be misread', async () => {
    expect(await attempt(over(''), 'http://api.example.cn/')).toBe('EGRESS_REFUSED')
    expect(readEgress('10.0.0.1, http://x.cn, a b, [::1], x.cn:99999, *, *.gov.cn, ,').unread).toEqual([
      '10.0.0.1',
      'http://x.cn',
      'a b',
      '[::1]',
      'x.cn:99999',
      '*',
      '*.gov.cn',
    ])
  })
})
