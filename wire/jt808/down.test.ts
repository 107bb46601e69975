import { describe, expect, test } from 'vitest'
import { fromHex, toHex } from '../bytes.ts'
import { vectorsOf } from '../testing/vectors.ts'
import { Jt808Decoder } from './decoder.ts'
import * as device from './device.ts'
import * as down from './down.ts'
import type { Address } from './envelope.ts'

const vectors = vectorsOf('jt808-yezhihao').map(({ standard, hex, expectFields }) => ({
  id: Number(standard?.msgId),
  hex,
  fields: expectFields ?? {},
  to: {
    device: standard?.terminalId ?? '',
    is2019: standard?.v2019 ?? false,
    serial: standard?.serial ?? 0,
  } satisfies Address,
}))

const ofId = (id: number) => vectors.filter((vector) => vector.id === id)
const number = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN)
const words = (value: unknown): string => (typeof value === 'string' ? value : '')
const sameAs = (bytes: Uint8Array | null, hex: string | undefined) =>
  expect(toHex(bytes ?? new Uint8Array(0))).toBe(hex)

describe('frames to the terminal are byte for byte those of others', () => {
  test('0x8003', () => {
    for (const { hex, fields, to } of ofId(0x8003)) {
      const missing = Array.isArray(fields.id) ? fields.id.map(number) : []
      sameAs(
        down.resendRequest({ ...to, id: 0, firstSerial: number(fields.responseSerialNo), missing }, to.serial),
        hex,
      )
    }
  })

  test('0x8100', () => {
    for (const { hex, fields, to } of ofId(0x8100)) {
      sameAs(
        down.registerReply(to, number(fields.responseSerialNo), number(fields.resultCode), words(fields.token)),
        hex,
      )
    }
  })

  test('0x8105', () => {
    for (const { hex, fields, to } of ofId(0x8105))
      sameAs(down.control(to, number(fields.command), words(fields.parameter)), hex)
  })

  test('0x8202', () => {
    expect(ofId(0x8202)).toHaveLength(2)
    for (const { hex, fields, to } of ofId(0x8202))
      sameAs(down.track(to, number(fields.interval), number(fields.validityPeriod)), hex)
  })

  test('0x8203', () => {
    for (const { hex, fields, to } of ofId(0x8203))
      sameAs(down.confirmAlarm(to, number(fields.responseSerialNo), number(fields.type)), hex)
  })

  test('0x8300 in GBK, with a kind since 2019', () => {
    expect(ofId(0x8300)).toHaveLength(2)
    for (const { hex, fields, to } of ofId(0x8300)) {
      sameAs(down.text(to, words(fields.content), number(fields.sign), number(fields.type)), hex)
    }
  })

  test('0x8103 with a DWORD and a text', () => {
    const to = { device: '013800138000', is2019: false, serial: 10 }
    const frame = toHex(down.setParameters(to, { 1: 10, 19: 'www.baidu.com' }) ?? new Uint8Array(0))
    expect(frame).toContain('0200000001040000000a000000130d7777772e62616964752e636f6d')
  })
})

describe('acknowledgements', () => {
  const from = { device: '013800138000', is2019: false, serial: 513 }
  const now = Date.UTC(2026, 10, 21, 4, 5, 6)
  const answerTo = (frame: Uint8Array, authCode?: string) => {
    const decoder = new Jt808Decoder()
    const [one] = decoder.receive(frame)
    if (!one?.ok) throw new Error('refused')
    return toHex(decoder.acknowledge(one, { result: 'ok', authCode, now }))
  }

  test('a position is taken by the general reply', () => {
    const fix = { lat: 24, lon: 109, time: now, positioned: true }
    expect(answerTo(device.position(from, fix))).toContain('8001000501380013800000000201020000')
  })

  test('a registration gets its code', () => {
    const registration = { province: 45, county: 205, maker: 'ZJ001', model: 'B', terminal: 'T', plate: '' }
    expect(answerTo(device.register(from, registration), 'AB')).toContain('0201004142')
  })

  test('the time goes out in UTC', () => {
    expect(answerTo(device.timeRequest({ ...from, device: '00000000013800138000', is2019: true }))).toContain(
      '261121040506',
    )
  })

  test('a reply is not answered', () => {
    expect(answerTo(device.generalReply(from, 1, 0x8300, 0))).toBe('')
  })
})

test('commands take the header the device last spoke in', () => {
  const decoder = new Jt808Decoder()
  const to2019 = { device: '00000000013800138000', is2019: true, serial: 1 }
  decoder.receive(device.heartbeat(to2019))
  const locate = decoder.command({ kind: 'locate' }, to2019.device, 77)
  expect(toHex(locate ?? new Uint8Array(0))).toContain('820140000100000000013800138000004d')
  const stop = decoder.command({ kind: 'burst', intervalS: 0, validityS: 0 }, '013800138000', 1)
  expect(toHex(stop ?? new Uint8Array(0))).toContain('82020002013800138000' + '0001' + '0000')
  expect(decoder.command({ kind: 'text', text: '字'.repeat(600) }, '013800138000', 1)).toBeNull()
  expect(fromHex('zz')).toBeNull()
})
