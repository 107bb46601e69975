import { useNavigate } from '@tanstack/react-router'
import { type AreaShape, type Datum, type Fence, type FenceKind, type Finding, fences } from '@zhijiao/contract/fences'
import type { Area } from '@zhijiao/geo/area'
import { Alert, App, Button, Form, Select, Space } from 'antd'
import { useMemo, useState } from 'react'
import { call, useDo } from '../../ui/api.ts'
import { Conflict } from '../../ui/Conflict.tsx'
import { useChosen } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import GeoMap from '../../ui/map/GeoMap.tsx'
import { PhotoUpload } from '../../ui/PhotoUpload.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { useOutlines } from '../map/outlines.ts'
import { useMe } from '../me.ts'
import { OrgPick } from '../pick.tsx'
import type { Calendar } from './CalendarField.tsx'
import { DrawTools } from './DrawTools.tsx'
import { areaOf, blank, type Drawing, drawingOf, moved, placed } from './drawing.ts'
import { FenceFacts } from './FenceFacts.tsx'
import { FenceFields } from './FenceFields.tsx'
import { Findings } from './Findings.tsx'
import { useVersions } from './useVersions.ts'
import { comparable } from './versions.ts'
import { fenceWords } from './words.ts'

interface Filled {
  org: string
  name: string
  kind: FenceKind
  personal?: boolean
  datum: Datum
  dwellMin?: number
  basis: string
  sourceNote?: string
  calendar?: Calendar | null
}

const filledOf = (fence: Fence): Filled => ({
  org: fence.org,
  name: fence.name,
  kind: fence.kind,
  personal: fence.personal,
  datum: 'WGS84',
  dwellMin: fence.dwellMin,
  basis: fence.basis,
  sourceNote: fence.sourceNote,
  calendar: fence.calendar,
})

/**
 * Draws or imports a fence and says what it is for. Drawing is in the map's own WGS-84; a file names its datum. What somebody
 * else saves meanwhile redraws an untouched fence and never what is being drawn: both versions are shown at saving.
 */
