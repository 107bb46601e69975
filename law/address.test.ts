import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskAddress } from './address.ts'

test.each([
  ['广西壮族自治区柳州市城中区河东街道东环大道 1 号', '广西壮族自治区柳州市城中区河东街道****'],
  ['示例一县城东街 1 号', '示例一县****'],
  ['示例省示例市示例一县', '示例省示例市示例一县'],
  ['城东镇三岔村 5 组', '城东镇****'],
  ['花园小区 3 栋 502', '花园****'],
  ['示例路 1 号', '示例****'],
  ['', ''],
  ['  ', ''],
])('%s is shown as %s', (address, shown) => expect(maskAddress(address)).toBe(shown))

test('a door number is never shown', () =>
  fc.assert(
    fc.property(
      fc.constantFrom('示例市示例县', '城东镇', '', '示例省'),
      fc.integer({ min: 100, max: 9999 }),
      (unit, door) => {
        expect(maskAddress(`${unit}和平路${door}号`)).not.toContain(String(door))
      },
    ),
  ))
