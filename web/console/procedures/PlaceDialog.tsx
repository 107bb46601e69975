import type { Place } from '@zhijiao/contract/procedures/describe'
import { type Datum, toWgs84 } from '@zhijiao/geo/datum'
import { InputNumber, Modal, Select } from 'antd'
import { useId, useMemo, useState } from 'react'
import { useLanguage, useWords } from '../../ui/language.ts'
import GeoMap from '../../ui/map/GeoMap.tsx'
import type { LonLat } from '../../ui/map/model.ts'
import { useOutlines } from '../map/outlines.ts'
import { useMay } from '../me.ts'
import { placeBasis } from './place.ts'
import { matterWords } from './words.ts'

const datums: readonly Datum[] = ['WGS84', 'GCJ02', 'BD09']
interface Typed {
  readonly lat: number | null
  readonly lon: number | null
  readonly datum: Datum
}

/**
 * Picks a point: a click on the ground, or numbers in the system they were copied from. What comes out is WGS-84; without
 * tiles the outlines of the county and the residence are what the eye holds to.
 */
export function PlaceDialog({
  label,
  value,
  home,
  onChoose,
  onClose,
}: {
  label: string
  value: Place | null
  home: Place | null
  onChoose: (place: Place) => void
  onClose: () => void
}) {
  const t = useWords(matterWords)
  const language = useLanguage()
  const may = useMay()
  const id = useId()
  const [place, setPlace] = useState<Place | null>(value)
  const [typed, setTyped] = useState<Typed>({ lat: value?.lat ?? null, lon: value?.lon ?? null, datum: 'WGS84' })
  const [focus, setFocus] = useState<LonLat | null>(null)
  const around = useOutlines(may('fence.see'))
  const content = useMemo(
    () => ({
      points: [
        ...(home
          ? [
              {
                id: 'home',
                at: [home.lon, home.lat] as const,
                shape: 'house' as const,
                tone: 'quiet' as const,
                label: t('placeHome'),
              },
            ]
          : []),
        ...(place
          ? [
              {
                id: 'place',
                at: [place.lon, place.lat] as const,
                shape: 'dot' as const,
                tone: 'blue' as const,
                ...(place.accuracyM === undefined ? {} : { accuracyM: place.accuracyM }),
              },
            ]
          : []),
      ],
      areas: around,
    }),
    [home, place, around, t],
  )
  const pick = ([lon, lat]: LonLat) => {
    setPlace({ lat, lon, source: 'map' })
    setTyped({ lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)), datum: 'WGS84' })
  }
  const type = (next: Typed) => {
    setTyped(next)
    if (next.lat === null || next.lon === null) return
    const at = toWgs84(next.datum, next.lat, next.lon)
    setPlace({ ...at, source: 'typed' })
    setFocus([at.lon, at.lat])
  }
  const datumName = { WGS84: t('datumWgs'), GCJ02: t('datumGcj'), BD09: t('datumBd') } as const
  return (
    <Modal
      open
      title={label}
      width={760}
      okText={t('placeChoose')}
      okButtonProps={{ disabled: place === null }}
      onOk={() => place && onChoose(place)}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {/* The form around it listens for Enter too; what is typed here is not its business. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it keeps keys to itself and does nothing with them */}
      <div className="zj-place-dialog" onKeyDown={(event) => event.stopPropagation()}>
        <p className="zj-muted zj-tight">{t('placeHow')}</p>
        <GeoMap
          content={content}
          // Never by what is being picked: a map that moves under the hand puts the point elsewhere.
          fitKey={`${around.length > 0}`}
          focus={focus}
          onPlace={pick}
          label={t('placeMap')}
          style={{ height: 'min(340px, 40vh)' }}
        />
        <div className="zj-place-numbers">
          <label htmlFor={`${id}.lat`}>
            <span>{t('latitude')}</span>
            <InputNumber
              id={`${id}.lat`}
              min={-90}
              max={90}
              precision={6}
              controls={false}
              value={typed.lat}
              onChange={(lat) => type({ ...typed, lat })}
            />
          </label>
          <label htmlFor={`${id}.lon`}>
            <span>{t('longitude')}</span>
            <InputNumber
              id={`${id}.lon`}
              min={-180}
              max={180}
              precision={6}
              controls={false}
              value={typed.lon}
              onChange={(lon) => type({ ...typed, lon })}
            />
          </label>
          <label htmlFor={`${id}.datum`}>
            <span>{t('datum')}</span>
            <Select
              id={`${id}.datum`}
              value={typed.datum}
              onChange={(datum) => type({ ...typed, datum })}
              options={datums.map((one) => ({ value: one, label: datumName[one] }))}
            />
          </label>
        </div>
        <p className="zj-small zj-tight" role="status">
          {place
            ? `${place.lat.toFixed(6)}, ${place.lon.toFixed(6)} (WGS-84) · ${placeBasis(place, language)}`
            : t('placeNone')}
        </p>
      </div>
    </Modal>
  )
}