export function FenceEditor({ fence }: { fence?: Fence }) {
  const t = useWords(fenceWords)
  const c = useWords(common)
  const me = useMe()
  const chosen = useChosen()
  const complain = useComplain()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [form] = Form.useForm<Filled>()
  const [drawing, setDrawing] = useState<Drawing | null>(() => (fence ? drawingOf(fence.area) : blank('circle')))
  const [whole, setWhole] = useState<{ area: AreaShape; datum: Datum } | null>(() =>
    fence && !drawingOf(fence.area) ? { area: fence.area, datum: 'WGS84' } : null,
  )
  const [shownWhole, setShownWhole] = useState<Area | null>(() =>
    fence && !drawingOf(fence.area) ? (fence.area as Area) : null,
  )
  const [redrawn, setRedrawn] = useState(false)
  const [findings, setFindings] = useState<readonly Finding[]>([])
  const [about, setAbout] = useState<{ km2: string; n: number; homes: number } | null>(null)
  const [accepts, setAccepts] = useState<readonly string[]>([])
  const [retiring, setRetiring] = useState(false)
  const [fit, setFit] = useState(0)
  const refreshes = ['fences']
  const create = useDo(fences.create, { refreshes })
  const change = useDo(fences.change, { refreshes })
  const retire = useDo(fences.retire, { refreshes, onDone: () => void message.success(t('retiredDone')) })
  const editable = fence === undefined || fence.may.includes('change')
  const drawn = drawing ? areaOf(drawing) : null
  const shown = shownWhole ?? drawn
  const kind = Form.useWatch('kind', form) ?? fence?.kind ?? 'required'
  // Outlines of the living areas around, so that an empty ground has something to orient by.
  const around = useOutlines(true)
  /** Lays an outline on the drawing board as it stands, with nothing said about it yet. */
  const lay = (area: AreaShape) => {
    const drawable = drawingOf(area)
    setDrawing(drawable)
    setWhole(drawable ? null : { area, datum: 'WGS84' })
    setShownWhole(drawable ? null : (area as Area))
    setFindings([])
    setAccepts([])
    setAbout(null)
  }
  const { began, clash, merged, compared, begin, meet, settle } = useVersions(fence, {
    mine: (from) => {
      const values = form.getFieldsValue(true) as Filled
      return {
        name: values.name,
        kind: values.kind,
        personal: values.kind === 'livingArea' && values.personal === true,
        calendar: values.calendar ?? null,
        dwellMin: values.dwellMin ?? 0,
        basis: values.basis,
        sourceNote: values.sourceNote ?? '',
        area: redrawn ? (whole?.area ?? (drawn as AreaShape | null) ?? from.area) : comparable(from.area),
      }
    },
    lay: (from) => {
      lay(from.area)
      setRedrawn(false)
      form.setFieldsValue(filledOf(from))
    },
    take: ({ area, ...fields }, mine) => {
      form.setFieldsValue(fields)
      if (area) lay(area)
      if (area || mine) setRedrawn(mine)
    },
  })
  const content = useMemo(
    () => ({
      points: [],
      areas: [
        ...around.filter((a) => a.id !== fence?.id),
        ...(clash
          ? [{ id: 'theirs', area: clash.theirs.area as Area, kind: clash.theirs.kind, name: t('theirOutline') }]
          : []),
        ...(shown ? [{ id: 'draft', area: shown, kind: editable ? ('draft' as const) : kind, name: '' }] : []),
      ],
    }),
    [around, clash, fence?.id, shown, editable, kind, t],
  )
  const draw = (next: Drawing) => {
    setRedrawn(true)
    setWhole(null)
    setShownWhole(null)
    setFindings([])
    setAbout(null)
    setDrawing(next)
  }
  const save = async ({ org, ...values }: Filled) => {
    const area = whole?.area ?? drawn
    if (!area) {
      void message.warning(t('needShape'))
      return
    }
    const body = {
      ...values,
      personal: values.kind === 'livingArea' && values.personal === true,
      calendar: values.calendar ?? null,
      area: area as AreaShape,
      datum: whole?.datum ?? 'WGS84',
      accepts: [...accepts],
    }
    try {
      if (began)
        begin(await change.mutateAsync({ params: { id: began.id }, body: { ...body, revision: began.revision } }))
      else {
        const made = await create.mutateAsync({ body: { ...body, org } })
        await navigate({ to: `/fences/${made.id}`, replace: true })
      }
      void message.success(t('saved'))
    } catch (error) {
      if (await meet(error).catch(() => false)) return
      complain(error, form)
    }
  }
  const take = async (file: File) => {
    const { org, kind: of, datum, personal } = await form.validateFields(['org', 'kind', 'datum', 'personal'])
    const body = { org, kind: of, datum, ...(personal ? { personal: 'true' as const } : {}) }
    const preview = await call(fences.preview, { body, file, fileName: file.name })
    setFindings(preview.findings)
    setAccepts([])
    setAbout({ km2: (preview.squareMetres / 1e6).toFixed(2), n: preview.corners, homes: preview.residences })
    setShownWhole(preview.shown as Area)
    setWhole(preview.usable ? { area: preview.area, datum: preview.datum } : null)
    setDrawing(null)
    setRedrawn(true)
    setFit((n) => n + 1)
  }
  return (
    <div className="zj-fence">
      <GeoMap
        content={content}
        // Never by what is being drawn: a map that moves under the hand puts the next corner elsewhere.
        fitKey={`${fence?.id ?? 'new'}.${fit}.${fence ? '' : around.length > 0}`}
        label={t('map')}
        onPlace={editable && !clash && drawing && !whole ? (at) => draw(placed(drawing, at)) : undefined}
        handles={editable && !clash && drawing && !whole ? drawing.corners : []}
        onHandle={(i, to) => drawing && draw(moved(drawing, i, to))}
      />
      {clash ? (
        <div className="zj-panel">
          <Conflict clash={clash} fields={compared} onChoose={settle} />
        </div>
      ) : null}
      {fence && !editable ? <FenceFacts fence={fence} /> : null}
      <Form<Filled>
        form={form}
        layout="vertical"
        className="zj-panel"
        hidden={clash !== null || !editable}
        initialValues={fence ? filledOf(fence) : { org: me.org.code, kind: 'required', datum: 'WGS84', dwellMin: 0 }}
        onFinish={save}
      >
        {merged ? <Alert className="zj-gap" type="info" title={c('clashSettled')} /> : null}
        <DrawTools drawing={drawing ?? blank('polygon')} onChange={draw} />
        <div className="zj-gap">
          <Form.Item name="datum" label={t('datum')} extra={t('datumHint')}>
            <Select
              options={[
                { value: 'WGS84', label: 'WGS-84 / CGCS2000' },
                { value: 'GCJ02', label: 'GCJ-02' },
                { value: 'BD09', label: 'BD-09' },
              ]}
            />
          </Form.Item>
          <PhotoUpload hint={false} text={t('importFile')} accept=".json,.geojson" onFile={take} />
        </div>
        {about ? (
          <Alert
            className="zj-gap"
            type="info"
            title={t('size', { km2: about.km2, n: about.n })}
            description={about.homes > 0 ? t('compared', { n: about.homes }) : undefined}
          />
        ) : null}
        <Findings of={findings} accepts={accepts} onAccept={setAccepts} />
        {fence ? null : (
          <Form.Item name="org" label={t('org')} rules={chosen(t('org'))}>
            <OrgPick />
          </Form.Item>
        )}
        <FenceFields kind={kind} />
        <Space>
          <Button type="primary" htmlType="submit" loading={create.isPending || change.isPending}>
            {c('save')}
          </Button>
          {fence ? <Button onClick={() => setRetiring(true)}>{t('retire')}</Button> : null}
        </Space>
      </Form>
      <ReasonDialog
        open={retiring}
        danger
        title={t('retire')}
        note={t('retireNote')}
        busy={retire.isPending}
        onCancel={() => setRetiring(false)}
        onReason={(reason) => {
          if (began)
            retire.mutate(
              { params: { id: began.id }, body: { revision: began.revision, reason } },
              {
                onSuccess: () => setRetiring(false),
                onError: async (e) => {
                  if (await meet(e).catch(() => false)) setRetiring(false)
                  else complain(e)
                },
              },
            )
        }}
      />
    </div>
  )
}
