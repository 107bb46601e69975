import type { Evidence as Shown } from '@zhijiao/contract/alarms'
import { type Fix, FixFlag } from '@zhijiao/geo/fix'
import type { PresenceSignal } from '@zhijiao/geo/presence'
import type { Said } from '../kinds.ts'
import { howFar, when } from '../words.ts'

const sourceNames: Readonly<Record<Fix['source'], Said>> = {
  gnss: { zh: '卫星定位', en: 'satellite' },
  fused: { zh: '融合定位', en: 'fused' },
  wifi: { zh: 'WiFi 定位', en: 'Wi-Fi' },
  cell: { zh: '基站定位', en: 'cell tower' },
  unknown: { zh: '定位', en: 'position' },
}

/** What a presence signal rests on, in words an officer reads; the newest fix carries its place. */
export function presenceEvidence(signal: PresenceSignal, fix: Fix | null): Shown[] {
  const side = signal.to === 'out' ? { zh: '界外', en: 'outside' } : { zh: '界内', en: 'inside' }
  const shown: Shown[] = signal.evidenceFor.flatMap((e) => {
    if (e.kind !== 'past-the-line') return []
    const [far, source] = [howFar(e.marginM), sourceNames[e.source]]
    const newest = fix !== null && fix.ts === e.ts
    return [
      {
        at: new Date(e.ts).toISOString(),
        kind: 'fix',
        speaks: 'for' as const,
        zh: `${when(e.ts).zh} ${source.zh}在${side.zh} ${far.zh}，误差 ${Math.round(e.accuracyM)} 米`,
        en: `${when(e.ts).en} ${source.en} ${far.en} ${side.en}, error ${Math.round(e.accuracyM)} m`,
        accuracyM: e.accuracyM,
        source: e.source,
        ...(newest ? placeOf(fix) : {}),
      },
    ]
  })
  for (const e of signal.evidenceAgainst) {
    if (e.kind === 'past-the-line') continue
    const said =
      e.kind === 'near-the-line'
        ? { zh: `${e.count} 个定位在边界附近，不足以判断`, en: `${e.count} position(s) too near the line to decide` }
        : { zh: `${e.count} 个定位质量不足，未采用`, en: `${e.count} position(s) not good enough to use` }
    shown.push({ at: new Date(signal.detectedTs).toISOString(), kind: 'fix', speaks: 'against', ...said })
  }
  return shown
}

export function placeOf(fix: Pick<Fix, 'lat' | 'lon' | 'flags'>): Pick<Shown, 'lat' | 'lon' | 'unauthenticated'> {
  return {
    lat: fix.lat,
    lon: fix.lon,
    ...((fix.flags & FixFlag.authenticated) === 0 ? { unauthenticated: true } : {}),
  }
}
