import { describe, expect, test } from 'vitest'
import { locateByCells, parseCells } from './cells.ts'
import { metresBetween } from './distance.ts'

const csv =
  '\uFEFFmcc,mnc,lac,cell,lat,lon,radius\r\n460,0,9001,1,24.3264,109.4281,500\r\n460,0,9001,2,24.3364,109.4281,500\n460,1,1,3,24.5,109.6,2000\n'
const { table, faults } = parseCells(csv)
const cell = (number: number, dbm?: number) => ({ mcc: 460, mnc: 0, lac: 9001, cell: number, dbm })

describe('cells', () => {
  test('a table is read with or without its heading', () => {
    expect(faults).toEqual([])
    expect(table.size).toBe(3)
    expect(parseCells(csv.split('\n').slice(1).join('\n')).table).toEqual(table)
  })

  test('bad lines are reported by number and left out', () => {
    const bad = parseCells(
      '460,0,1\n460,0,1,x,24,109,500\n460,0,1,1,94,109,500\n460,0,1,1,24,109,0\n460,,1,1,24,109,5\n460,0,1,1,24,109,500',
    )
    expect(bad.faults.map(({ line, why }) => `${line} ${why}`)).toEqual([
      '1 columns',
      '2 number',
      '3 range',
      '4 range',
      '5 number',
    ])
    expect(bad.faults.map(({ column }) => column)).toEqual([null, 3, 4, 6, 1])
    expect(bad.table.size).toBe(1)
  })

  test('numbers that no network gives are out of range', () => {
    const bad = parseCells(
      '1000,0,1,1,24,109,5\n460,0,16777216,1,24,109,5\n460,0,1,68719476736,24,109,5\n460,0,1.5,1,24,109,5',
    )
    expect(bad.faults.map(({ why, column }) => `${why} ${column}`)).toEqual([
      'range 0',
      'range 2',
      'range 3',
      'range 2',
    ])
  })

  test('one known cell is its place and radius', () => {
    expect(locateByCells([cell(1), cell(77)], table)).toEqual({ lat: 24.3264, lon: 109.4281, radiusM: 500, known: 1 })
    expect(locateByCells([cell(77)], table)).toBeNull()
    expect(locateByCells([], table)).toBeNull()
  })

  test('the stronger cell pulls', () => {
    const even = locateByCells([cell(1), cell(2)], table)
    const pulled = locateByCells([cell(1, -60), cell(2, -80)], table)
    expect(even?.lat).toBeCloseTo(24.3314, 6)
    expect(pulled?.lat).toBeLessThan(24.327)
  })

  test('cells far from each other give a vague place', () => {
    const torn = locateByCells([cell(1), { mcc: 460, mnc: 1, lac: 1, cell: 3, dbm: -78 }], table)
    expect(torn?.radiusM).toBeGreaterThan(metresBetween(24.3264, 109.4281, 24.5, 109.6) / 2)
  })
})
