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

test('keys of before are read like the first: one or several, none twice, none of them poor', () => {
  const key = (n: number) => Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 7 + n) % 256))
  const formers = (text: string) =>
    readConfig({ ZJ_MASTER_KEY: key(1).toString('hex'), ZJ_MASTER_KEY_FORMER: text }, 'production').formerMasters
  expect(readConfig({}, 'test').formerMasters).toEqual([])
  expect(formers(key(2).toString('base64'))).toEqual([key(2)])
  expect(formers(`${key(2).toString('hex')}\n${key(3).toString('hex')}`)).toEqual([key(2), key(3)])
  for (const wrong of [
    'short',
    '00'.repeat(32),
    key(1).toString('hex'),
    `${key(2).toString('hex')},${key(2).toString('hex')}`,
  ])
    expect(() => formers(wrong), wrong).toThrow(ConfigFault)
})
