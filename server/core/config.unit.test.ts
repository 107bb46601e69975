import { expect, test } from 'vitest'
import { ConfigFault, readConfig } from './config.ts'

const proxies = (text: string) => readConfig({ ZJ_TRUST_PROXY: text }, 'test').http.trustProxy

test('proxies are named one by one, as addresses or networks', () => {
  expect(readConfig({}, 'test').http.trustProxy).toEqual([])
  expect(proxies('')).toEqual([])
  expect(proxies('10.0.0.2, 10.1.0.0/16,::1,fd00::/8')).toEqual(['10.0.0.2', '10.1.0.0/16', '::1', 'fd00::/8'])
})

test('trusting everybody is refused with what to write instead', () => {
  for (const text of [
    '1',
    'true',
    '2',
    'proxy.example',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '10.0.0.2,',
    '10.0.0.2/8/8',
  ])
    expect(() => proxies(text), text).toThrow(ConfigFault)
  expect(() => proxies('1')).toThrow('10.0.0.2,10.1.0.0/16')
})
