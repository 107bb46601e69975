import type { Said } from './kinds.ts'

const SHANGHAI = 8 * 3_600_000
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (n: number) => String(n).padStart(2, '0')

/** An instant as people say it, Asia/Shanghai: 11月21日22:30, 21 Nov 22:30. */
export function when(ts: number): Said {
  const d = new Date(ts + SHANGHAI)
  const clock = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`
  return {
    zh: `${d.getUTCMonth() + 1}月${d.getUTCDate()}日${clock}`,
    en: `${d.getUTCDate()} ${months[d.getUTCMonth()] ?? ''} ${clock}`,
  }
}

/** A length of time in the largest unit that says enough. */
export function howLong(ms: number): Said {
  const minutes = Math.max(0, Math.round(ms / 60_000))
  if (minutes < 1) return { zh: '不到 1 分钟', en: 'under a minute' }
  if (minutes < 120) return { zh: `${minutes} 分钟`, en: `${minutes} min` }
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return { zh: rest ? `${hours} 小时 ${rest} 分` : `${hours} 小时`, en: rest ? `${hours} h ${rest} min` : `${hours} h` }
}

export function howFar(metres: number): Said {
  const m = Math.round(metres)
  return m < 1000
    ? { zh: `${m} 米`, en: `${m} m` }
    : { zh: `${(m / 1000).toFixed(1)} 公里`, en: `${(m / 1000).toFixed(1)} km` }
}

/** How sure, in words: a figure alone would be read as a probability, which fixes of one device cannot give. */
export function howSure(sureness: number, speaksFor: number, against: number): Said {
  const [zh, en] =
    sureness >= 0.95
      ? ['基本确定', 'practically certain']
      : sureness >= 0.8
        ? ['很可能', 'very likely']
        : sureness >= 0.6
          ? ['较可能', 'likely']
          : ['尚不确定', 'not sure yet']
  return {
    zh: `${zh}（把握 ${Math.round(sureness * 100)}%，佐证 ${speaksFor} 条、反证 ${against} 条）`,
    en: `${en} (${Math.round(sureness * 100)} %; ${speaksFor} for, ${against} against)`,
  }
}

/** Fills {places}; a place nobody filled is left out, with nothing shown for it. */
export function fill(text: Said, values: Readonly<Record<string, Said | undefined>>): Said {
  const put = (template: string, language: 'zh' | 'en') =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => values[name]?.[language] ?? '')
  return { zh: put(text.zh, 'zh'), en: put(text.en, 'en') }
}

const endings: Readonly<Record<string, Said>> = {
  term: { zh: '使用期满', en: 'its last day has passed' },
  removal: { zh: '解除使用', en: 'the device was lifted' },
  release: { zh: '解除矫正', en: 'release' },
  custody: { zh: '羁押或收监', en: 'custody' },
  death: { zh: '死亡', en: 'death' },
  transfer: { zh: '执行地变更', en: 'transfer' },
  deviceChanged: { zh: '更换设备', en: 'the device was changed' },
  deviceReturned: { zh: '收回设备', en: 'the device was returned' },
}

/** Why a term ended, by the code devices keep. */
export function howEnded(code: string): Said {
  return endings[code] ?? { zh: '已终止', en: 'ended' }
}
