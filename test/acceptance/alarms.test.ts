import { createHash } from 'node:crypto'
import { account } from '@zhijiao/contract/account'
import { alarmKinds, alarmStatistics, alarms } from '@zhijiao/contract/alarms'
import { files } from '@zhijiao/contract/files'
import { matters } from '@zhijiao/contract/matters'
import { tasks } from '@zhijiao/contract/tasks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { ledgerAbout, onDuty, photo, plantAlarm } from '../support/episode.ts'
import { listen } from '../support/live.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let colleague: Somebody
let head: Somebody
let agency: Somebody
let agencyHead: Somebody
let person: string

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王警官' })
  colleague = await county.signIn('officer', { name: '李警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  agency = await county.signIn('county', { name: '赵科员' })
  agencyHead = await county.signIn('countyHead', { name: '钱局' })
  person = await plantPerson(county.house, { officer: officer.id, name: '周某' })
  await onDuty(county, officer.id)
})
afterAll(() => county.stop())

const raise = async (options: Parameters<typeof plantAlarm>[2] & { who?: string } = {}) => {
  const about = options.who ?? (await plantPerson(county.house, { officer: officer.id }))
  return plantAlarm(county, about, options)
}
const see = (who: Somebody, id: string) => who.call(alarms.get, { params: { id } })
const form = { cause: 'C01', finding: '电话联系本人，承认未经批准离开' } as const
const closed = async (id: string, by: Somebody = officer) => {
  const { revision } = await see(by, id)
  return by.call(alarms.submit, { params: { id }, body: { ...form, revision } })
}

describe('S0.19 the office hears an alarm at once', () => {
  test('a raised alarm reaches the open tab, as an id without personal data', async () => {
    const line = await listen(county.url, officer.cookie)
    const { id } = await raise()
    const news = await line.until((m) => m.type === 'news' && m.topic === 'alarm' && m.id === id && m.what === 'raised')
    expect(news).toMatchObject({ mine: true, level: 2, org: places.office })
    expect(JSON.stringify(news)).not.toMatch(/测试|周某|24\.35/)
    line.close()
  })

  test('another county hears nothing; a colleague without this caseload hears nothing', async () => {
    const elsewhere = await county.signIn('county', { of: places.otherCounty })
    const far = await listen(county.url, elsewhere.cookie)
    const near = await listen(county.url, colleague.cookie)
    const worker = await county.signIn('socialWorker')
    const helping = await listen(county.url, worker.cookie)
    const own = await listen(county.url, officer.cookie)
    const { id } = await raise()
    await own.until((m) => m.type === 'news' && m.id === id)
    for (const line of [far, near, helping]) {
      expect(line.news.filter((n) => n.id === id)).toEqual([])
      line.close()
    }
    own.close()
  })

  test('a broken line is told what it missed; a cursor nobody knows gets "resync"', async () => {
    const line = await listen(county.url, officer.cookie)
    const { id: first } = await raise()
    await line.until((m) => m.type === 'news' && m.id === first)
    const since = line.cursor()
    line.close()
    await line.closed
    const { id: missed } = await raise()
    const again = await listen(county.url, officer.cookie, { since })
    await again.until((m) => m.type === 'news' && m.id === missed)
    expect(again.news.some((n) => n.id === first)).toBe(false)
    again.close()
    const lost = await listen(county.url, officer.cookie, { since: 'abc.7' })
    await lost.until((m) => m.type === 'resync')
    lost.close()
  })

  test('what changes while a page is still being read is told when its line opens; a greeting moves no cursor on', async () => {
    const { live } = await officer.call(account.me, {})
    const { id: between } = await raise()
    const line = await listen(county.url, officer.cookie, { since: live })
    await line.until((m) => m.type === 'news' && m.id === between)
    const { id: later } = await raise()
    await line.until((m) => m.type === 'news' && m.id === later)
    line.close()
    await line.closed
    const greeted = await listen(county.url, officer.cookie, { since: live })
    expect(greeted.messages[0]).toMatchObject({ type: 'hello', cursor: live })
    greeted.close()
  })

  test('without a session, or from a page of another site, there is no line', async () => {
    await expect(listen(county.url, '')).rejects.toThrow('401')
    await expect(listen(county.url, officer.cookie, { origin: 'https://elsewhere.example' })).rejects.toThrow('403')
    const own = await listen(county.url, officer.cookie, { origin: county.url })
    own.close()
  })

  test('a desk that went idle rings again after its line broke, as an id without personal data', async () => {
    const desk = await startCounty()
    try {
      const { id: staff, cookie, call } = await desk.signIn('officer')
      await onDuty(desk, staff)
      const ringing = async () =>
        plantAlarm(desk, await plantPerson(desk.house, { officer: staff, name: '覃某' }), { level: 1 })
      const before = await listen(desk.url, cookie)
      const since = before.cursor()
      before.close()
      await before.closed
      desk.pass(16 * 60_000)
      expect(await codeOf(call(alarms.counts, { query: {} }))).toBe('ZJ_NOT_SIGNED_IN')
      const { id: missed } = await ringing()
      const again = await listen(desk.url, cookie, { since })
      await again.until((m) => m.type === 'idle')
      await again.until((m) => m.type === 'news' && m.id === missed)
      const { id: now } = await ringing()
      const heard = await again.until((m) => m.type === 'news' && m.id === now)
      expect(heard).toMatchObject({ level: 1, mine: true })
      expect(JSON.stringify(again.messages)).not.toContain('覃某')
      again.close()
      // Idle is not for ever: after eight hours, or once it was ended, there is no line.
      desk.pass(8 * 3_600_000)
      await expect(listen(desk.url, cookie)).rejects.toThrow('401')
    } finally {
      await desk.stop()
    }
  })
})

