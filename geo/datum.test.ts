import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromWgs84, toWgs84 } from './datum.ts'
import { metresBetween } from './distance.ts'
import { onMainland } from './mainland.ts'

const mainland: Record<string, readonly [lat: number, lon: number]> = {
  Liuzhou: [24.3264, 109.4281],
  Changsha: [28.2282, 112.9388],
  Beijing: [39.9042, 116.4074],
  Shanghai: [31.2304, 121.4737],
  Urumqi: [43.8256, 87.6168],
  Lhasa: [29.652, 91.1721],
  Kashgar: [39.4704, 75.9898],
  Harbin: [45.8038, 126.535],
  Heihe: [50.2452, 127.4906],
  Mohe: [52.9721, 122.5386],
  Dandong: [40.1292, 124.3947],
  Yanji: [42.8914, 129.509],
  Manzhouli: [49.598, 117.379],
  Erenhot: [43.6532, 111.9777],
  Khorgas: [44.2137, 80.4206],
  Ruili: [24.0128, 97.8517],
  Hekou: [22.5294, 103.9394],
  Dongxing: [21.5479, 107.972],
  Pingxiang: [22.0969, 106.7666],
  Sanya: [18.2528, 109.512],
  Shenzhen: [22.5431, 114.0579],
  Luohu: [22.5482, 114.1315],
  Yantian: [22.5572, 114.2369],
  Dapeng: [22.5948, 114.4797],
  Zhuhai: [22.271, 113.5767],
  Xiamen: [24.4798, 118.0894],
  Zhoushan: [29.9853, 122.2072],
  Weihai: [37.5131, 122.1204],
  Dalian: [38.914, 121.6147],
}

const elsewhere: Record<string, readonly [lat: number, lon: number]> = {
  Hanoi: [21.0285, 105.8542],
  'Hong Kong': [22.3193, 114.1694],
  'Yuen Long': [22.4445, 114.0222],
  'Sheung Shui': [22.502, 114.128],
  Macau: [22.1987, 113.5439],
  Taipa: [22.1556, 113.557],
  Muse: [23.9685, 97.905],
  Namkham: [23.832, 97.683],
  Myitkyina: [25.3867, 97.3936],
  Vientiane: [17.9757, 102.6331],
  Blagoveshchensk: [50.29, 127.56],
  Vladivostok: [43.1155, 131.8855],
  Ulaanbaatar: [47.8864, 106.9057],
  Almaty: [43.222, 76.8512],
  Seoul: [37.5665, 126.978],
  Taipei: [25.033, 121.5654],
  Kathmandu: [27.7172, 85.324],
}

describe('datum', () => {
  test.each(Object.entries(mainland))('%s is shifted', (_, [lat, lon]) => {
    const gcj = fromWgs84('GCJ02', lat, lon)
    const shift = metresBetween(lat, lon, gcj.lat, gcj.lon)
    expect(shift).toBeGreaterThan(30)
    expect(shift).toBeLessThan(800)
    const back = toWgs84('GCJ02', gcj.lat, gcj.lon)
    expect(metresBetween(lat, lon, back.lat, back.lon)).toBeLessThan(0.2)
  })

  test.each(Object.entries(elsewhere))('%s is not', (_, [lat, lon]) => {
    expect(onMainland(lat, lon)).toBe(false)
    expect(fromWgs84('GCJ02', lat, lon)).toEqual({ lat, lon })
    expect(fromWgs84('BD09', lat, lon)).toEqual({ lat, lon })
    expect(toWgs84('GCJ02', lat, lon)).toEqual({ lat, lon })
  })

  test('Liuzhou moves by about 550 m in GCJ-02 and 1.2 km in BD-09', () => {
    const gcj = fromWgs84('GCJ02', 24.3264, 109.4281)
    const bd = fromWgs84('BD09', 24.3264, 109.4281)
    expect(metresBetween(24.3264, 109.4281, gcj.lat, gcj.lon)).toBeGreaterThan(500)
    expect(metresBetween(24.3264, 109.4281, gcj.lat, gcj.lon)).toBeLessThan(600)
    expect(metresBetween(24.3264, 109.4281, bd.lat, bd.lon)).toBeGreaterThan(1100)
    expect(metresBetween(24.3264, 109.4281, bd.lat, bd.lon)).toBeLessThan(1300)
  })

  test('every place in the interior comes back', () => {
    const interior = fc.record({
      lat: fc.double({ min: 25, max: 38, noNaN: true }),
      lon: fc.double({ min: 100, max: 117, noNaN: true }),
    })
    fc.assert(
      fc.property(
        interior,
        fc.constantFrom('WGS84' as const, 'GCJ02' as const, 'BD09' as const),
        ({ lat, lon }, datum) => {
          const there = fromWgs84(datum, lat, lon)
          const back = toWgs84(datum, there.lat, there.lon)
          expect(metresBetween(lat, lon, back.lat, back.lon)).toBeLessThan(0.5)
        },
      ),
    )
  })
})
