import type { Place } from '@zhijiao/contract/procedures/describe'
import { Button, Modal } from 'antd'
import { useMemo, useState } from 'react'
import { useLanguage, useWords } from '../../ui/language.ts'
import GeoMap from '../../ui/map/GeoMap.tsx'
import { useOutlines } from '../map/outlines.ts'
import { useMay } from '../me.ts'
import { degrees, placeBasis } from './place.ts'
import { matterWords } from './words.ts'

/** A map is drawn at once, opened when asked for (a row has no room for it), or left out (paper). */
export type MapUse = 'shown' | 'asked' | 'none'

/** A point as it was found: its numbers with their datum, how sure it is, and a small map. */
export function PlaceValue({ of, map }: { of: Place; map: MapUse }) {
  const t = useWords(matterWords)
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  return (
    <div className="zj-place-value">
      <p className="zj-tight">
        <span className="zj-mono">{degrees(of)}</span> <span className="zj-muted">WGS-84</span>
        <br />
        <span className="zj-small">{placeBasis(of, language)}</span>
        {map === 'asked' ? (
          <>
            {' '}
            <Button type="link" size="small" onClick={() => setOpen(true)}>
              {t('placeShow')}
            </Button>
          </>
        ) : null}
      </p>
      {map === 'shown' ? <PlaceMap of={of} height={200} /> : null}
      {open ? (
        <Modal open title={degrees(of)} width={720} footer={null} onCancel={() => setOpen(false)}>
          <PlaceMap of={of} height={380} />
        </Modal>
      ) : null}
    </div>
  )
}

function PlaceMap({ of, height }: { of: Place; height: number }) {
  const t = useWords(matterWords)
  const may = useMay()
  const around = useOutlines(may('fence.see'))
  const content = useMemo(
    () => ({
      points: [
        {
          id: 'place',
          at: [of.lon, of.lat] as const,
          shape: 'dot' as const,
          tone: 'blue' as const,
          ...(of.accuracyM === undefined ? {} : { accuracyM: of.accuracyM }),
        },
      ],
      areas: around,
    }),
    [of, around],
  )
  return <GeoMap content={content} fitKey={degrees(of)} label={t('placeMap')} style={{ height }} />
}
