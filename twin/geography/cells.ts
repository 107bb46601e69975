import { localFrame, type Place } from '@zhijiao/geo/distance'
import type { CellTower } from '@zhijiao/wire/message'
import { chanceOf } from '../chance.ts'

/** A radio cell of the synthetic network. */
export interface Tower extends CellTower, Place {
  /** Metres within which a phone in this cell is; 600–2,000 (positioning.md §2). */
  readonly radiusM: number
}

/** Mobile country code 999 is kept by the ITU for private use (E.212): no operator's cell can be meant. */
const network = { mcc: 999, mnc: 99, rssi: null } as const

/** A lattice of cells, one every 1.1 km in the urban area and every 3 km outside it. Half axes in metres. */
export function raiseTowers(
  seed: number,
  origin: Place,
  halfEastM: number,
  halfNorthM: number,
  urbanM: number,
): Tower[] {
  const frame = localFrame(origin)
  const chance = chanceOf(seed, 'towers')
  const towers: Tower[] = []
  const lattice = (stepM: number, radiusM: readonly [number, number], inner: boolean) => {
    for (let y = -halfNorthM; y <= halfNorthM; y += stepM)
      for (let x = -halfEastM; x <= halfEastM; x += stepM) {
        const at = { x: x + chance.between(-0.2, 0.2) * stepM, y: y + chance.between(-0.2, 0.2) * stepM }
        const radius = Math.round(chance.between(...radiusM))
        if (Math.hypot(at.x, at.y) < urbanM !== inner) continue
        const cell = towers.length + 1
        towers.push({ ...network, lac: 1 + Math.floor(cell / 200), cell, ...frame.toPlace(at), radiusM: radius })
      }
  }
  lattice(1_100, [600, 1_000], true)
  lattice(3_000, [1_600, 2_000], false)
  return towers
}

/** The table as `importCells` reads it: mcc,mnc,lac,cell,lat,lon,radius_m, WGS-84. */
export function cellCsv(towers: readonly Tower[]): string {
  const lines = towers.map((t) =>
    [t.mcc, t.mnc, t.lac, t.cell, t.lat.toFixed(6), t.lon.toFixed(6), t.radiusM].join(','),
  )
  return `${['mcc,mnc,lac,cell,lat,lon,radius_m', ...lines].join('\n')}\n`
}