describe('S2.44 real-time alert and disposal', () => {
  test('one alarm says who, where, how sure, for and against, by which clock; the map shows its place', async () => {
    const { id } = await raise({ who: person })
    const alarm = await see(officer, id)
    expect(alarm).toMatchObject({
      kind: 'boundaryOut',
      kindName: { zh: '越界', en: 'Left the area' },
      state: 'raised',
      person: { id: person, name: '周某' },
      owner: { id: officer.id, name: '王警官' },
      nobodyOnDuty: false,
      said: { zh: '测试对象自10分钟前起可能离开围栏。' },
    })
    expect(alarm.evidence.map((e) => e.speaks)).toEqual(['for', 'against'])
    expect(alarm.clock).toMatchObject({ source: 'configured', overdue: false })
    expect(Date.parse(alarm.clock.dueAt ?? '') - Date.parse(alarm.clock.deliveredAt ?? '')).toBe(60 * 60_000)
    expect(alarm.may).toEqual(['acknowledge', 'claim', 'note', 'attach', 'submit', 'dismiss', 'transfer', 'merge'])
    const map = await officer.call(alarms.map, { params: { id } })
    expect(map).toMatchObject({ track: true, home: { lat: 24.33, lon: 109.42 } })
    const { total } = await officer.call(alarms.list, { query: { person, state: ['raised'] } })
    expect(total).toBe(1)
  })

  test('acknowledging twice is once; claiming keeps the clock; calls, visits and notes build the timeline', async () => {
    const { id } = await raise()
    const before = await officer.call(alarms.acknowledge, { params: { id } })
    const again = await officer.call(alarms.acknowledge, { params: { id } })
    expect(again.notes.filter((n) => n.kind === 'acknowledge')).toHaveLength(1)
    const claimed = await officer.call(alarms.claim, { params: { id }, body: { revision: again.revision } })
    expect(claimed.state).toBe('claimed')
    expect(claimed.clock.dueAt).toBe(before.clock.dueAt)
    const startedAt = new Date(county.house.chance.now()).toISOString()
    await officer.call(alarms.call, {
      params: { id },
      body: { to: 'person', answered: true, startedAt, seconds: 90, text: '本人称在医院' },
    })
    await officer.call(alarms.visit, {
      params: { id },
      body: { at: startedAt, place: '县医院', metPerson: true, text: '见到本人' },
    })
    const noted = await officer.call(alarms.note, { params: { id }, body: { text: '已核对就诊单' } })
    expect(noted.notes.map((n) => n.kind)).toEqual(['acknowledge', 'claim', 'call', 'visit', 'note'])
    const future = new Date(county.house.chance.now() + 3_600_000).toISOString()
    expect(
      await codeOf(
        officer.call(alarms.call, {
          params: { id },
          body: { to: 'person', answered: false, startedAt: future, text: '……' },
        }),
      ),
    ).toBe('ZJ_ALARM_TIME')
    expect(await ledgerAbout(county, id)).toEqual(
      expect.arrayContaining(['alarm.called', 'alarm.visited', 'alarm.noted']),
    )
  })

  test('what is still being verified is no task yet', async () => {
    const { id } = await raise({ state: 'gathering' })
    expect(await codeOf(officer.call(alarms.acknowledge, { params: { id } }))).toBe('ZJ_ALARM_NOT_RAISED')
  })
})

