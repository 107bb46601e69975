import { expect, test } from 'vitest'
import { areaOf, blank, drawingOf, moved, placed, typedCorners } from './drawing.ts'

test('a polygon is one from its third corner on, and closed', () => {
  let drawing = placed(placed(blank('polygon'), [109, 24]), [109.1, 24])
  expect(areaOf(drawing)).toBeNull()
  drawing = placed(drawing, [109.1, 24.1])
  expect(areaOf(drawing)).toEqual({
    kind: 'polygon',
    coordinates: [
      [
        [
          [109, 24],
          [109.1, 24],
          [109.1, 24.1],
          [109, 24],
        ],
      ],
    ],
  })
})

test('a circle has one centre, the last one set', () => {
  expect(areaOf(placed(placed(blank('circle'), [1, 2]), [3, 4]))).toEqual({
    kind: 'circle',
    coordinates: [3, 4],
    radiusM: 300,
  })
})

test('what was drawn can be drawn on', () => {
  const drawing = moved(placed(placed(blank('corridor'), [109, 24]), [110, 24]), 1, [110, 25])
  const area = areaOf(drawing)
  expect(area && drawingOf(area)).toEqual(drawing)
})

test('corners by typing, for whoever has no pointer', () => {
  expect(typedCorners('109.41 24.32\n109.42，24.33\n')).toEqual([
    [109.41, 24.32],
    [109.42, 24.33],
  ])
  expect(typedCorners('109.41 24.32\nhere')).toBe(2)
})
