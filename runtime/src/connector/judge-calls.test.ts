import { judgePackage } from '@bihuan/engine'
import { expect, test } from 'vitest'
import { connectorModel } from '../testing/connector-play.ts'
import { Egress, readEgress } from './egress.ts'
import { judgeCalls } from './judge-calls.ts'

const judged = async (list: string, url: string, type = 'bihuan.http') => {
  const all = await judgePackage({ 'p.bpmn': connectorModel(type, { url }) })
  expect(all.problems).toEqual([])
  return judgeCalls(all, new Egress(readEgress(list).rules)).map(({ code, severity, facts }) => [
    code,
    severity,
    facts.host,
  ])
}
const warned = (host: string) => [['EGRESS_NOT_LISTED', 'warning', host]]

test('I15 a host that is written out and not on the list is a warning when it is deployed', async () => {
  expect(await judged('', '="https://api.example.cn/orders"')).toEqual(warned('api.example.cn'))
  expect(await judged('other.cn', '="https://API.example.cn:8443/orders/" + id', 'bihuan.notify')).toEqual(
    warned('api.example.cn:8443'),
  )
  expect(await judged('10.0.0.0/8', '="http://0177.0.0.1/"')).toEqual(warned('127.0.0.1'))
  expect(await judged('10.0.0.0/8', '="http://169.254.169.254/latest"')).toEqual(warned('169.254.169.254'))
})

test('what is on the list, or cannot be told before the call, is no finding', async () => {
  expect(await judged('api.example.cn', '="https://api.example.cn/orders"')).toEqual([])
  expect(await judged('10.0.0.0/8', '="http://10.2.3.4/orders"')).toEqual([])
  // A name may lie in a listed network: its address is asked for when it is called.
  expect(await judged('10.0.0.0/8', '="http://intranet/orders"')).toEqual([])
  expect(await judged('', '=address')).toEqual([])
  expect(await judged('', '="https://" + host + "/orders"')).toEqual([])
  expect(await judged('', '="https://api" + region + ".example.cn/"')).toEqual([])
  expect(await judged('', '="https://api.example.cn/orders"', 'pay')).toEqual([])
})
