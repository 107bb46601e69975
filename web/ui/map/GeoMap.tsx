import { lazy, type ReactNode, Suspense } from 'react'
import { Waiting } from '../Waiting.tsx'
import type { MapProps } from './model.ts'

const GlMap = lazy(() => import('./GlMap.tsx'))
const CanvasMap = lazy(() => import('./CanvasMap.tsx'))

let able: boolean | null = null
/** Some 信创 desktops have no WebGL2; they get a canvas map with the same content. `?map=canvas` forces it, to look at it. */
function canGl(): boolean {
  if (/[?&]map=canvas/.test(window.location.search)) return false
  able ??= Boolean(document.createElement('canvas').getContext('webgl2'))
  return able
}

/** A map that needs no tiles, no glyphs and no WebGL to be of use. */
export default function GeoMap({
  children,
  style,
  ...map
}: MapProps & { children?: ReactNode; style?: React.CSSProperties }) {
  return (
    <section className="zj-map" style={style} aria-label={map.label}>
      <Suspense fallback={<Waiting rows={4} />}>{canGl() ? <GlMap {...map} /> : <CanvasMap {...map} />}</Suspense>
      {children}
    </section>
  )
}
