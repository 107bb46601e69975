import { Alert, Button, Collapse, Input, InputNumber, Segmented, Space } from 'antd'
import { useState } from 'react'
import { useWords } from '../../ui/language.ts'
import { blank, type Drawing, typedCorners } from './drawing.ts'
import { fenceWords } from './words.ts'

const how = { circle: 'drawCircle', polygon: 'drawPolygon', corridor: 'drawCorridor' } as const

/** Shape, width, undo; and coordinates by typing, because a map cannot be the only way. */
export function DrawTools({ drawing, onChange }: { drawing: Drawing; onChange: (next: Drawing) => void }) {
  const t = useWords(fenceWords)
  const [text, setText] = useState('')
  const [bad, setBad] = useState<number | null>(null)
  const apply = () => {
    const corners = typedCorners(text)
    if (typeof corners === 'number') {
      setBad(corners)
      return
    }
    setBad(null)
    onChange({ ...drawing, corners: drawing.shape === 'circle' ? corners.slice(0, 1) : corners })
  }
  return (
    <fieldset className="zj-fieldset">
      <legend>{t('draw')}</legend>
      <Segmented
        block
        value={drawing.shape}
        onChange={(shape) => onChange(blank(shape))}
        options={(['circle', 'polygon', 'corridor'] as const).map((value) => ({ value, label: t(value) }))}
      />
      <p className="zj-muted zj-small">{t(how[drawing.shape])}</p>
      <Space wrap className="zj-gap">
        {drawing.shape === 'polygon' ? null : (
          <InputNumber
            aria-label={t(drawing.shape === 'circle' ? 'radius' : 'halfWidth')}
            prefix={t(drawing.shape === 'circle' ? 'radius' : 'halfWidth')}
            style={{ width: 190 }}
            min={1}
            max={drawing.shape === 'circle' ? 200_000 : 20_000}
            value={drawing.metres}
            onChange={(metres) => metres && onChange({ ...drawing, metres })}
          />
        )}
        <Button
          size="small"
          disabled={drawing.corners.length === 0}
          onClick={() => onChange({ ...drawing, corners: drawing.corners.slice(0, -1) })}
        >
          {t('undo')}
        </Button>
        <Button
          size="small"
          disabled={drawing.corners.length === 0}
          onClick={() => onChange({ ...drawing, corners: [] })}
        >
          {t('clear')}
        </Button>
      </Space>
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: 'typed',
            label: t('byTyping'),
            children: (
              <>
                <Input.TextArea
                  rows={4}
                  aria-label={t('byTyping')}
                  value={text}
                  placeholder={drawing.corners.map((at) => at.join(' ')).join('\n') || '109.41 24.32'}
                  onChange={(e) => setText(e.target.value)}
                />
                {bad === null ? null : <Alert type="error" role="alert" title={t('typedBad', { n: bad })} />}
                <Button size="small" onClick={apply}>
                  {t('applyTyped')}
                </Button>
              </>
            ),
          },
        ]}
      />
    </fieldset>
  )
}
