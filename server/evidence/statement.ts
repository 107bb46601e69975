import { actorSaid } from '@zhijiao/contract/facts'
import { toldOf } from '@zhijiao/contract/told'
import { FixFlag } from '@zhijiao/geo/fix'
import { placeWritten } from '@zhijiao/law/article'
import type { PackedFix, QuotedLaw, QuotedVersion } from './format.ts'
import type { FoundEntry, Matter } from './gather.ts'

const esc = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)
const when = (iso: string | number) =>
  new Date(new Date(iso).getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

interface Shown {
  readonly ts: number
  readonly receivedAt: number
  readonly lat: number
  readonly lon: number
  readonly accuracyM: number
  readonly source: string
  readonly course: number | null
  readonly fault: number
  readonly flags: number
}

const sources: Readonly<Record<string, string>> = {
  gnss: '卫星 satellite',
  fused: '融合 fused',
  wifi: 'Wi-Fi',
  cell: '基站 cell',
}
const marks = [
  [FixFlag.blind, '补传 stored'],
  [FixFlag.mock, '模拟 simulated'],
  [FixFlag.imported, '导入 imported'],
] as const

/** Where a position came from, and what speaks against taking it at its word. */
function sourceOf({ source, flags }: Shown): string {
  const said = [sources[source] ?? '不明 unknown']
  for (const [flag, words] of marks) if ((flags & flag) !== 0) said.push(words)
  if ((flags & FixFlag.authenticated) === 0) said.push('来源未认证 not authenticated')
  return said.join('；')
}

/** An entry's content: its sentences first, everything it holds folded beneath. */
function contentOf(payload: FoundEntry['payload']): string {
  const told =
    typeof payload === 'object' && payload !== null && !Array.isArray(payload)
      ? [...new Set(toldOf({ ...payload }, 'zh'))].filter((text) => text.length < 600)
      : []
  return `${told.map((text) => `<div>${esc(text)}</div>`).join('')}<details><summary class="q">原始内容 raw</summary><pre>${esc(JSON.stringify(payload, null, 1))}</pre></details>`
}

/** Whether a position was believed; where not, why, and by which version of the rules. */
function checkOf({ fault }: Shown, packed: PackedFix | undefined): string {
  if (fault === 0) return '✓ 有效 believed'
  const told = packed?.fault
  if (!told) return `✗ ${fault}`
  return `✗ ${esc(told.zh)} ${esc(told.en)}<div class="q">规则版本 ${esc(told.rules.join(', '))}</div>`
}

/** Which version of the rules judged what, by time of receipt: one line for as long as it did. */
function stretchesOf(fixes: readonly PackedFix[], shown: readonly Shown[]): string {
  const told = shown
    .map((fix, i) => ({ at: fix.receivedAt, by: fixes[i]?.judgedBy?.join(', ') ?? '' }))
    .filter(({ by }) => by !== '')
    .sort((a, b) => a.at - b.at)
  const stretches: { from: number; until: number; by: string; count: number }[] = []
  for (const { at, by } of told) {
    const last = stretches.at(-1)
    if (last?.by === by) {
      last.until = at
      last.count++
    } else stretches.push({ from: at, until: at, by, count: 1 })
  }
  if (stretches.length === 0) return ''
  const lines = stretches.map(
    (s) =>
      `<tr><td>${when(s.from)} — ${when(s.until)}</td><td>${s.count}</td><td style="overflow-wrap:anywhere">${esc(s.by)}</td></tr>`,
  )
  return `<table><caption>各时段接收的定位点由何版本校验 Which version judged what, by time of receipt</caption><tr><th>接收 Received</th><th>点数 Positions</th><th>规则版本 Version</th></tr>${lines.join('')}</table><p></p>`
}

/** One version of the rules: what was cited of it, what was published, and its numbers folded beneath. */
function versionOf({ name, held, publications, rules, parameters, gates }: QuotedVersion): string {
  const cited = rules.map(
    (r) =>
      `<li>${esc(r.id)} ${esc(r.zh)} —${esc(placeWritten(r))}${r.recalled ? '（条文待核 to be confirmed）' : ''}${r.from ? `<span class="q"> ${esc(r.from)} — ${esc(r.until ?? '')}</span>` : ''}</li>`,
  )
  const published = publications.map(
    (p) => `<li>自 ${esc(p.from)} 起，单位 ${esc(p.org)}：${esc(p.source)}<span class="q"> ${esc(p.id)}</span></li>`,
  )
  const numbers = parameters.map(
    (p) =>
      `<tr><td>${esc(p.id)}</td><td>${esc(p.zh)}<div class="q">${esc(p.en)}</div></td><td>${esc(typeof p.value === 'object' ? JSON.stringify(p.value) : String(p.value))} ${esc(p.unit ?? '')}</td><td>${esc(p.source)}</td><td>${esc(p.revision ?? '随产品发布 shipped')}</td></tr>`,
  )
  return `<h3>${esc(name)}</h3>${held ? '' : '<p>本平台已不保存此版本的原文；下列条文取自导出时的规则库。The platform no longer holds the text of this version; the rules below are those of its catalogue at the export.</p>'}${published.length > 0 ? `<p>发布 Published:</p><ul>${published.join('')}</ul>` : ''}${cited.length > 0 ? `<ul>${cited.join('')}</ul>` : ''}${numbers.length > 0 ? `<details><summary>数值 Values</summary><table><tr><th>编号 No.</th><th>事项 What</th><th>值 Value</th><th>来源 Source</th><th>发布 Publication</th></tr>${numbers.join('')}</table></details>` : ''}${gates ? `<details><summary>定位校验数值 Gates of positions</summary><pre>${esc(JSON.stringify(gates, null, 1))}</pre></details>` : ''}`
}

/** The part of a pack that a person reads: what happened when, where the device was, under which articles, and what it cannot show. */
export function statementOf(facts: {
  matter: Matter
  made: { at: string; by: string; reason: string }
  entries: readonly FoundEntry[]
  says: (kind: string) => string
  fixes: readonly PackedFix[]
  law: QuotedLaw
  limits: readonly { zh: string; en: string }[]
  files: readonly { name: string }[]
}): string {
  const { matter, made, entries, fixes, law, limits, files, says } = facts
  const shown = fixes.map((f) => f.fix as unknown as Shown) // a fix went through JSON on its way into the pack
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>证据说明</title><style>
body{font:15px/1.7 "Noto Sans SC","Microsoft YaHei",sans-serif;max-width:960px;margin:24px auto;padding:0 16px;color:#1f1f1f}
h1{font-size:22px}h3{font-size:14px;overflow-wrap:anywhere;margin:18px 0 4px}h2{font-size:17px;margin-top:28px;border-bottom:1px solid #d9d9d9}table{border-collapse:collapse;width:100%;font-size:13px}
td,th{border:1px solid #d9d9d9;padding:3px 8px;text-align:left;vertical-align:top}th{background:#f5f5f5}pre{white-space:pre-wrap;margin:0;font-size:12px}.q{color:#595959}
</style><h1>证据说明 Evidence statement</h1>
<p>对象编号 Person: <b>${esc(matter.kind === 'person' ? matter.number : matter.person)}</b> ${esc(matter.personName)}；${matter.kind === 'episode' ? `报警 Alarm No. <b>${esc(matter.number)}</b>；` : ''}时段 Span (Asia/Shanghai)：${when(matter.from)} — ${when(matter.until)}</p>
<p>导出 Exported: ${when(made.at)}，${esc(made.by)}；事由 Reason: ${esc(made.reason)}</p>
<p class="q">核验 Verify: <code>npx zhijiao verify PACK --head FILE</code></p>
<h2>一、证据的限度 Limits</h2><ul>${limits.map((l) => `<li>${esc(l.zh)}<br><span class="q">${esc(l.en)}</span></li>`).join('')}</ul>
<h2>二、位置示意 Map exhibit</h2>${exhibit(shown)}
<h2>三、记录 Entries</h2><table><tr><th>发生 Occurred</th><th>记录 Recorded</th><th>事项 What</th><th>经办 By</th><th>依据 Cites</th><th>内容 Content</th></tr>
${entries.map((e) => `<tr><td>${when(e.face.occurredAt)}</td><td>${when(e.face.recordedAt)}</td><td>${esc(says(e.face.kind))}${e.face.imported ? '（导入 imported）' : ''}</td><td>${esc(actorSaid(e.face.actor).zh)}</td><td>${esc(e.face.cites.join(', '))}</td><td>${e.salt === null ? '内容已依法清除 purged' : contentOf(e.payload)}</td></tr>`).join('\n')}</table>
<h2>四、定位点 Positions</h2>${stretchesOf(fixes, shown)}<table><tr><th>时间 Time</th><th>接收 Received</th><th>经度 Lon</th><th>纬度 Lat</th><th>半径 m</th><th>来源 Source</th><th>方向 °</th><th>校验 Check</th><th>封存 Sealed</th></tr>
${shown.map((f, i) => `<tr><td>${when(f.ts)}</td><td>${when(f.receivedAt)}</td><td>${f.lon.toFixed(6)}</td><td>${f.lat.toFixed(6)}</td><td>${Math.round(f.accuracyM)}</td><td>${esc(sourceOf(f))}</td><td>${f.course ?? ''}</td><td>${checkOf(f, fixes[i])}</td><td>${fixes[i]?.proof ? '✓' : '—'}</td></tr>`).join('\n')}</table>
<h2>五、附件 Attachments</h2><ul>${files.map((f) => `<li>${esc(f.name)}</li>`).join('') || '<li>无 none</li>'}</ul>
<h2>六、所用规则 Rules as they stood</h2>${(law.versions ?? []).map(versionOf).join('') || '<p>无 none</p>'}</html>`
}

/** Positions and their circles to scale, north up; no base map, so nothing is suggested that was not measured. */
function exhibit(fixes: readonly Shown[]): string {
  const good = fixes.filter((f) => f.fault === 0).slice(0, 3000)
  const first = good[0]
  if (!first) return '<p>此时段没有可用的定位点。No usable positions in this span.</p>'
  const mPerDegree = 111_320
  const k = Math.cos((first.lat * Math.PI) / 180)
  const points = good.map((f) => ({
    x: (f.lon - first.lon) * mPerDegree * k,
    y: -(f.lat - first.lat) * mPerDegree,
    r: f.accuracyM,
    ts: f.ts,
  }))
  const pad = 60
  const minX = Math.min(...points.map((p) => p.x)) - pad
  const maxX = Math.max(...points.map((p) => p.x)) + pad
  const minY = Math.min(...points.map((p) => p.y)) - pad
  const maxY = Math.max(...points.map((p) => p.y)) + pad
  const span = Math.max(maxX - minX, maxY - minY)
  const bar = 10 ** Math.floor(Math.log10(span / 3))
  const w = span / 300
  return `<svg viewBox="${minX} ${minY} ${maxX - minX} ${maxY - minY + span / 12}" style="width:100%;max-height:600px;border:1px solid #d9d9d9" role="img" aria-label="位置示意">
${points.map((p) => `<circle cx="${p.x.toFixed(1)}" cy="${p.y.toFixed(1)}" r="${p.r.toFixed(1)}" fill="#1f4e9e" fill-opacity="0.05" stroke="#1f4e9e" stroke-opacity="0.25" stroke-width="${w / 3}"/>`).join('')}
<polyline points="${points.map((p) => `${p.x.toFixed(1)},${p.y.toFixed(1)}`).join(' ')}" fill="none" stroke="#1f4e9e" stroke-width="${w}"/>
<line x1="${minX + w * 8}" x2="${minX + w * 8 + bar}" y1="${maxY + span / 30}" y2="${maxY + span / 30}" stroke="#000" stroke-width="${w * 1.5}"/><text x="${minX + w * 8}" y="${maxY + span / 15}" font-size="${span / 40}">${bar >= 1000 ? `${bar / 1000} km` : `${bar} m`}</text></svg>`
}