describe('S0.22 the closure form', () => {
  test('cause, finding, measures and follow-on go to review; approval settles the alarm and starts the case', async () => {
    const { id } = await raise()
    const { revision } = await see(officer, id)
    const submitted = await officer.call(alarms.submit, {
      params: { id },
      body: { ...form, measures: '责令立即返回', followOn: 'talk', revision },
    })
    expect(submitted).toMatchObject({
      state: 'submitted',
      closure: {
        way: 'handled',
        cause: 'C01',
        causeName: { zh: '未经批准离开规定区域' },
        submittedBy: { id: officer.id },
      },
    })
    expect(submitted.may).toContain('withdraw')
    const review = await head.call(tasks.list, { query: { kind: 'alarm.review', whose: 'mine' } })
    expect(review.items.map((t) => t.subject)).toContain(id)
    const done = await head.call(alarms.review, {
      params: { id },
      body: { verdict: 'approved', note: '', revision: submitted.revision },
    })
    expect(done).toMatchObject({ state: 'settled', settledAs: 'closed', closure: { review: 'approved' }, may: [] })
    const follow = await officer.call(tasks.list, { query: { kind: 'followOn.talk' } })
    expect(follow.items.map((t) => t.subject)).toContain(id)
    expect(await ledgerAbout(county, id)).toEqual(
      expect.arrayContaining(['alarm.closureSubmitted', 'alarm.closureReviewed']),
    )
    expect(await codeOf(officer.call(alarms.note, { params: { id }, body: { text: '补充' } }))).toBe('ZJ_ALARM_OVER')
  })

  test('a closure that speaks of a sanction begins a violation, which the county decides, with the alarm as its fact', async () => {
    const { id } = await raise()
    const { revision } = await see(officer, id)
    const submitted = await officer.call(alarms.submit, {
      params: { id },
      body: { ...form, measures: '责令立即返回', followOn: 'warning', revision },
    })
    await head.call(alarms.review, {
      params: { id },
      body: { verdict: 'approved', note: '', revision: submitted.revision },
    })
    const { items } = await head.call(matters.list, { query: { kind: 'violation', person: submitted.person.id } })
    expect(items).toHaveLength(1)
    const begun = await head.call(matters.get, { params: { id: items[0]?.id ?? '' } })
    expect(begun).toMatchObject({ step: 'check', register: { facts: [id] } })
  })

  test('returned, it comes back to the same officer under the same clock, with the earlier round kept', async () => {
    const { id } = await raise()
    const first = await closed(id)
    expect(
      await codeOf(
        head.call(alarms.review, { params: { id }, body: { verdict: 'returned', note: '', revision: first.revision } }),
      ),
    ).toBe('ZJ_ALARM_REVIEW_NOTE')
    const returned = await head.call(alarms.review, {
      params: { id },
      body: { verdict: 'returned', note: '请补充走访情况', revision: first.revision },
    })
    expect(returned).toMatchObject({ state: 'claimed', owner: { id: officer.id }, closure: { review: 'returned' } })
    expect(returned.clock.dueAt).toBe(first.clock.dueAt)
    const second = await closed(id)
    expect(second.state).toBe('submitted')
    const rounds = await county.house.databases.system
      .selectFrom('closure_round')
      .select('round')
      .where('episode_id', '=', id)
      .execute()
    expect(rounds).toEqual([{ round: 1 }])
  })

  test('the one who submitted takes it back, nobody else', async () => {
    const { id } = await raise()
    const { revision } = await closed(id)
    expect(await codeOf(head.call(alarms.withdraw, { params: { id }, body: { revision } }))).toBe('ZJ_ALARM_NOT_YOURS')
    const back = await officer.call(alarms.withdraw, { params: { id }, body: { revision } })
    expect(back.state).toBe('claimed')
  })
})

