import { Button } from 'antd'
import { clockTime, duration } from '../../ui/format.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import type { MapPoint } from '../../ui/map/model.ts'
import type { ShownDay } from './day.ts'
import { trackWords } from './words.ts'

type Places = ShownDay['places']
type Stay = Places[number]['stays'][number]

const lasted = ({ from, until }: Stay) => Date.parse(until) - Date.parse(from)
const minuteOf = (at: string) => clockTime(at).slice(0, 5)

/** Numbered as the list numbers them. */
export const placePoints = (places: Places): MapPoint[] =>
  places.map(({ lon, lat }, i) => ({
    id: `place${i}`,
    at: [lon, lat],
    shape: 'house',
    tone: 'green',
    label: String(i + 1),
  }))

/** 停留点, place by place; a click takes the replay there. */
export function Stays({ places, onGo }: { places: Places; onGo: (at: number) => void }) {
  const t = useWords(trackWords)
  const language = useLanguage()
  if (places.length === 0) return null
  return (
    <>
      <h3>{t('stayList')}</h3>
      <ul className="zj-small zj-stays" aria-label={t('stayList')}>
        {places.map(({ lat, lon, nights, stays }, i) => (
          <li key={`${lat} ${lon}`}>
            {t(nights ? 'stayNights' : 'stayPlace', { n: i + 1 })}
            {t(stays.length > 1 ? 'stayTimes' : 'stayOnce', {
              times: stays.length,
              time: duration(
                stays.reduce((sum, stay) => sum + lasted(stay), 0),
                language,
              ),
            })}
            <ul>
              {stays.map((stay) => (
                <li key={stay.from}>
                  <Button type="link" size="small" onClick={() => onGo(Date.parse(stay.from))}>
                    {t('stayLine', {
                      from: minuteOf(stay.from),
                      until: minuteOf(stay.until),
                      time: duration(lasted(stay), language),
                    })}
                  </Button>
                  {stay.silentS > 0 ? (
                    <span className="zj-muted">
                      {t('staySilent', { time: duration(stay.silentS * 1000, language) })}
                    </span>
                  ) : null}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  )
}
