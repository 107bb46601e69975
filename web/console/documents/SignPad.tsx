import { Button } from 'antd'
import { type PointerEvent, useRef, useState } from 'react'
import { useWords } from '../../ui/language.ts'
import { documentWords } from './words.ts'

/** A box to write in with finger, pen or mouse; gives back a PNG without background. */
export function SignPad({ onChange }: { onChange: (drawn: (() => Promise<Blob>) | null) => void }) {
  const t = useWords(documentWords)
  const canvas = useRef<HTMLCanvasElement>(null)
  const last = useRef<{ x: number; y: number } | null>(null)
  const [written, setWritten] = useState(false)
  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return {
      x: ((event.clientX - box.left) / box.width) * event.currentTarget.width,
      y: ((event.clientY - box.top) / box.height) * event.currentTarget.height,
    }
  }
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = event.currentTarget.getContext('2d')
    const from = last.current
    if (!pen || !from) return
    const to = at(event)
    pen.lineWidth = 3 + (event.pressure || 0.5) * 4
    pen.lineCap = 'round'
    pen.strokeStyle = '#10131a'
    pen.beginPath()
    pen.moveTo(from.x, from.y)
    pen.lineTo(to.x, to.y)
    pen.stroke()
    last.current = to
  }
  const end = () => {
    if (!last.current) return
    last.current = null
    setWritten(true)
    const drawn = canvas.current
    if (drawn)
      onChange(
        () =>
          new Promise((resolve, reject) =>
            drawn.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
          ),
      )
  }
  return (
    <div>
      <canvas
        ref={canvas}
        width={600}
        height={240}
        role="img"
        aria-label={t('pad')}
        style={{
          width: '100%',
          maxWidth: 480,
          aspectRatio: '5 / 2',
          border: '1px solid #8c8c8c',
          touchAction: 'none',
          background: '#fff',
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          last.current = at(event)
        }}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <div>
        <span className={written ? undefined : 'zj-muted'}>{t(written ? 'padWritten' : 'pad')}</span>{' '}
        <Button
          size="small"
          disabled={!written}
          onClick={() => {
            setWritten(false)
            canvas.current?.getContext('2d')?.clearRect(0, 0, 600, 240)
            onChange(null)
          }}
        >
          {t('clear')}
        </Button>
      </div>
    </div>
  )
}
