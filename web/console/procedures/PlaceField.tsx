import { people } from '@zhijiao/contract/people'
import type { Place } from '@zhijiao/contract/procedures/describe'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { useMay } from '../me.ts'
import { useAbout } from './about.ts'
import { PlaceDialog } from './PlaceDialog.tsx'
import { PlaceValue } from './PlaceValue.tsx'
import { placeIn } from './place.ts'
import { useHere } from './useHere.ts'
import { matterWords } from './words.ts'

/**
 * A point on the ground: measured where one stands, taken over from the file, picked on the map or typed. Each way is a
 * button, so that none needs a mouse, a map or tiles.
 */
export function PlaceField({
  id,
  value,
  onChange,
  label,
  bare,
}: {
  id?: string
  value?: unknown
  onChange?: (value: Place | undefined) => void
  label: string
  bare: boolean
}) {
  const t = useWords(matterWords)
  const [picking, setPicking] = useState(false)
  const { here, busy, trouble } = useHere()
  const home = useHome()
  const place = placeIn(value)
  return (
    // biome-ignore lint/a11y/useSemanticElements: the form item draws the frame and the legend
    <div id={id} tabIndex={-1} role="group" aria-label={label} className="zj-place">
      {place ? <PlaceValue of={place} map={bare ? 'asked' : 'shown'} /> : null}
      <Space wrap>
        <Button size="small" loading={busy} onClick={() => void here().then((found) => found && onChange?.(found))}>
          {t('placeHere')}
        </Button>
        {home ? (
          <Button size="small" onClick={() => onChange?.(home)}>
            {t('placeHome')}
          </Button>
        ) : null}
        <Button size="small" onClick={() => setPicking(true)}>
          {t('placePick')}
        </Button>
        {place ? (
          <Button size="small" type="text" onClick={() => onChange?.(undefined)}>
            {t('placeClear')}
          </Button>
        ) : null}
      </Space>
      {trouble ? (
        <p role="alert" className="zj-tone-yellow zj-tight zj-small">
          {t(trouble)}
        </p>
      ) : null}
      {picking ? (
        <PlaceDialog
          label={label}
          value={place}
          home={home}
          onClose={() => setPicking(false)}
          onChoose={(chosen) => {
            setPicking(false)
            onChange?.(chosen)
          }}
        />
      ) : null}
    </div>
  )
}

/** The residence of the person whom the form is about, where his file has its coordinates. */
function useHome(): Place | null {
  const { person } = useAbout()
  const may = useMay()
  const file = useAsk(
    people.get,
    { params: { personId: person ?? '' } },
    { enabled: person !== null && may('person.see') },
  ).data
  if (!file || file.residenceLat === null || file.residenceLon === null) return null
  return { lat: file.residenceLat, lon: file.residenceLon, source: 'residence' }
}
