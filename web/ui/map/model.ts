import type { Area } from '@zhijiao/geo/area'
import type { Tone } from '../tokens.ts'

/** What a map is asked to show. Positions are WGS-84, longitude first; the map converts at its edge where tiles are shifted. */
export type LonLat = readonly [lon: number, lat: number]

/** dot: fresh; ring: old or not believed; square: by cell tower or phone check; triangle, octagon: under alarm. */
export type Shape = 'dot' | 'ring' | 'square' | 'triangle' | 'octagon' | 'house'

export interface MapPoint {
  readonly id: string
  readonly at: LonLat
  readonly shape: Shape
  readonly tone: Tone
  /** Metres; drawn as a circle. */
  readonly accuracyM?: number
  /** One of many, such as the fixes of a track. */
  readonly small?: boolean
  /** A short text beside it. */
  readonly label?: string
}

export interface MapArea {
  readonly id: string
  readonly area: Area
  /** plain: an outline to orient by; the others as fences are. */
  readonly kind: 'plain' | 'livingArea' | 'required' | 'forbidden' | 'draft'
  readonly name?: string
}

export interface MapLine {
  readonly id: string
  readonly path: readonly LonLat[]
  /** A stretch nobody knows anything about. */
  readonly gap?: boolean
}

export interface MapContent {
  readonly points: readonly MapPoint[]
  readonly areas?: readonly MapArea[]
  readonly lines?: readonly MapLine[]
}

export interface MapProps {
  readonly content: MapContent
  readonly cluster?: boolean
  /** The map fits its content when this changes; panning by hand stays otherwise. */
  readonly fitKey: string
  readonly focus?: LonLat | null
  readonly onPick?: (id: string) => void
  /** A click on the ground, while something is being drawn. */
  readonly onPlace?: ((at: LonLat) => void) | undefined
  /** Corners that can be dragged. */
  readonly handles?: readonly LonLat[]
  readonly onHandle?: (index: number, to: LonLat) => void
  readonly label: string
}
