import { Link } from '@tanstack/react-router'
import { type Leave, leaves } from '@zhijiao/contract/permits'
import { Button, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { call } from '../../ui/api.ts'
import { useCode } from '../../ui/codes.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { dayOf, daysBetween, minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useStringing, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { ListExport } from '../ListExport.tsx'
import { useMay, useMe } from '../me.ts'
import { OrgPick } from '../pick.tsx'
import { ContestButton } from '../procedures/ContestButton.tsx'
import { Hints } from '../procedures/Hints.tsx'
import '../procedures/procedures.css'
import { AskLeave } from './AskLeave.tsx'
import { Competence } from './Competence.tsx'
import { DecideMany } from './DecideMany.tsx'
import { FileMany } from './FileMany.tsx'
import { LeaveAct, type LeaveActName } from './LeaveAct.tsx'
import { LeaveAway } from './LeaveAway.tsx'
import { LeaveBrought } from './LeaveBrought.tsx'
import { LeaveContest } from './LeaveContest.tsx'
import { LeavePapers } from './LeavePapers.tsx'
import { LeavePath } from './LeavePath.tsx'
import { PrintLeave, PrintLeaves } from './PrintLeaves.tsx'
import { leaveWords, levelWord, stateWord } from './words.ts'

/** Leave of everybody in scope, or of one person. */
export function LeaveTable({ person }: { person?: { id: string; name: string } }) {
  const t = useWords(leaveWords)
  const c = useWords(common)
  const code = useCode()
  const { list, named } = useStringing()
  const may = useMay()
  // What has begun is ended by the return, what has not by taking it back.
  const today = dayOf(now())
  const me = useMe()
  const county = me.org.code.length === 6 && may('leave.approve')
  const [many, setMany] = useState<{ chosen: readonly Leave[]; clear: () => void } | null>(null)
  const [asking, setAsking] = useState(false)
  const [act, setAct] = useState<{ what: LeaveActName; leave: Leave } | null>(null)
  return (
    <>
      <SearchTable
        name={person ? 'person.leaves' : 'leaves'}
        label={t('title')}
        kept={leaves.list}
        {...(person ? { fixed: { person: person.id } } : {})}
        rowKey={(l) => l.id}
        rowName={(l) => `${l.person.name} ${l.from}`}
        rowTone={(l) => (l.overstayed ? 'zj-row-over' : '')}
        conditions={[
          ...(person
            ? []
            : [
                {
                  name: 'q',
                  label: t('q'),
                  first: true,
                  field: <Input allowClear maxLength={40} placeholder={t('qHint')} />,
                },
              ]),
          {
            name: 'state',
            label: t('state'),
            first: true,
            field: (
              <Select
                allowClear
                placeholder={c('all')}
                options={Object.entries(stateWord).map(([value, word]) => ({ value, label: t(word) }))}
              />
            ),
          },
          ...(person
            ? []
            : [
                { name: 'org', label: t('org'), field: <OrgPick /> },
                { name: 'on', label: t('away'), field: <DayField />, rules: [isDay(c('badDay'))] },
                {
                  name: 'toFile',
                  label: t('toFile'),
                  field: <Select allowClear placeholder={c('all')} options={[{ value: true, label: c('yes') }]} />,
                },
                {
                  name: 'overstayed',
                  label: t('onlyOverstayed'),
                  field: <Select allowClear placeholder={c('all')} options={[{ value: true, label: c('yes') }]} />,
                },
              ]),
        ]}
        {...(may('leave.approve')
          ? {
              batch: (chosen: readonly Leave[], clear: () => void) => (
                <>
                  {chosen.some((l) => l.may.includes('decide')) ? (
                    <Button size="small" onClick={() => setMany({ chosen, clear })}>
                      {t('decideMany')}
                    </Button>
                  ) : null}
                  {county ? <FileMany chosen={chosen} onDone={clear} /> : null}
                </>
              ),
            }
          : {})}
        empty={{ what: t('empty'), hint: t('emptyHint') }}
        tools={({ asked, total }) => (
          <Space wrap>
            <ListExport
              name={t('title')}
              total={total}
              fetch={(reason) => call(leaves.export, { query: { ...asked, reason } })}
            />
            <PrintLeaves asked={asked} total={total} />
            {may('leave.edit') ? (
              <Button type="primary" onClick={() => setAsking(true)}>
                {t('add')}
              </Button>
            ) : null}
          </Space>
        )}
        expand={(l) => (
          <>
            <Competence of={l.competence} />
            {l.travelBy.length > 0 ? (
              <p className="zj-tight">{named(t('travelBy'), list(l.travelBy.map((by) => code('travelMode', by))))}</p>
            ) : null}
            <LeaveBrought leave={l} />
            {l.hints.length > 0 ? <Hints of={l.hints} /> : null}
            <LeavePath leave={l} />
            <LeaveAway leave={l} />
            <LeaveContest leave={l} />
            <LeavePapers leave={l.id} />
            <PrintLeave leave={l} />
          </>
        )}
        columns={[
          {
            key: 'person',
            title: t('person'),
            render: (l) => <Link to={`/people/${l.person.id}`}>{l.person.name}</Link>,
          },
          {
            key: 'state',
            title: t('state'),
            render: (l) => (
              <Space size={4}>
                <Mark tone={l.state === 'asked' ? 'blue' : 'quiet'}>{t(stateWord[l.state])}</Mark>
                {l.recall && l.state === 'approved' ? <Mark tone="red">{t('recalled')}</Mark> : null}
                {l.filing && !l.filing.at ? <Mark tone="blue">{t('toFileMark')}</Mark> : null}
                {l.overstayed ? <Mark tone="red">{t('overstayed')}</Mark> : null}
                {l.anewOf && l.state === 'asked' ? <Mark tone="blue">{t('anew')}</Mark> : null}
                {l.objection ? <Mark>{t('contested')}</Mark> : null}
                {l.state === 'asked' && l.proofs.length === 0 ? <Mark tone="yellow">{t('proofsNone')}</Mark> : null}
                {l.imported ? <Mark>{t('imported')}</Mark> : null}
              </Space>
            ),
          },
          { key: 'from', title: t('from'), sort: 'from', render: (l) => l.from },
          { key: 'until', title: t('until'), sort: 'until', render: (l) => l.until },
          { key: 'days', title: t('days'), align: 'right', render: (l) => daysBetween(l.from, l.until) + 1 },
          { key: 'reason', title: t('reason'), render: (l) => code('leaveReason', l.reason) },
          { key: 'destination', title: t('destination'), width: 200, render: (l) => l.destination.text },
          {
            key: 'travelBy',
            title: t('travelBy'),
            spare: true,
            render: (l) => list(l.travelBy.map((by) => code('travelMode', by))) || '—',
          },
          { key: 'competent', title: t('competent'), render: (l) => t(levelWord[l.competent]) },
          {
            key: 'decided',
            title: t('decided'),
            render: (l) => (l.decidedBy ? `${l.decidedBy.name} ${l.decidedAt ? minute(l.decidedAt) : ''}` : '—'),
          },
          { key: 'asked', title: t('asked'), sort: 'asked', render: (l) => minute(l.askedAt) },
          { key: 'note', title: t('note'), spare: true, render: (l) => l.decisionNote || '—' },
          {
            key: 'actions',
            title: c('actions'),
            fixed: 'right',
            render: (l) => (
              <Space size={0}>
                {l.may.includes('decide') ? (
                  <Button size="small" type="link" onClick={() => setAct({ what: 'decide', leave: l })}>
                    {t('decide')}
                  </Button>
                ) : null}
                {(l.state === 'asked' || l.state === 'approved') && !l.imported && may('leave.edit') ? (
                  <Button size="small" type="link" onClick={() => setAct({ what: 'prove', leave: l })}>
                    {t('prove')}
                  </Button>
                ) : null}
                {l.may.includes('opine') ? (
                  <Button size="small" type="link" onClick={() => setAct({ what: 'opine', leave: l })}>
                    {t('opine')}
                  </Button>
                ) : null}
                {l.state === 'approved' && may('leave.edit') ? (
                  <Button size="small" type="link" onClick={() => setAct({ what: 'delay', leave: l })}>
                    {t('delayIt')}
                  </Button>
                ) : null}
                {l.state === 'approved' && l.from <= today && may('leave.edit') ? (
                  <Button size="small" type="link" onClick={() => setAct({ what: 'return', leave: l })}>
                    {t('back')}
                  </Button>
                ) : null}
                {l.contestable ? (
                  <ContestButton person={l.person.id} against={{ what: 'leave', id: l.id }} type="link" />
                ) : null}
                {(l.state === 'asked' || (l.state === 'approved' && today < l.from)) && may('leave.edit') ? (
                  <Button size="small" type="link" onClick={() => setAct({ what: 'cancel', leave: l })}>
                    {t('cancelIt')}
                  </Button>
                ) : null}
              </Space>
            ),
          },
        ]}
      />
      {many ? (
        <DecideMany
          chosen={many.chosen}
          onClose={(acted) => {
            setMany(null)
            if (acted) many.clear()
          }}
        />
      ) : null}
      {asking ? <AskLeave {...(person ? { person } : {})} onClose={() => setAsking(false)} /> : null}
      {act ? <LeaveAct {...act} onClose={() => setAct(null)} /> : null}
    </>
  )
}