describe('S0.23 evidence saves itself', () => {
  test('a level-1 alarm closes only with evidence; a photo is hashed on arrival and its hash is in the ledger', async () => {
    const { id } = await raise({ kind: 'strapOpen', level: 1 })
    const { revision, lacks } = await see(officer, id)
    expect(lacks).toHaveLength(1)
    expect(await codeOf(officer.call(alarms.submit, { params: { id }, body: { ...form, revision } }))).toBe(
      'ZJ_ALARM_EVIDENCE_MISSING',
    )
    const image = photo()
    const with1 = await officer.call(alarms.attach, {
      params: { id },
      body: { note: '现场' },
      file: image,
      fileName: '现场照片.jpg',
    })
    const sha256 = createHash('sha256')
      .update(Buffer.from(await image.arrayBuffer()))
      .digest('hex')
    expect(with1.files).toMatchObject([{ name: '现场照片.jpg', mime: 'image/jpeg', sha256 }])
    expect(with1.lacks).toEqual([])
    const submitted = await officer.call(alarms.submit, { params: { id }, body: { ...form, revision: with1.revision } })
    expect(submitted.closure?.files).toEqual([with1.files[0]?.id])
    const { rows } = await county.house.databases.systemPool.query<{ payload: { sha256?: string } }>(
      `select payload from ledger_payload join ledger_entry on id = entry_id where subject = $1 and kind = 'file.received'`,
      [id],
    )
    expect(rows.map((r) => r.payload.sha256)).toEqual([sha256])
  })

  test('a file is what its bytes say; anything else is refused with what may be sent', async () => {
    const { id } = await raise()
    const script = new Blob(['<html><script>alert(1)</script>'], { type: 'image/jpeg' })
    const problem = await refusedWith(
      officer.call(alarms.attach, { params: { id }, body: {}, file: script, fileName: 'x.jpg' }),
    )
    expect(problem).toMatchObject({ code: 'ZJ_FILE_KIND_UNKNOWN' })
    expect(problem.zh).toContain('JPG')
    expect(
      await codeOf(officer.call(alarms.attach, { params: { id }, body: {}, file: new Blob([]), fileName: 'x.jpg' })),
    ).toBe('ZJ_FILE_EMPTY')
  })

  test('a download is audited and seen only by who sees the person', async () => {
    const { id } = await raise()
    const { files: attached } = await officer.call(alarms.attach, {
      params: { id },
      body: {},
      file: photo(),
      fileName: 'a.jpg',
    })
    const file = attached[0]?.id ?? ''
    const response = await officer.call(files.content, { params: { id: file } })
    expect(response.headers.get('content-type')).toContain('image/jpeg')
    expect(Buffer.from(await response.arrayBuffer()).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
    const elsewhere = await county.signIn('county', { of: places.otherCounty })
    expect(await codeOf(elsewhere.call(files.content, { params: { id: file } }))).toBe('ZJ_NOT_FOUND')
    const lines = await county.house.databases.system
      .selectFrom('audit')
      .select(['phase', 'outcome'])
      .where('promise', '=', 'files.content')
      .where('staff_id', '=', officer.id)
      .execute()
    expect(lines.map((l) => l.phase).sort()).toEqual(['attempt', 'result'])
  })
})

describe('S2.45 the director reviews', () => {
  test('nobody reviews his own, whatever his post', async () => {
    const { id } = await raise()
    const { revision } = await closed(id, head)
    expect(
      await codeOf(head.call(alarms.review, { params: { id }, body: { verdict: 'approved', note: '', revision } })),
    ).toBe('ZJ_ALARM_REVIEW_OWN')
    const { total } = await agencyHead.call(tasks.list, { query: { kind: 'alarm.review', whose: 'mine' } })
    expect(total).toBeGreaterThan(0)
    const done = await agencyHead.call(alarms.review, {
      params: { id },
      body: { verdict: 'approved', note: '', revision },
    })
    expect(done.settledAs).toBe('closed')
  })

  test('an officer cannot review at all', async () => {
    const { id } = await raise()
    const { revision } = await closed(id)
    expect(
      await codeOf(officer.call(alarms.review, { params: { id }, body: { verdict: 'approved', note: '', revision } })),
    ).toBe('ZJ_NOT_ALLOWED')
  })
})

describe('不予处理 is a form with a reason and somebody else’s approval', () => {
  test('asked with a reason, approved by the county, never by the office', async () => {
    const { id } = await raise()
    const { revision } = await see(officer, id)
    expect(
      await codeOf(officer.call(alarms.dismiss, { params: { id }, body: { cause: 'C21', reason: '误报', revision } })),
    ).toBe('ZJ_ALARM_REASON_SHORT')
    const asked = await officer.call(alarms.dismiss, {
      params: { id },
      body: { cause: 'C21', reason: '基站定位漂移，终端卫星定位始终在家', revision },
    })
    expect(asked).toMatchObject({ state: 'submitted', closure: { way: 'notHandled' } })
    const review = { verdict: 'approved', note: '', revision: asked.revision } as const
    expect(await codeOf(head.call(alarms.review, { params: { id }, body: review }))).toBe(
      'ZJ_ALARM_REVIEW_NOT_COMPETENT',
    )
    const done = await agency.call(alarms.review, { params: { id }, body: review })
    expect(done).toMatchObject({ state: 'settled', settledAs: 'notHandled' })
  })
})

describe('two officers who act at once lose nothing', () => {
  test('of two claims one wins, the other is told who has it', async () => {
    const shared = await plantPerson(county.house, { officer: officer.id })
    const { id } = await plantAlarm(county, shared)
    const { revision } = await see(head, id)
    const claims = await Promise.allSettled([
      officer.call(alarms.claim, { params: { id }, body: { revision } }),
      head.call(alarms.claim, { params: { id }, body: { revision } }),
    ])
    expect(claims.map((c) => c.status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = claims.find((c) => c.status === 'rejected')
    expect(lost?.status === 'rejected' && lost.reason.problem.code).toBe('ZJ_ALARM_TAKEN')
  })

  test('a form written on what has changed is refused with the present revision', async () => {
    const { id } = await raise()
    const { revision } = await see(officer, id)
    const claimed = await officer.call(alarms.claim, { params: { id }, body: { revision } })
    const stale = await refusedWith(officer.call(alarms.submit, { params: { id }, body: { ...form, revision } }))
    expect(stale).toMatchObject({ code: 'ZJ_CHANGED', data: { revision: claimed.revision } })
  })

  test('both notes are kept', async () => {
    const { id } = await raise()
    await Promise.all(
      [officer, head].map((who) => who.call(alarms.note, { params: { id }, body: { text: `记录 ${who.name}` } })),
    )
    const { notes } = await see(head, id)
    expect(notes.filter((n) => n.kind === 'note')).toHaveLength(2)
  })

  test('a call, a visit or a note under an id of one’s own is recorded once, however often it is sent', async () => {
    const { id } = await raise()
    const params = { id }
    const at = new Date(county.house.chance.now()).toISOString()
    const ids = [county.house.chance.id(), county.house.chance.id(), county.house.chance.id()] as const
    const call = { id: ids[0], to: 'person' as const, answered: true, startedAt: at, text: '本人称在医院' }
    const visit = { id: ids[1], at, place: '县医院', metPerson: true, text: '见到本人' }
    const note = { id: ids[2], text: '已核对就诊单' }
    await Promise.all([1, 2].map(() => officer.call(alarms.call, { params, body: call })))
    for (const _ of [1, 2]) await officer.call(alarms.visit, { params, body: visit })
    for (const _ of [1, 2]) await officer.call(alarms.note, { params, body: note })
    expect((await see(officer, id)).notes.map((n) => [n.id, n.kind])).toEqual([
      [ids[0], 'call'],
      [ids[1], 'visit'],
      [ids[2], 'note'],
    ])
    const entries = await ledgerAbout(county, id)
    for (const kind of ['alarm.called', 'alarm.visited', 'alarm.noted'])
      expect(entries.filter((entry) => entry === kind)).toHaveLength(1)
    // Somebody else's id, or that of another act, is no repeat.
    expect(await codeOf(head.call(alarms.note, { params, body: note }))).toBe('ZJ_ALARM_NOTE_ID')
    expect(await codeOf(officer.call(alarms.note, { params, body: { ...note, id: ids[0] } }))).toBe('ZJ_ALARM_NOTE_ID')
  })
})

describe('who sees and acts', () => {
  test('another county, another caseload and a social worker do not', async () => {
    const { id } = await raise()
    const elsewhere = await county.signIn('county', { of: places.otherCounty })
    const worker = await county.signIn('socialWorker')
    expect(await codeOf(see(elsewhere, id))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(see(colleague, id))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(see(worker, id))).toBe('ZJ_NOT_ALLOWED')
    for (const who of [elsewhere, colleague])
      expect(await codeOf(who.call(alarms.claim, { params: { id }, body: { revision: 1 } }))).toBe('ZJ_NOT_FOUND')
    const { items } = await elsewhere.call(alarms.list, { query: { size: 200 } })
    expect(items).toEqual([])
    const counted = await colleague.call(alarms.counts, { query: {} })
    expect(counted.raised).toBe(0)
  })

  test('P15 an attempt is on record before its result, refused or not', async () => {
    const { id } = await raise()
    await codeOf(see(colleague, id))
    const lines = await county.house.databases.system
      .selectFrom('audit')
      .select(['phase', 'outcome', 'at', 'id'])
      .where('staff_id', '=', colleague.id)
      .where('promise', '=', 'alarms.get')
      .orderBy('id', 'desc')
      .limit(2)
      .execute()
    expect(lines.map((l) => [l.phase, l.outcome])).toEqual([
      ['result', 'ZJ_NOT_FOUND'],
      ['attempt', null],
    ])
  })

  test('lists and counts agree', async () => {
    const counts = await head.call(alarms.counts, { query: {} })
    for (const state of ['raised', 'claimed', 'submitted', 'settled'] as const) {
      const { total } = await head.call(alarms.list, { query: { state: [state] } })
      expect([state, total]).toEqual([state, counts[state]])
    }
    const late = await head.call(alarms.list, { query: { overdue: true } })
    expect(late.total).toBe(counts.overdue)
    for (const sort of ['detected', '-detected', 'due', '-due', 'level', '-level', 'number', '-number'])
      for (const query of [
        {},
        { state: ['claimed' as const] },
        { owner: officer.id },
        { overdue: false },
        { q: '周' },
      ]) {
        const { items, total } = await head.call(alarms.list, { query: { ...query, sort, size: 200 } })
        expect(items).toHaveLength(total)
      }
    const numbers = (await head.call(alarms.list, { query: { sort: 'number', size: 200 } })).items.map((a) => a.number)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  })
})

describe('P19 the table of alarm kinds', () => {
  test('a county sets level, clock and words for itself; the next alarm runs by them; the ledger keeps why', async () => {
    const kinds = await agency.call(alarmKinds.list, {})
    const row = kinds.find((k) => k.kind === 'noPosition')
    if (!row) throw new Error('the table lacks noPosition')
    const { level, enabled, ladderS, toPerson, toOfficer } = row
    const body = {
      level,
      enabled,
      ladderS,
      toPerson,
      toOfficer,
      clockMin: 45,
      note: '山区信号差，先电话核实',
      revision: row.revision,
    }
    const edited = await agency.call(alarmKinds.edit, { params: { kind: 'noPosition' }, body })
    expect(edited).toMatchObject({ from: places.county, clockMin: 45, revision: 1, note: '山区信号差，先电话核实' })
    expect(await codeOf(agency.call(alarmKinds.edit, { params: { kind: 'noPosition' }, body }))).toBe('ZJ_CHANGED')
    const { id } = await raise({ kind: 'noPosition', level: 3 })
    const { clock } = await see(officer, id)
    expect(Date.parse(clock.dueAt ?? '') - Date.parse(clock.deliveredAt ?? '')).toBe(45 * 60_000)
    expect(await ledgerAbout(county, 'alarm kind noPosition')).toEqual(['alarmKind.changed'])
    const other = await county.signIn('county', { of: places.otherCounty })
    const theirs = (await other.call(alarmKinds.list, {})).find((k) => k.kind === 'noPosition')
    expect(theirs).toMatchObject({ from: '', clockMin: 120 })
    expect(await codeOf(officer.call(alarmKinds.edit, { params: { kind: 'noPosition' }, body }))).toBe('ZJ_NOT_ALLOWED')
  })

  test('a call for help cannot be switched off', async () => {
    const row = (await agency.call(alarmKinds.list, {})).find((k) => k.kind === 'sos')
    if (!row) throw new Error('the table lacks sos')
    const { level, ladderS, toPerson, toOfficer, clockMin, revision } = row
    const body = { level, ladderS, toPerson, toOfficer, clockMin, revision, enabled: false, note: '太多误触' }
    expect(await codeOf(agency.call(alarmKinds.edit, { params: { kind: 'sos' }, body }))).toBe('ZJ_ALARM_KIND_KEEPS_ON')
  })

  test('Z6 how right each kind was, in counts', async () => {
    const { kinds } = await agency.call(alarmStatistics.precision, { query: {} })
    const boundary = kinds.find((k) => k.kind === 'boundaryOut')
    expect(boundary).toMatchObject({ breach: expect.any(Number), falseAlarm: 1 })
    expect(JSON.stringify(kinds)).not.toContain('周某')
  })
})
